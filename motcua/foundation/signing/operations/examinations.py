"""Look into the signatures of kept files: asked for by pages, done by the signer's process."""

import logging
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from motcua.foundation.files import api as files
from motcua.foundation.signing.models import Examination
from motcua.foundation.signing.queries.examinations import Looked, latest_looks
from motcua.foundation.signing.rules.examining.report import Report
from motcua.foundation.signing.rules.examining.words import GONE, INFECTED
from motcua.lib import work

from .examining import examine_all

logger = logging.getLogger(__name__)
FRESH = timedelta(hours=24)
LEASE = timedelta(minutes=1)
MOST_AT_ONCE = 20_000_000  # bytes that are in memory together, but for a single larger one
_ASK = """
INSERT INTO signing_examination (file_id, asked_at, next_try_at)
SELECT unnest(%s::bigint[]), %s, %s
ON CONFLICT (file_id) WHERE examined_at IS NULL DO NOTHING
"""
_CLAIM = """
UPDATE signing_examination SET next_try_at = %s WHERE id = (
  SELECT id FROM signing_examination WHERE examined_at IS NULL AND next_try_at <= %s
  ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""


def looks_at(file_ids: Collection[int | None], *, at: datetime) -> Mapping[int, Looked]:
    """Return what is known of each of these files that bears signatures; ask for what is not.

    What is older than a day is shown, and looked at again: a certificate may have been revoked.

    Costs: one query, one more for files that bear signatures, and one statement for what is new.
    """
    known = [key for key in file_ids if key is not None]
    looks = latest_looks(known) if known else {}
    stale = [key for key, look in looks.items() if not look.is_awaited and _is_old(look, at)]
    if stale:
        _ask(stale, at)
    return {
        key: Looked(look.report, look.examined_at, is_awaited=look.is_awaited or key in stale)
        for key, look in looks.items()
    }


def _is_old(look: Looked, at: datetime) -> bool:
    return look.examined_at is None or look.examined_at <= at - FRESH


@work.story
def _ask(file_ids: Collection[int], at: datetime) -> None:
    work.put(_ASK, [list(file_ids), at, at])


def examine_due(*, at: datetime, most: int = 1) -> int:
    """Look into what was asked for, the oldest first; return how many files that were.

    Each is leased for a minute: one that a killed signer left behind is taken up again.
    """
    claimed: list[Examination] = []
    weight = 0
    while len(claimed) < most and weight < MOST_AT_ONCE:
        found = work.fetch(_CLAIM, [at + LEASE, at])
        if not found:
            break
        claimed.append(Examination.objects.select_related("file").get(pk=found[0][0]))
        weight += claimed[-1].file.size
    read = {asked.pk: _read(asked.file) for asked in claimed}
    contents = {key: content for key, content in read.items() if isinstance(content, bytes)}
    reports = dict(zip(contents, examine_all(list(contents.values()), at=at), strict=True))
    for asked in claimed:
        content = read[asked.pk]
        report = content if isinstance(content, Report) else reports[asked.pk]
        if isinstance(report, Report):
            _keep(asked, report, at)
            words = {"file": asked.file_id, "is": report.verdict.indication}
            logger.info("file_examined", extra=words)
    return len(claimed)


def _read(stored: files.StoredFile) -> bytes | Report:
    try:
        with files.open_file(stored) as content:
            return content.read()
    except files.FileLocked:
        return Report(stored.sha256, stored.size, INFECTED)
    except OSError:
        logger.exception("file_not_read", extra={"file": stored.pk})
        return Report(stored.sha256, stored.size, GONE)


@work.story
def _keep(asked: Examination, report: Report, at: datetime) -> None:
    asked.report, asked.examined_at = report.kept(), at
    work.update(asked, "report", "examined_at")
