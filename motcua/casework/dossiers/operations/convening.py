"""Call a council together, and keep its minutes: who came, how they voted, what came of it.

Source: docs/law/field-work.md
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from motcua.casework.dossiers.choices import Act, SeatRole
from motcua.casework.dossiers.errors import AlreadyAnswered, DossierError, StepNotOpen
from motcua.casework.dossiers.models import (
    Dossier,
    DossierStep,
    Meeting,
    Seat,
    StepFinding,
)
from motcua.casework.dossiers.rules.voting import has_quorum, majority_of
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import CouncilSpec
from motcua.casework.processes.api import StepKind
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local
from motcua.lib.errors import BadInput
from motcua.lib.text import tidy

from .consulting import at_work, locked_part, tell_at_work
from .finding_out import keep_findings
from .rights import handling_unit, unit_at_step
from .telling import part_seq

MOST_SEATS = 40
_LONGEST_NAME, _LONGEST_TITLE = 200, 300
_TWICE = 2


class SeatIn(NamedTuple):
    """One person to be asked to a meeting."""

    role: SeatRole
    name: str
    title: str = ""


class CameIn(NamedTuple):
    """Whether one seat was taken, and how it voted."""

    is_present: bool
    vote: str = ""


@work.story
def convene(  # noqa: PLR0913 -- an invitation, every word of it by name
    code: str,
    planned_at: datetime,
    place: str,
    seats: Sequence[SeatIn],
    about: str = "",
    *,
    by: Actor,
    at: datetime,
) -> Dossier:
    """Call a meeting of the council of the open step; the applicant is told when and where.

    Raises: NoSuchDossier, NotAllowed, DossierError, StepNotOpen, BadInput.
    """
    dossier, steps = at_work(code)
    handling_unit(dossier, steps, by)
    step, spec = _council(dossier, steps)
    unit_id = unit_at_step(dossier, steps, step.seq, by)
    if planned_at <= at or not place.strip():
        message = "Hãy ghi nơi họp và giờ họp ở sau lúc này."
        raise BadInput(message, field="place" if planned_at > at else "planned_at")
    if Meeting.objects.filter(dossier_id=dossier.pk, closed_at__isnull=True).exists():
        raise DossierError(
            "Hãy ghi biên bản cuộc họp đã triệu tập trước, rồi triệu tập cuộc họp khác."
        )
    asked = _asked(seats, spec)
    seq = part_seq(dossier)
    meeting = Meeting(
        dossier_id=dossier.pk,
        seq=seq,
        step_seq=step.seq,
        step_code=step.code,
        name=spec.name,
        planned_at=planned_at,
        place=place,
        about=about,
        convened_at=at,
        convened_by_name=by.name,
    )
    rows = [
        Seat(
            dossier_id=dossier.pk,
            seq=part_seq(dossier, index),
            meeting_seq=seq,
            role=seat.role,
            name=seat.name,
            title=seat.title,
        )
        for index, seat in enumerate(asked)
    ]
    work.add(meeting, *rows)
    note = f"{spec.name}: {place}, lúc {local(planned_at):%H:%M ngày %d/%m/%Y}"
    detail = {"seq": seq, "seats": len(rows)}
    tell_at_work(dossier, Act.CONVENE, unit_id, by=by, at=at, note=note, detail=detail)
    return dossier


def _council(dossier: Dossier, steps: Sequence[DossierStep]) -> tuple[DossierStep, CouncilSpec]:
    """Raises: StepNotOpen where no council is to meet."""
    step = next((s for s in steps if s.closed_at is None and s.kind == StepKind.COUNCIL), None)
    if step is None:
        raise StepNotOpen("Hồ sơ không ở bước họp hội đồng.")
    return step, council_of(dossier, step.code)


def council_of(dossier: Dossier, step_code: str) -> CouncilSpec:
    """Return how the council of a step meets; one of no special kind where nothing is said."""
    definition = procedures.definition_of(dossier.procedure_version_id)
    found = definition.councils.get(step_code)
    return found or CouncilSpec(step_code, StepKind.COUNCIL.label, ("Chủ tịch hội đồng",))


def _asked(seats: Sequence[SeatIn], spec: CouncilSpec) -> list[SeatIn]:
    """Return who is asked, tidied. Raises: BadInput."""
    asked = [SeatIn(one.role, tidy(one.name), tidy(one.title)) for one in seats if tidy(one.name)]
    roles = [one.role for one in asked]
    if roles.count(SeatRole.CHAIR) != 1:
        raise BadInput("Hội đồng phải có đúng một chủ tịch; hãy ghi họ tên.", field="seats")
    if spec.both_parties and roles.count(SeatRole.PARTY) < _TWICE:
        raise BadInput("Hãy ghi tên ít nhất hai bên được mời.", field="parties")
    if any(len(one.name) > _LONGEST_NAME or len(one.title) > _LONGEST_TITLE for one in asked):
        message = "Mỗi dòng một người: họ tên, rồi dấu phẩy và tư cách; có dòng quá dài."
        raise BadInput(message, field="parties")
    if len(asked) > MOST_SEATS:
        raise BadInput(f"Một cuộc họp mời tối đa {MOST_SEATS} người.", field="seats")
    return asked


@work.story
def record_meeting(  # noqa: PLR0913 -- minutes: who came, what was said, what came of it
    code: str,
    seq: int,
    came: Mapping[int, CameIn],
    minutes: str,
    found: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> bool:
    """Write the minutes of a meeting, once; say whether it was held.

    `came` is by the number of the seat. Where too few came, or a party stayed away that must be
    there, the meeting was not held: it is called again, unless the version says what a second
    absence means.

    Raises: NoSuchDossier, NotFound, NotAllowed, AlreadyAnswered, DossierError, BadInput.
    """
    dossier, steps = at_work(code)
    handling_unit(dossier, steps, by)
    meeting = locked_part(Meeting, dossier, seq)
    unit_id = unit_at_step(dossier, steps, meeting.step_seq, by)
    if meeting.closed_at is not None:
        raise AlreadyAnswered(f"{meeting.closed_by_name} đã ghi biên bản cuộc họp này.")
    if at < meeting.planned_at:
        starts = local(meeting.planned_at)
        raise BadInput(f"Cuộc họp chưa diễn ra: hẹn lúc {starts:%H:%M ngày %d/%m/%Y}.")
    if not minutes.strip():
        raise BadInput("Hãy ghi diễn biến, ý kiến tại cuộc họp.", field="minutes")
    spec = council_of(dossier, meeting.step_code)
    seats = _take_seats(dossier, seq, came)
    why_not = _why_not_held(spec, seats)
    result = _result(dossier, spec, seats, found, is_held=not why_not)
    meeting.is_held, meeting.closed_at, meeting.closed_by_name = not why_not, at, by.name
    meeting.minutes = minutes
    work.update(meeting, "is_held", "closed_at", "closed_by_name", "minutes")
    if result:
        code_of_step, is_partial = meeting.step_code, bool(why_not)
        keep_findings(
            dossier, code_of_step, seq, result, index=0, is_partial=is_partial, by=by, at=at
        )
    detail = {"seq": seq, "held": not why_not, "present": sum(bool(s.is_present) for s in seats)}
    note = why_not or minutes[:2000]
    tell_at_work(dossier, Act.RECORD_MEETING, unit_id, by=by, at=at, note=note, detail=detail)
    return not why_not


def _take_seats(dossier: Dossier, seq: int, came: Mapping[int, CameIn]) -> list[Seat]:
    """Write who came and how they voted. Raises: BadInput."""
    seats = list(Seat.objects.filter(dossier_id=dossier.pk, meeting_seq=seq).order_by("seq"))
    for seat in seats:
        there = came.get(seat.seq, CameIn(is_present=False))
        if there.vote and not (there.is_present and SeatRole(seat.role).votes):
            message = f"{seat.name} không biểu quyết được: vắng mặt hoặc không phải thành viên."
            raise BadInput(message, field=f"vote_{seat.seq}")
        seat.is_present, seat.vote = there.is_present, there.vote
    work.update_all(seats, "is_present", "vote")
    return seats


def _why_not_held(spec: CouncilSpec, seats: Sequence[Seat]) -> str:
    """Return why the meeting could not be held; nothing where it was."""
    absent = [s.name for s in seats if s.role == SeatRole.PARTY and not s.is_present]
    if spec.both_parties and absent:
        return f"Không tiến hành được: vắng mặt {', '.join(absent)}"
    members = [s for s in seats if SeatRole(s.role).votes]
    present = [s for s in members if s.is_present]
    # Whoever of the council the law lists was not asked is absent too.
    whole = max(len(members), len(spec.members))
    if not has_quorum(len(present), whole, spec.quorum):
        return f"Không tiến hành được: {len(present)} trên {whole} thành viên có mặt"
    return ""


def _result(
    dossier: Dossier,
    spec: CouncilSpec,
    seats: Sequence[Seat],
    found: Mapping[str, Any],
    *,
    is_held: bool,
) -> dict[str, Any]:
    """Return what counts as found. Raises: BadInput where the votes say something else."""
    if not is_held:
        return _after_absence(dossier, spec, seats)
    result = dict(found)
    if not spec.vote_on:
        return result
    chair = next((s.vote for s in seats if s.role == SeatRole.CHAIR), "")
    decided = majority_of([s.vote for s in seats], chair)
    if not decided:
        raise BadInput("Biểu quyết chưa có đa số; hãy ghi đủ phiếu.", field="minutes")
    return {**result, spec.vote_on: decided}


def _after_absence(dossier: Dossier, spec: CouncilSpec, seats: Sequence[Seat]) -> dict[str, Any]:
    """Return what a party's second absence means by the version; nothing at the first."""
    names = {s.name for s in seats if s.role == SeatRole.PARTY and not s.is_present}
    if not (spec.absent_twice and names):
        return {}
    earlier = Seat.objects.filter(
        dossier_id=dossier.pk, role=SeatRole.PARTY, is_present=False, name__in=names
    )
    return dict(spec.absent_twice) if earlier.exists() else {}


def has_met(dossier: Dossier, step: DossierStep, definition: procedures.Definition) -> bool:
    """Say whether the council of a step has done what it is there for."""
    met = Meeting.objects.filter(
        dossier_id=dossier.pk, step_seq=step.seq, closed_at__isnull=False
    ).order_by("-seq")
    latest = met.first()
    if latest is None:
        return False
    return bool(latest.is_held) or _was_found(dossier, latest, definition)


def _was_found(dossier: Dossier, meeting: Meeting, definition: procedures.Definition) -> bool:
    spec = definition.councils.get(meeting.step_code)
    if spec is None or not spec.absent_twice:
        return False
    return StepFinding.objects.filter(dossier_id=dossier.pk, about_seq=meeting.seq).exists()
