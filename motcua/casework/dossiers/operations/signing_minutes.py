"""Names under minutes, put there at the place itself.

Source: docs/law/field-work.md
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from motcua.casework.dossiers.choices import Act, SeatRole, SignerRole, SigningWay
from motcua.casework.dossiers.errors import AlreadyAnswered, DossierError
from motcua.casework.dossiers.models import (
    Dossier,
    DossierStep,
    Meeting,
    MinutesSignature,
    Seat,
    Visit,
)
from motcua.casework.dossiers.rules.strokes import check_strokes
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotFound
from motcua.lib.text import fold, tidy

from .consulting import at_work, tell_at_work
from .rights import handling_unit, unit_at_step, unit_at_visit
from .telling import part_seq

MOST_NAMES = 60
_COUNCIL = (SignerRole.CHAIR, SignerRole.SECRETARY, SignerRole.MEMBER)


class SignatureIn(NamedTuple):
    """One name to be put under minutes; who refuses needs a witness and the reason is kept."""

    role: SignerRole
    name: str
    way: SigningWay = SigningWay.TYPED
    strokes: str = ""
    witness: str = ""
    reason: str = ""


@work.story
def sign_minutes(code: str, seq: int, signed: SignatureIn, *, by: Actor, at: datetime) -> Dossier:
    """Put a name under the minutes of a visit or a meeting, or note that somebody refused.

    Who wrote the minutes signs for themselves only; one person signs once. As of the council signs
    who was there as one of it.

    Raises: NoSuchDossier, NotFound, NotAllowed, AlreadyAnswered, DossierError, BadInput.
    """
    dossier, steps = at_work(code)
    handling_unit(dossier, steps, by)
    about = _written(dossier, seq)
    unit_id = _unit_of(about, dossier, steps, by)
    name = by.name if signed.role == SignerRole.OFFICER else tidy(signed.name)
    strokes = _checked(signed, name)
    if isinstance(about, Meeting) and signed.role in _COUNCIL:
        _check_seated(about, name)
    _check_once(dossier, seq, signed.role, name)
    work.add(
        MinutesSignature(
            dossier_id=dossier.pk,
            seq=part_seq(dossier),
            about_seq=seq,
            role=signed.role,
            name=name,
            way=signed.way,
            strokes=strokes,
            witness=tidy(signed.witness) if signed.way == SigningWay.REFUSED else "",
            reason=tidy(signed.reason) if signed.way == SigningWay.REFUSED else "",
            at=at,
            taken_by_name=by.name,
        )
    )
    detail = {"seq": seq, "role": str(signed.role), "way": str(signed.way)}
    note = f"{name}: {SigningWay(signed.way).label.lower()}"
    tell_at_work(dossier, Act.SIGN_MINUTES, unit_id, by=by, at=at, note=note, detail=detail)
    return dossier


def _written(dossier: Dossier, seq: int) -> Visit | Meeting:
    """Return whose minutes are signed. Raises: NotFound, DossierError without minutes yet."""
    visit = Visit.objects.filter(dossier_id=dossier.pk, seq=seq).first()
    meeting = Meeting.objects.filter(dossier_id=dossier.pk, seq=seq).first()
    about = visit or meeting
    if about is None:
        raise NotFound("Không tìm thấy biên bản này trong hồ sơ.")
    if (about.done_at if isinstance(about, Visit) else about.closed_at) is None:
        raise DossierError("Hãy ghi biên bản trước, rồi mới ký.")
    return about


def _unit_of(
    about: Visit | Meeting, dossier: Dossier, steps: Sequence[DossierStep], by: Actor
) -> int:
    """Raises: NotAllowed for who works on another step."""
    if isinstance(about, Visit):
        return unit_at_visit(dossier, steps, about, by)
    return unit_at_step(dossier, steps, about.step_seq, by)


def _check_seated(meeting: Meeting, name: str) -> None:
    """Raises: BadInput for who was not there as one of the council; somebody else may preside."""
    seats = Seat.objects.filter(
        dossier_id=meeting.dossier_id, meeting_seq=meeting.seq, is_present=True
    ).exclude(role=SeatRole.PARTY)
    if fold(name) not in {fold(one) for one in seats.values_list("name", flat=True)}:
        message = f"{name} không phải thành viên hội đồng có mặt; hãy ghi họ tên như ở biên bản."
        raise BadInput(message, field="name")


def _checked(signed: SignatureIn, name: str) -> str:
    """Return the lines drawn. Raises: BadInput."""
    if not name:
        raise BadInput("Hãy ghi họ tên người ký.", field="name")
    if signed.way == SigningWay.DRAWN:
        return check_strokes(signed.strokes)
    if signed.way == SigningWay.REFUSED:
        if signed.role == SignerRole.OFFICER:
            raise BadInput("Người lập biên bản phải ký.", field="way")
        if not tidy(signed.witness):
            message = "Người từ chối ký phải có người làm chứng; hãy ghi họ tên người làm chứng."
            raise BadInput(message, field="witness")
    return ""


def _check_once(dossier: Dossier, seq: int, role: SignerRole, name: str) -> None:
    """Raises: AlreadyAnswered, DossierError."""
    rows = MinutesSignature.objects.filter(dossier_id=dossier.pk, about_seq=seq)
    if rows.filter(role=role, name=name).exists():
        raise AlreadyAnswered(f"{name} đã ký biên bản này.")
    if len(rows.values_list("seq", flat=True)[:MOST_NAMES]) >= MOST_NAMES:
        raise DossierError(f"Một biên bản có tối đa {MOST_NAMES} chữ ký.")
