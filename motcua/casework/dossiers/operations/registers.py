"""Close a follow-up register as a book: from then on its fingerprint says what stood in it.

Source: docs/law/one-stop.md
"""

from dataclasses import astuple
from datetime import UTC, date, datetime
from hashlib import sha256

from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import ClosedRegister
from motcua.casework.dossiers.queries.registers import register_rows
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput


@work.story
def close_register(
    unit_id: int, from_day: date, to_day: date, *, by: Actor, at: datetime
) -> ClosedRegister:
    """Close the register of days that are over, by the head of the desk; no day twice.

    Raises: NotAllowed, BadInput, DossierError.
    """
    by.require(Power.CORRECT_RECEPTION, unit_id=unit_id)
    if not from_day <= to_day < local_day(at):
        message = "Chỉ khóa sổ của những ngày đã qua, từ ngày đầu đến ngày cuối."
        raise BadInput(message, field="to_day")
    overlapping = ClosedRegister.objects.filter(
        unit_id=unit_id, from_day__lte=to_day, to_day__gte=from_day
    ).first()
    if overlapping is not None:
        message = f"Sổ {overlapping} đã khóa có ngày trùng với khoảng này."
        raise DossierError(message)
    rows, digest = fingerprint(unit_id, from_day, to_day)
    subject = f"register:{unit_id}:{from_day:%Y%m%d}-{to_day:%Y%m%d}"
    audit.record("dossiers.close_register", subject, by=by, at=at, detail={"digest": digest})
    return ClosedRegister.objects.create(
        unit_id=unit_id,
        from_day=from_day,
        to_day=to_day,
        rows=rows,
        digest=digest,
        closed_at=at,
        closed_by_name=by.name,
    )


def fingerprint(unit_id: int, from_day: date, to_day: date) -> tuple[int, str]:
    """Return how many rows the register has and the hash over all of them, in order."""
    digest, rows = sha256(), 0
    for entry in register_rows(unit_id, from_day, to_day):
        values = [_plain(value) for value in astuple(entry)]
        digest.update("\x1f".join(values).encode() + b"\n")
        rows += 1
    return rows, digest.hexdigest()


def _plain(value: object) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else f"{value}"
