"""Look into the signatures of kept files: asked for by pages, done by the signer's process."""

import logging
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from motcua.foundation.files import api as files
from motcua.foundation.signing.errors import ExaminersBusy
from motcua.foundation.signing.models import Examination
from motcua.foundation.signing.queries.examinations import Looked, latest_looks
from motcua.foundation.signing.rules.examining.report import Report
from motcua.foundation.signing.rules.examining.words import GONE, INFECTED
from motcua.lib import work

from .examining import examine

logger = logging.getLogger(__name__)
FRESH = timedelta(hours=24)
LEASE = timedelta(minutes=1)
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
    done = 0
    while done < most and (claimed := work.fetch(_CLAIM, [at + LEASE, at])):
        _examine(claimed[0][0], at)
        done += 1
    return done


def _examine(key: int, at: datetime) -> None:
    asked = Examination.objects.select_related("file").get(pk=key)
    try:
        report = _report(asked.file, at)
    except ExaminersBusy:
        return
    _keep(asked, report, at)
    logger.info("file_examined", extra={"file": asked.file_id, "is": report.verdict.indication})


def _report(stored: files.StoredFile, at: datetime) -> Report:
    try:
        with files.open_file(stored) as content:
            return examine(content.read(), at=at)
    except files.FileLocked:
        return Report(stored.sha256, stored.size, INFECTED)
    except OSError:
        logger.exception("file_not_read", extra={"file": stored.pk})
        return Report(stored.sha256, stored.size, GONE)


@work.story
def _keep(asked: Examination, report: Report, at: datetime) -> None:
    asked.report, asked.examined_at = report.kept(), at
    work.update(asked, "report", "examined_at")
