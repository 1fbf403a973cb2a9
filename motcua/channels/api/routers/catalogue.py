"""What everybody may know: procedures, agencies, code lists, places; dues and fees reckoned."""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from ninja.params import functions as params
from pydantic import Field

from motcua.casework.dossiers import api as dossiers
from motcua.casework.fees import api as fees
from motcua.casework.forms import api as forms
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import FilingChannel
from motcua.channels.api.door import WORDS, Door, plain_json, row_of
from motcua.channels.api.naming import agency_of
from motcua.channels.api.shapes import ProcedureOut
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.calendar import api as calendar
from motcua.foundation.clients.api import Scope
from motcua.foundation.codelists import api as codelists
from motcua.foundation.organisation import api as organisation
from motcua.foundation.places import api as places
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput, NotFound

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
_DAY: Any = params.Query(None)
_PLACES: Any = params.Query(..., min_length=1, max_length=100)
door = Door("catalogue")


class CaseOut(Schema):
    """One case of a procedure, and how long it takes by each way of filing."""

    code: str
    name: str
    limits: dict[str, str]


class ChoiceOut(Schema):
    """One answer to a question of the case finder."""

    value: str
    label: str


class QuestionOut(Schema):
    """One question that leads a citizen to their case."""

    name: str
    text: str
    choices: list[ChoiceOut]


class PaperSpecOut(Schema):
    """One paper the law lists."""

    code: str
    name: str
    originals: int
    copies: int
    must_be_signed: bool
    note: str


class ProcedureWholeOut(Schema):
    """One procedure as its page shows it.

    `answers_schema` is the JSON Schema of complete answers to its form, empty without one;
    `form_fields` are the names of its fields in the order they are asked.
    """

    code: str
    name: str
    plain_name: str
    sector_name: str
    conditions: str
    is_fileable_online: bool
    agency_codes: list[str]
    cases: list[CaseOut]
    questions: list[QuestionOut]
    papers: list[PaperSpecOut]
    form_fields: list[str]
    answers_schema: dict[str, Any] = {}


class FactsBody(Schema):
    """What is known of a filing: answers to questions or to the form."""

    facts: dict[str, str | int | bool] = {}


class CaseFoundOut(Schema):
    """The case the facts lead to, nothing while it is open."""

    case_code: str
    name: str


class FeesAskedBody(Schema):
    """For what the fees are reckoned."""

    case_code: str = Field(max_length=40)
    channel: FilingChannel = FilingChannel.PORTAL
    facts: dict[str, str | int | bool] = {}


class FeeOut(Schema):
    """What one line comes to, and why."""

    name: str
    kind: str
    quantity: int
    amount_vnd: int
    reason: str


class AgencyOut(Schema):
    """One living agency."""

    code: str
    name: str
    short_name: str
    kind: str
    level: str
    place_code: str


class UnitOut(Schema):
    """One living unit of an agency."""

    code: str
    name: str
    kind: str


class ListOut(Schema):
    """One list of codes."""

    code: str
    name: str


class CodeOut(Schema):
    """One code, in force for some days."""

    code: str
    name: str
    description: str
    valid_from: date
    valid_to: date | None


class PlaceOut(Schema):
    """One place as it was on the day asked for."""

    code: str
    name: str
    kind: str
    valid_from: date
    valid_to: date | None


class DueBody(Schema):
    """A limit, and when it begins."""

    amount: int = Field(ge=1, le=400)
    unit: calendar.LimitUnit = calendar.LimitUnit.WORKING_DAY
    start: datetime
    agency_code: str = Field("", max_length=35)


class DueOut(Schema):
    """When the answer is due, and why."""

    due_at: datetime
    reason: str


@door.reads("/procedures", Scope.CATALOGUE, list[ProcedureOut], "Tìm thủ tục")
def find_procedures(request: ActorRequest, q: str = WORDS) -> Any:
    """Find published procedures by words with or without tones; the best fifty."""
    return list(procedures.find_procedures(q))


@door.reads("/procedures/{code}", Scope.CATALOGUE, ProcedureWholeOut, "Đọc một thủ tục")
def read_procedure(request: ActorRequest, code: str) -> Any:
    """Return what a procedure asks for: cases, questions, papers, fields of its form."""
    reading = procedures.read_procedure(code, local_day(now()))
    one = reading.definition
    form = one.form
    fields = [field.name for page in form.pages for field in page.fields] if form else []
    return plain_json(
        {
            "code": one.code,
            "name": one.name,
            "plain_name": one.plain_name,
            "sector_name": one.sector_name,
            "conditions": one.conditions,
            "is_fileable_online": reading.is_fileable_online,
            "agency_codes": list(one.agency_codes),
            "cases": [_case(case) for case in one.cases],
            "questions": [_question(question) for question in one.questions],
            "papers": [row_of(PaperSpecOut, spec) for spec in one.papers],
            "form_fields": fields,
            "answers_schema": forms.schema_of(form) if form else {},
        }
    )


@door.acts("/procedures/{code}/case", Scope.CATALOGUE, CaseFoundOut, "Tìm trường hợp của mình")
def find_case(request: ActorRequest, code: str, body: FactsBody) -> Any:
    """Say to which case of the procedure the answers lead; nothing is kept."""
    definition = procedures.read_procedure(code, local_day(now())).definition
    found = definition.find_case(body.facts) if definition.cases else None
    return {"case_code": found.code if found else "", "name": found.name if found else ""}


@door.acts("/procedures/{code}/fees", Scope.CATALOGUE, list[FeeOut], "Tính phí, lệ phí")
def reckon_fees(request: ActorRequest, code: str, body: FeesAskedBody) -> Any:
    """Return what would be paid, line by line; exempt lines stand there with 0 and the reason."""
    today = local_day(now())
    definition = procedures.read_procedure(code, today).definition
    if body.case_code not in {case.code for case in definition.cases}:
        raise BadInput("Thủ tục này không có trường hợp ấy.", field="case_code")
    facts = dossiers.facts_for(
        body.facts, channel=body.channel, case_code=body.case_code, on=today, authority=""
    )
    due = fees.fees_due(definition, body.case_code, body.channel, facts)
    return plain_json(
        [
            {
                "name": one.line.name,
                "kind": one.line.kind,
                "quantity": one.quantity,
                "amount_vnd": one.amount_vnd,
                "reason": one.reason,
            }
            for one in due
        ]
    )


@door.reads("/agencies", Scope.CATALOGUE, list[AgencyOut], "Các cơ quan")
def list_agencies(request: ActorRequest) -> Any:
    """Return every living agency."""
    return plain_json([row_of(AgencyOut, one) for one in organisation.tree().agencies()])


@door.reads("/agencies/{code}/units", Scope.CATALOGUE, list[UnitOut], "Các đơn vị của cơ quan")
def list_units(request: ActorRequest, code: str) -> Any:
    """Return the living units of an agency."""
    agency = organisation.tree().agency_by_code(code)
    if agency is None:
        message = f"Không có cơ quan mang mã {code}."
        raise NotFound(message)
    units = organisation.tree().units_of(agency.id)
    return plain_json([row_of(UnitOut, one) for one in units])


@door.reads("/code-lists", Scope.CATALOGUE, list[ListOut], "Các danh mục dùng chung")
def list_code_lists(request: ActorRequest) -> Any:
    """Return every list of codes by name."""
    return plain_json([row_of(ListOut, one) for one in codelists.lists()])


@door.reads("/code-lists/{code}", Scope.CATALOGUE, list[CodeOut], "Đọc một danh mục")
def read_code_list(request: ActorRequest, code: str, on: date | None = _DAY) -> Any:
    """Return the codes in force on a day (today), in the order of their list."""
    if code not in {one.code for one in codelists.lists()}:
        raise NotFound("Không có danh mục này.")
    return plain_json([row_of(CodeOut, one) for one in codelists.codes(code, on=_day(on))])


@door.reads("/places", Scope.CATALOGUE, list[PlaceOut], "Tìm địa danh")
def find_places(request: ActorRequest, q: str = _PLACES, on: date | None = _DAY) -> Any:
    """Return places whose names hold these words, as they were on a day (today)."""
    return plain_json([row_of(PlaceOut, one) for one in places.find_places(q, _day(on))])


@door.acts("/due", Scope.CATALOGUE, DueOut, "Tính hạn theo lịch làm việc")
def reckon_due(request: ActorRequest, body: DueBody) -> Any:
    """Say when a limit that begins at a moment ends, by the calendar of an agency."""
    if body.start.tzinfo is None:
        raise BadInput("Ghi múi giờ, ví dụ 2026-03-02T08:00:00+07:00.", field="start")
    _day(body.start.date(), field="start")
    facts = calendar.national_facts()
    if body.agency_code:
        facts = organisation.facts_of_agency(agency_of(body.agency_code).code)
    found = calendar.due_at(calendar.Limit(body.amount, body.unit), body.start, (), facts)
    return {"due_at": found.due_at, "reason": calendar.explain(found)}


def _day(day: date | None, field: str = "on") -> date:
    asked = day or local_day(now())
    if not FIRST_DAY <= asked <= LAST_DAY:
        raise BadInput("Ngày phải trong khoảng từ năm 1990 đến năm 2100.", field=field)
    return asked


def _case(case: procedures.Case) -> dict[str, object]:
    limits = {str(way): calendar.in_words(limit) for way, limit in case.limits.items()}
    return {"code": case.code, "name": case.name, "limits": limits}


def _question(one: procedures.Question) -> dict[str, object]:
    choices = [{"value": choice.value, "label": choice.label} for choice in one.choices]
    return {"name": one.name, "text": one.text, "choices": choices}
