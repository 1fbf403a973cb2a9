"""Who is away: noted, ended; reasons of the library offered for a dossier."""

from datetime import date, datetime, timedelta
from typing import Any

from ninja import Schema, Status
from ninja.params import functions as params
from pydantic import Field

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import sharing, standard_reasons
from motcua.casework.reasons import api as reasons
from motcua.casework.reasons.api import ReasonKind
from motcua.channels.api.door import NUMBER, Door, plain_json, row_of
from motcua.channels.api.naming import agency_of, officer_of, unit_of
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.clients.api import Scope
from motcua.foundation.staffing import api as staffing
from motcua.foundation.staffing.api import AbsenceKind
from motcua.lib.actor import ActorKind
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput, NotAllowed

PAST, LONGEST = timedelta(days=30), timedelta(days=366)
_UNIT: Any = params.Query(..., max_length=35)
_AGENCY: Any = params.Query("", max_length=35)
_KIND: Any = params.Query(...)
_ANY_KIND: Any = params.Query(None)
_DAY: Any = params.Query(...)
door = Door("staffing")


class AbsenceBody(Schema):
    """Who is away on which days, and why; open work is shared by the rules of the unit or stays."""

    username: str = Field(min_length=1, max_length=150)
    kind: AbsenceKind
    valid_from: date
    valid_to: date
    note: str = Field("", max_length=300)
    shares_work: bool = True


class AbsenceOut(Schema):
    """One absence, for the officer and those who lead where he sits."""

    number: int
    name: str
    kind: str
    note: str
    valid_from: date
    valid_to: date
    shares_work: bool
    given_at: datetime
    given_by_name: str
    ended_at: datetime | None


class OfferedReasonOut(Schema):
    """One reason of the library in words for this dossier; those of a missing paper come first."""

    title: str
    words: str
    legal_basis: str
    paper_code: str
    is_for_missing: bool


class GivenReasonOut(Schema):
    """How often one reason was given in one procedure; `changed` of them in other words."""

    procedure_code: str
    procedure_name: str
    kind: str
    title: str
    uses: int
    changed: int
    subjects: int


@door.reads("/absences", Scope.LEAD, list[AbsenceOut], "Người vắng của một đơn vị")
def list_absences(request: ActorRequest, unit_code: str = _UNIT) -> Any:
    """Return who of a unit is or was away these thirty days, the newest first; for its head."""
    day = local_day(now())
    unit_id = unit_of(unit_code).id
    found = staffing.absences_for(request.actor, unit_id, on=day, since=day - PAST)
    return plain_json([_row(one) for one in found])


@door.makes("/absences", Scope.LEAD, AbsenceOut, "Ghi người vắng")
def note_absence(request: ActorRequest, body: AbsenceBody) -> Any:
    """Note that an officer is away, oneself or one of those one leads; new work stays away too."""
    officer_id = officer_of(body.username, by=request.actor).officer_id
    given = staffing.AbsenceIn(
        officer_id or 0,
        body.kind,
        body.valid_from,
        body.valid_to,
        note=body.note,
        shares_work=body.shares_work,
    )
    made = sharing.note_absence(given, by=request.actor, at=now())
    return Status(201, _row(made))


@door.acts("/absences/{number}/end", Scope.LEAD, AbsenceOut, "Ghi đã trở lại")
def end_absence(request: ActorRequest, number: int = NUMBER) -> Any:
    """Note that the officer is back before the last day."""
    return plain_json(_row(sharing.end_absence(number, by=request.actor, at=now())))


@door.reads(
    "/dossiers/{code}/reasons",
    Scope.HANDLE,
    list[OfferedReasonOut],
    "Lý do mẫu cho một hồ sơ",
    also=(Scope.DESK,),
)
def offered_reasons(request: ActorRequest, code: str, kind: ReasonKind = _KIND) -> Any:
    """Return what the library offers for an act on a dossier, filled from it; for officers."""
    by, at = request.actor, now()
    found = dossiers.get_dossier_for(by, code)
    if by.kind != ActorKind.OFFICER:
        raise NotAllowed("Lý do mẫu dành cho công chức xử lý hồ sơ.")
    offered = standard_reasons.offered_for(dossiers.whole(found), kind, by=by, at=at)
    return plain_json(
        [
            row_of(OfferedReasonOut, one.suggestion, words=one.words, is_for_missing=missing)
            for one in offered
            for missing in [one.is_for_missing]
        ]
    )


@door.reads("/reports/reasons", Scope.FIGURES, list[GivenReasonOut], "Lý do hay gặp", heavy=True)
def given_reasons(
    request: ActorRequest,
    first: date = _DAY,
    last: date = _DAY,
    agency_code: str = _AGENCY,
    kind: ReasonKind | None = _ANY_KIND,
) -> Any:
    """Return which reasons were given most, by procedure: what instructions leave unclear."""
    if last < first or last - first > LONGEST:
        raise BadInput("Kỳ phải từ ngày đầu tới ngày cuối, nhiều nhất một năm.", field="last")
    agency_id = agency_of(agency_code).id if agency_code else None
    found = reasons.most_given_for(request.actor, first, last, agency_id=agency_id, kind=kind)
    return plain_json([row_of(GivenReasonOut, one) for one in found])


def _row(one: staffing.Absence) -> dict[str, object]:
    return row_of(AbsenceOut, one, number=one.pk)
