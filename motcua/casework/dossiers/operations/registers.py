"""Close a book of a desk: from then on it says what it said, and its fingerprint proves it.

Source: docs/law/one-stop.md
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from motcua.casework.dossiers.choices import BookKind
from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import ClosedEntry, ClosedRegister
from motcua.casework.dossiers.queries.books import digest_of, line_of
from motcua.casework.dossiers.queries.certified import certified_rows
from motcua.casework.dossiers.queries.registers import received_rows
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

from .signing_books import ask_for_signatures

_BATCH = 1000


@work.story
def close_register(
    unit_id: int,
    from_day: date,
    to_day: date,
    *,
    kind: BookKind = BookKind.FOLLOW_UP,
    by: Actor,
    at: datetime,
) -> ClosedRegister:
    """Close a book of days that are over, by the head of the desk; no day twice.

    Its entries are kept as they stand. What is received later goes into the next book. Where
    policy asks for it, whoever closes a register signs it digitally, and the clerk seals it.

    Raises: NotAllowed, BadInput, DossierError.
    Costs: one statement for each thousand entries, beside reading them.
    """
    by.require(Power.CORRECT_RECEPTION, unit_id=unit_id)
    if not from_day <= to_day < local_day(at):
        message = "Chỉ khóa sổ của những ngày đã qua, từ ngày đầu đến ngày cuối."
        raise BadInput(message, field="to_day")
    books = ClosedRegister.objects.filter(unit_id=unit_id, kind=kind)
    overlapping = books.filter(from_day__lte=to_day, to_day__gte=from_day).first()
    if overlapping is not None:
        message = f"{overlapping} đã khóa, có ngày trùng với khoảng này."
        raise DossierError(message)
    lines = _lines(kind, unit_id, from_day, to_day)
    book = ClosedRegister.objects.create(
        kind=kind,
        unit_id=unit_id,
        from_day=from_day,
        to_day=to_day,
        rows=len(lines),
        pieces=sum(line.get("sets", line.get("copies", 0)) for line in lines),
        paid_vnd=sum(line.get("paid_vnd", 0) for line in lines),
        digest=digest_of(lines),
        closed_at=at,
        closed_by_name=by.name,
        closed_by_title=by.title,
    )
    entries = (ClosedEntry(book=book, serial=i, line=line) for i, line in enumerate(lines, 1))
    ClosedEntry.objects.bulk_create(entries, batch_size=_BATCH)
    subject = f"register:{unit_id}:{from_day:%Y%m%d}-{to_day:%Y%m%d}"
    detail = {"book": str(kind), "digest": book.digest}
    ask_for_signatures(book, by=by, at=at)
    audit.record("dossiers.close_register", subject, by=by, at=at, detail=detail)
    return book


def _lines(kind: BookKind, unit_id: int, first: date, latest: date) -> Sequence[dict[str, Any]]:
    is_register = kind == BookKind.FOLLOW_UP
    rows = (received_rows if is_register else certified_rows)(unit_id, first, latest)
    return [line_of(row) for row in rows]
