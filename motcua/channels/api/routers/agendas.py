"""The calendar of work of an agency: its weeks, proposed, approved and cancelled entries."""

from datetime import date, datetime
from typing import Any

from ninja import Schema, Status
from ninja.params import functions as params
from pydantic import Field

from motcua.casework.agendas import api as agendas
from motcua.channels.api.door import Door, plain_json, row_of
from motcua.channels.api.naming import agency_of, officer_of, unit_code, unit_of
from motcua.channels.api.shapes import ClockTime, Filed
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.clients.api import Scope
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now

_AGENCY: Any = params.Query(..., max_length=35)
_DAY: Any = params.Query(None)
door = Door("agendas")


class EntryRowOut(Schema):
    """One entry of a week."""

    code: str
    state: str
    unit_code: str
    day: date
    starts: ClockTime
    ends: ClockTime | None
    title: str
    place: str
    chair_name: str
    who: str
    prepared_by: str
    note: str
    is_public: bool
    decision: str
    clashes: list[str]


class WeekOut(Schema):
    """One week of an agency, in the order of its days."""

    agency_name: str
    monday: date
    published_at: datetime | None
    entries: list[EntryRowOut]


class AgendaEntryBody(Schema):
    """An entry as it is proposed or changed."""

    day: date
    starts: ClockTime
    ends: ClockTime | None = None
    title: str = Field(min_length=1, max_length=500)
    place: str = Field("", max_length=200)
    chair_name: str = Field("", max_length=200)
    chair_username: str = Field("", max_length=150)
    who: str = Field("", max_length=1000)
    prepared_by: str = Field("", max_length=200)
    car: str = Field("", max_length=100)
    note: str = Field("", max_length=500)
    is_public: bool = False


class NewEntryBody(AgendaEntryBody):
    """An entry, and the unit that proposes it."""

    unit_code: str = Field(max_length=35)


class EntryReasonBody(Schema):
    """Why an entry is not to be, or no more."""

    reason: str = Field(min_length=1, max_length=500)


@door.reads("/agendas", Scope.READ_TASKS, WeekOut, "Lịch công tác tuần")
def read_week(request: ActorRequest, agency_code: str = _AGENCY, day: date | None = _DAY) -> Any:
    """Return the week of a day (today) of an agency in which one works."""
    agency = agency_of(agency_code)
    found = agendas.week_for(request.actor, agency.id, day or local_day(now()))
    rows = [_row(one) for shown in found.days for one in shown.entries]
    return plain_json(
        {
            "agency_name": found.agency_name,
            "monday": found.monday,
            "published_at": found.week.published_at if found.week else None,
            "entries": rows,
        }
    )


@door.reads("/agendas/{code}", Scope.READ_TASKS, EntryRowOut, "Xem một lịch")
def read_entry(request: ActorRequest, code: str) -> Any:
    """Return one entry of a week."""
    return plain_json(_row(agendas.entry_page(request.actor, code)[0]))


@door.makes("/agendas", Scope.ACT_ON_TASKS, Filed, "Đăng ký lịch")
def propose(request: ActorRequest, body: NewEntryBody) -> Any:
    """Propose an entry for a unit; who approves the calendar has approved it at once."""
    by, unit = request.actor, unit_of(body.unit_code)
    made = agendas.propose_entry(unit.id, _entry(body, by), by=by, at=now())
    return Status(201, Filed(code=made.code))


@door.puts("/agendas/{code}", Scope.ACT_ON_TASKS, Filed, "Sửa lịch")
def change(request: ActorRequest, code: str, body: AgendaEntryBody) -> Any:
    """Change an entry of one's own, or as who approves."""
    by = request.actor
    return agendas.change_entry(code, _entry(body, by), by=by, at=now())


@door.acts("/agendas/{code}/approve", Scope.ACT_ON_TASKS, Filed, "Duyệt lịch")
def approve(request: ActorRequest, code: str) -> Any:
    """Put a proposed entry into the calendar."""
    return agendas.approve_entry(code, by=request.actor, at=now())


@door.acts("/agendas/{code}/decline", Scope.ACT_ON_TASKS, Filed, "Không đưa vào lịch")
def decline(request: ActorRequest, code: str, body: EntryReasonBody) -> Any:
    """Leave a proposed entry out, saying why."""
    return agendas.decline_entry(code, body.reason, by=request.actor, at=now())


@door.acts("/agendas/{code}/cancel", Scope.ACT_ON_TASKS, Filed, "Hoãn, hủy lịch")
def cancel(request: ActorRequest, code: str, body: EntryReasonBody) -> Any:
    """Cancel an entry; it stays visible as cancelled."""
    return agendas.cancel_entry(code, body.reason, by=request.actor, at=now())


def _entry(body: AgendaEntryBody, by: Actor) -> agendas.EntryIn:
    facts = {name: getattr(body, name) for name in AgendaEntryBody.model_fields}
    chair = facts.pop("chair_username")
    chair_id = officer_of(chair, "chair_username", by=by).pk if chair else None
    return agendas.EntryIn(**facts, chair_account_id=chair_id)


def _row(one: agendas.EntryShown) -> dict[str, object]:
    unit = unit_code(one.entry.unit_id)
    return row_of(EntryRowOut, one.entry, unit_code=unit, who=one.who, clashes=one.clashes)
