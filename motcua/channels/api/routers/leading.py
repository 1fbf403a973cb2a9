"""What heads and leaders do: assign, share out, extend, apologise, stop, decide."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from motcua.casework.dossiers import api as dossiers
from motcua.channels.api.door import NUMBER, Door, plain_json, row_of
from motcua.channels.api.naming import officer_of, step_of, unit_of
from motcua.channels.api.shapes import ActBody, Filed
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.clients.api import Scope
from motcua.foundation.signing import api as signing
from motcua.lib.clock import now

MOST_ROWS = 100
door = Door("leading")


class AssignBody(Schema):
    """Who gets a step."""

    username: str = Field(min_length=1, max_length=150)
    note: str = Field("", max_length=1000)


class ShareBody(Schema):
    """Whose open work in a unit is shared out among whom."""

    unit_code: str = Field(max_length=35)
    from_username: str = Field(min_length=1, max_length=150)
    to_usernames: list[str] = Field(min_length=1, max_length=50)
    note: str = Field("", max_length=1000)


class SharedOut(Schema):
    """How many pieces of work changed hands."""

    count: int


class LongerLimitBody(Schema):
    """Why the limit is extended."""

    ground: str = Field(min_length=1, max_length=1000)


class ApologyBody(Schema):
    """The new moment, and why the first was missed."""

    new_due_at: datetime
    reason: str = Field(min_length=1, max_length=1000)


class StopBody(Schema):
    """Why the handling stops, and where the law says so."""

    ground: str = Field(min_length=1, max_length=1000)
    basis: str = Field(min_length=1, max_length=500)


class RuleBody(Schema):
    """One officer's part in the assignment of new work; an area only where it is by area."""

    way: dossiers.AssignmentWay
    username: str = Field(min_length=1, max_length=150)
    area: str = Field("", max_length=200)
    is_away: bool = False


class RulesBody(Schema):
    """How new work of a unit is assigned, in this order; none: it waits to be taken."""

    rules: list[RuleBody] = Field([], max_length=100)


class RuleOut(Schema):
    """One officer's part in the assignment of new work."""

    way: str
    name: str
    area: str
    is_away: bool


class OutcomeChangeBody(Schema):
    """What a decision does to an outcome; `successor`: the dossier whose outcome replaces it."""

    state: Literal["corrected", "replaced", "revoked"]
    decision_number: str = Field(min_length=1, max_length=60)
    decided_on: date
    reason: str = Field(min_length=1, max_length=1000)
    successor: str = Field("", max_length=60)


class RowBody(Schema):
    """One step of one dossier."""

    code: str = Field(max_length=60)
    step: str = Field(max_length=60)


class RowsBody(Schema):
    """Steps that are finished, or decided, each by itself."""

    rows: list[RowBody] = Field(min_length=1, max_length=MOST_ROWS)
    comment: str = Field("", max_length=2000)


class RowOut(Schema):
    """What became of one row."""

    code: str
    is_done: bool
    message: str


@door.acts("/dossiers/{code}/steps/{step}/assign", Scope.LEAD, Filed, "Phân công")
def assign(request: ActorRequest, code: str, step: str, body: AssignBody) -> Any:
    """Give an open step to an officer, or to another one than before."""
    to = officer_of(body.username, by=request.actor)
    return dossiers.assign_step(
        code,
        step_of(step),
        to_id=to.pk,
        to_name=to.full_name,
        by=request.actor,
        at=now(),
        note=body.note,
    )


@door.acts("/work/share", Scope.LEAD, SharedOut, "Chia lại việc của một người")
def share(request: ActorRequest, body: ShareBody) -> Any:
    """Share an officer's open work in a unit among others, one by one."""
    by = request.actor
    accounts = [officer_of(one, "to_usernames", by=by) for one in body.to_usernames]
    count = dossiers.redistribute(
        officer_of(body.from_username, "from_username", by=by).pk,
        [dossiers.Assignee(one.pk, one.full_name) for one in accounts],
        unit_id=unit_of(body.unit_code).id,
        by=by,
        at=now(),
        note=body.note,
    )
    return {"count": count}


@door.reads("/units/{code}/assignment", Scope.LEAD, list[RuleOut], "Quy tắc phân công")
def read_rules(request: ActorRequest, code: str) -> Any:
    """Return how new work of a unit is assigned, in order; for who assigns it."""
    found = dossiers.assignment_rules_for(request.actor, unit_of(code, "code").id)
    return plain_json([row_of(RuleOut, one) for one in found])


@door.puts("/units/{code}/assignment", Scope.LEAD, list[RuleOut], "Đặt quy tắc phân công")
def set_rules(request: ActorRequest, code: str, body: RulesBody) -> Any:
    """Put these rules in place of the unit's earlier ones."""
    by = request.actor
    officers = [officer_of(one.username, "rules", by=by) for one in body.rules]
    rules = [
        dossiers.RuleIn(one.way, to.pk, to.full_name, one.area, one.is_away)
        for one, to in zip(body.rules, officers, strict=True)
    ]
    unit_id = unit_of(code, "code").id
    made = dossiers.set_assignment_rules(unit_id, rules, by=by, at=now())
    return plain_json([row_of(RuleOut, one) for one in made])


@door.acts(
    "/dossiers/{code}/outcomes/{seq}/change", Scope.DECIDE, Filed, "Đính chính, thu hồi kết quả"
)
def change_outcome(
    request: ActorRequest, code: str, body: OutcomeChangeBody, seq: int = NUMBER
) -> Any:
    """Let a decision correct, replace or revoke a signed outcome; the applicant is told why."""
    change = dossiers.OutcomeChange(
        signing.PaperState(body.state),
        body.decision_number,
        body.decided_on,
        body.reason,
        body.successor,
    )
    return dossiers.change_outcome(code, seq, change, by=request.actor, at=now())


@door.acts("/dossiers/{code}/extend", Scope.LEAD, Filed, "Gia hạn")
def extend(request: ActorRequest, code: str, body: LongerLimitBody) -> Any:
    """Extend the limit as the version of the procedure provides, once, before it ends."""
    return dossiers.extend(code, body.ground, by=request.actor, at=now())


@door.acts("/dossiers/{code}/apologise", Scope.LEAD, Filed, "Xin lỗi, hẹn lại (mẫu 04)")
def apologise(request: ActorRequest, code: str, body: ApologyBody) -> Any:
    """Apologise for being late and promise a new moment; the first one stays visible."""
    return dossiers.apologise(code, body.new_due_at, body.reason, by=request.actor, at=now())


@door.acts("/dossiers/{code}/stop", Scope.LEAD, Filed, "Dừng giải quyết (mẫu 05)")
def stop(request: ActorRequest, code: str, body: StopBody) -> Any:
    """Stop the handling for a ground in law."""
    return dossiers.stop(code, body.ground, body.basis, by=request.actor, at=now())


@door.acts("/work/complete", Scope.HANDLE, list[RowOut], "Xong nhiều bước một lần")
def complete_many(request: ActorRequest, body: RowsBody) -> Any:
    """Finish steps that are not decisions, each by itself; one result per row."""
    rows = [(one.code, step_of(one.step)) for one in body.rows]
    results = dossiers.complete_many(rows, by=request.actor, at=now(), comment=body.comment)
    return plain_json([row_of(RowOut, one) for one in results])


@door.acts("/dossiers/{code}/steps/{step}/decide", Scope.DECIDE, Filed, "Quyết định")
def decide(request: ActorRequest, code: str, step: str, body: ActBody) -> Any:
    """Sign the outcome. Only people decide: no application is given this scope.

    Where a policy asks for a digital signature, the key stays with its holder: use the pages.
    """
    return dossiers.decide(code, step_of(step), by=request.actor, at=now(), comment=body.comment)


@door.acts("/work/decide", Scope.DECIDE, list[RowOut], "Quyết định nhiều hồ sơ một lần")
def decide_many(request: ActorRequest, body: RowsBody) -> Any:
    """Sign outcomes, each by itself; one result per row. Only people decide."""
    rows = [(one.code, step_of(one.step)) for one in body.rows]
    results = dossiers.decide_many(rows, by=request.actor, at=now(), comment=body.comment)
    return plain_json([row_of(RowOut, one) for one in results])
