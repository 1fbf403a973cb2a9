"""Reports that visitors keep: asked for by the portal, sealed by the signer, soon forgotten.

What is sealed is made here from a report that we made ourselves: nobody hands in a document. Who
signs for officers goes first; so many may wait, then visitors get the report without the seal.

Source: docs/law/signatures.md
"""

import json
import logging
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from motcua.foundation.signing.errors import NoSuchReport, ReportsBusy
from motcua.foundation.signing.models import ReportPaper
from motcua.foundation.signing.queries.report_papers import PATIENCE, report_row
from motcua.foundation.signing.rules.examining.report import Report
from motcua.foundation.signing.rules.examining.words import clean
from motcua.lib import work
from motcua.lib.tongue import said

from .reporting import LONGEST_NAME, NO_SEAL, render_report, report_from

MOST_WAITING = 20
KEPT = timedelta(hours=2)
MOST_TRIES, REST = 3, timedelta(seconds=10)
_LEASE = timedelta(minutes=1)
logger = logging.getLogger(__name__)
_CLAIM = """
UPDATE signing_reportpaper SET next_try_at = %s, tries = tries + 1 WHERE id = (
  SELECT id FROM signing_reportpaper WHERE ended_at IS NULL AND next_try_at <= %s
  ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""


@work.story
def ask_report(report: Report, *, name: str, as_of: datetime, at: datetime) -> str:
    """Have a report sealed, and return the token under which it can be fetched.

    Whoever asks for the same report again gets the same one.

    Raises: ReportsBusy.
    """
    name = clean(name)[:LONGEST_NAME]
    plain = report.plain()
    mark = _mark_of(plain, name, as_of)
    if found := ReportPaper.objects.filter(mark=mark).values_list("token", flat=True).first():
        return found
    if ReportPaper.objects.filter(ended_at__isnull=True).count() >= MOST_WAITING:
        raise ReportsBusy(said("Nhiều biên bản đang chờ con dấu; xin bấm lưu lại sau ít phút."))
    made, _ = ReportPaper.objects.get_or_create(
        mark=mark,
        defaults={
            "token": token_urlsafe(24),
            "file_name": name,
            "report": plain,
            "as_of": as_of,
            "asked_at": at,
            "next_try_at": at,
        },
    )
    return made.token


def _mark_of(plain: dict[str, object], name: str, as_of: datetime) -> str:
    words = json.dumps([plain, name, as_of.isoformat()], sort_keys=True)
    return sha256(words.encode()).hexdigest()


def claim_report(at: datetime) -> ReportPaper | None:
    """Take the report that waits longest, for a minute: a killed signer's is taken up again."""
    claimed = work.fetch(_CLAIM, [at + _LEASE, at])
    return ReportPaper.objects.get(pk=claimed[0][0]) if claimed else None


@work.story
def end_report(asked: ReportPaper, pdf: bytes, unsealed_why: str, *, at: datetime) -> None:
    """Keep the paper; without a seal only when it was tried often enough."""
    if unsealed_why and asked.tries < MOST_TRIES:
        asked.next_try_at = at + REST
        work.update(asked, "next_try_at")
        return
    asked.pdf, asked.ended_at, asked.unsealed_why = pdf, at, unsealed_why[:300]
    work.update(asked, "pdf", "ended_at", "unsealed_why")
    logger.info("report_kept", extra={"is_sealed": not unsealed_why})


def report_file(token: str, *, at: datetime) -> bytes:
    """Return the paper: sealed, or without a seal where the seal does not come.

    Raises: NoSuchReport, also while it is being sealed.
    """
    row = report_row(token)
    if row.pdf is not None:
        return bytes(row.pdf)
    if row.asked_at + PATIENCE > at:
        raise NoSuchReport(said("Biên bản đang được đóng dấu; xin đợi ít giây."))
    found = report_from(row.report)
    return render_report(
        found, name=row.file_name, as_of=row.as_of, at=row.as_of, unsealed_why=NO_SEAL
    )


def forget_reports(*, at: datetime) -> int:
    """Forget what was asked for two hours ago; return how many rows went."""
    gone, _ = ReportPaper.objects.filter(asked_at__lte=at - KEPT).delete()
    return gone
