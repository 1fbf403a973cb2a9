"""Councils: who is asked to a meeting, who came and voted, what came of it."""

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import field
from motcua.channels.api.door import NUMBER, Door, plain_json, row_of
from motcua.channels.api.shapes import Filed
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.clients.api import Scope
from motcua.lib.actor import ActorKind
from motcua.lib.clock import now
from motcua.lib.errors import NotAllowed

MOST_SEATS = 40
door = Door("councils")


class SeatBody(Schema):
    """One person asked to a meeting: of the council, or a party of the matter."""

    role: field.SeatRole
    name: str = Field(min_length=1, max_length=200)
    title: str = Field("", max_length=300)


class MeetingBody(Schema):
    """When and where a council meets, about what, with whom."""

    planned_at: datetime
    place: str = Field(min_length=1, max_length=400)
    about: str = Field("", max_length=2000)
    seats: list[SeatBody] = Field(min_length=1, max_length=MOST_SEATS)


class CameBody(Schema):
    """Whether a seat was taken, and how it voted."""

    seq: int = Field(ge=1, le=2**31 - 1)
    is_present: bool
    vote: str = Field("", max_length=60)


class MeetingMinutesBody(Schema):
    """Who came and how they voted, what was said, what was found."""

    came: list[CameBody] = Field(max_length=MOST_SEATS)
    minutes: str = Field(min_length=1, max_length=4000)
    found: dict[str, Any] = {}


class SeatOut(Schema):
    """One seat of a meeting; empty `is_present`: it is still to come."""

    seq: int
    role: str
    name: str
    title: str
    is_present: bool | None
    vote: str


class MeetingOut(Schema):
    """One meeting of a council about a dossier; empty `is_held`: it is still to come."""

    seq: int
    step_code: str
    name: str
    planned_at: datetime
    place: str
    about: str
    convened_by_name: str
    is_held: bool | None
    closed_at: datetime | None
    closed_by_name: str
    minutes: str
    found: dict[str, Any]
    seats: list[SeatOut]


class HeldOut(Schema):
    """Whether a meeting was held; if not, it is called again."""

    is_held: bool


@door.reads("/dossiers/{code}/meetings", Scope.HANDLE, list[MeetingOut], "Các cuộc họp hội đồng")
def list_meetings(request: ActorRequest, code: str) -> Any:
    """Return the meetings about a dossier with their members and votes, oldest first."""
    found = dossiers.get_dossier_for(request.actor, code)
    if request.actor.kind != ActorKind.OFFICER:
        raise NotAllowed("Biên bản họp dành cho cơ quan giải quyết hồ sơ.")
    known = field.field_work(found)
    rows = [
        row_of(
            MeetingOut,
            one,
            found=known.found_at(one.seq),
            seats=[row_of(SeatOut, seat) for seat in known.seats_of(one)],
        )
        for one in known.meetings
    ]
    return plain_json(rows)


@door.acts("/dossiers/{code}/meetings", Scope.HANDLE, Filed, "Triệu tập họp hội đồng")
def convene(request: ActorRequest, code: str, body: MeetingBody) -> Any:
    """Call a meeting of the council of the open step; the applicant is told when and where."""
    seats = [field.SeatIn(one.role, one.name, one.title) for one in body.seats]
    return field.convene(
        code, body.planned_at, body.place, seats, body.about, by=request.actor, at=now()
    )


@door.acts("/dossiers/{code}/meetings/{seq}/minutes", Scope.HANDLE, HeldOut, "Ghi biên bản họp")
def record(request: ActorRequest, code: str, body: MeetingMinutesBody, seq: int = NUMBER) -> Any:
    """Write the minutes of a meeting, once."""
    came = {one.seq: field.CameIn(one.is_present, one.vote) for one in body.came}
    is_held = field.record_meeting(
        code, seq, came, body.minutes, body.found, by=request.actor, at=now()
    )
    return {"is_held": is_held}
