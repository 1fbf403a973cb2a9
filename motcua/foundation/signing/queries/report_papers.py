"""A report that somebody asked to keep, for whoever knows its token."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.foundation.signing.errors import NoSuchReport
from motcua.foundation.signing.models import ReportPaper
from motcua.lib.tongue import said

PATIENCE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class KeptReport:
    """How far a report has come.

    `is_late`: nobody seals at the moment, so the visitor may have the paper without a seal.
    """

    token: str
    file_name: str
    is_ended: bool
    is_late: bool
    unsealed_why: str


def kept_report(token: str, *, at: datetime) -> KeptReport:
    """Return how far a report has come. Raises: NoSuchReport."""
    row = report_row(token)
    is_ended = row.ended_at is not None
    is_late = not is_ended and row.asked_at + PATIENCE <= at
    return KeptReport(row.token, row.file_name, is_ended, is_late, row.unsealed_why)


def report_row(token: str) -> ReportPaper:
    """Return the row of a report. Raises: NoSuchReport."""
    found = ReportPaper.objects.filter(token=token).first()
    if found is None:
        raise NoSuchReport(said("Biên bản này không còn được giữ; hãy kiểm tra lại tệp rồi lưu."))
    return found
