"""What was found out about the signatures of kept files."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from motcua.foundation.files import api as files
from motcua.foundation.signing.models import Examination
from motcua.foundation.signing.rules.examining.report import Report

_REPORT = TypeAdapter(Report)


@dataclass(frozen=True, slots=True)
class Looked:
    """The latest report on a file, if there is one, and whether the next is being made."""

    report: Report | None = None
    examined_at: datetime | None = None
    is_awaited: bool = False


def latest_looks(file_ids: Collection[int]) -> dict[int, Looked]:
    """Return what is known of each file that bears signatures; others are left out.

    Costs: one query, one more where any file bears signatures.
    """
    bearing = files.StoredFile.objects.filter(pk__in=list(file_ids), bears_signature=True)
    found = {key: Looked() for key in bearing.values_list("pk", flat=True)}
    if not found:
        return found
    rows = Examination.objects.filter(file_id__in=list(found)).order_by("id")
    for file_id, at, plain in rows.values_list("file_id", "examined_at", "report"):
        if at is None:
            before = found[file_id]
            found[file_id] = Looked(before.report, before.examined_at, is_awaited=True)
        else:
            found[file_id] = Looked(_REPORT.validate_python(plain), at)
    return found
