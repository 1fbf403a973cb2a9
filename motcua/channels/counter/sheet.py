"""Everything that stands on the reception screen: typed, chosen, computed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from motcua.casework.dossiers import api as dossiers
from motcua.casework.fees import api as fees
from motcua.casework.payments import api as payments
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import FilingChannel
from motcua.channels.kit.answers import (
    Question,
    forget_known,
    prefilled,
    questions_of,
    read_answers,
)
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day
from motcua.lib.errors import Anticipated

from .checklist import PaperRow, checklist
from .fees import FeeRow, fee_rows
from .forms import ReceptionForm

POPULAR = 12
CERTIFICATION = "2.000815"
_KNOWN = {
    "person.full_name": "full_name",
    "person.personal_id": "personal_id",
    "person.birth_date": "birth_date",
    "person.phone": "phone",
    "person.email": "email",
    "person.address": "address",
}


@dataclass(slots=True)
class Sheet:
    """The reception screen; built once for each request."""

    request: ActorRequest
    typed: QueryDict
    desk: organisation.UnitInfo
    at: datetime
    form: ReceptionForm
    legal_at: datetime | None = None
    query: str = ""
    prefix: str = ""
    results: Sequence[procedures.Procedure] = ()
    focus: str = ""
    found: procedures.InForce | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    papers: list[PaperRow] = field(default_factory=list)
    fees: list[FeeRow] = field(default_factory=list)
    promise: dossiers.Promise | None = None
    earlier: Sequence[dossiers.Dossier] = ()
    known: str = ""
    warnings: Sequence[str] = ()
    answer_errors: Mapping[str, str] = field(default_factory=dict)
    errors: list[dict[str, str]] = field(default_factory=list)

    @property
    def case_code(self) -> str:
        """Return the chosen case, else the first."""
        cases = self.definition.cases
        wanted = self.typed.get("case", "")
        return next((case.code for case in cases if case.code == wanted), cases[0].code)

    @property
    def definition(self) -> procedures.Definition:
        """Return what the chosen procedure says; ask only when one is chosen."""
        if self.found is None:
            message = "no procedure is chosen"
            raise ValueError(message)
        return self.found.definition

    @property
    def channel(self) -> FilingChannel:
        """Return by which way it was handed in."""
        is_post = self.typed.get("channel") == FilingChannel.POST
        return FilingChannel.POST if is_post else FilingChannel.COUNTER

    @property
    def facts(self) -> dict[str, Any]:
        """Return what the conditions of the procedure may ask of what is typed so far."""
        return dossiers.facts_for(
            self.answers,
            channel=self.channel.value,
            case_code=self.case_code,
            on=local_day(self.legal_at or self.at),
            authority=self.typed.get("authority", ""),
        )

    @property
    def flags(self) -> list[str]:
        """Return what the procedure wants noticed about what is typed so far."""
        return self.definition.flags(self.facts) if self.found else []

    @property
    def on_paper_only(self) -> list[str]:
        """Return the results of which there will be no file."""
        return self.definition.names_on_paper_only(self.facts) if self.found else []

    @property
    def was(self) -> list[tuple[str, str]]:
        """Return what the form was filled in from, to tell it from what was typed into it."""
        return [(f"was_{name}", self.typed.get(name, "")) for name in _KNOWN.values()]

    @property
    def is_by_post(self) -> bool:
        """Say whether the minutes of the post give the moment that counts."""
        return self.channel == FilingChannel.POST

    @property
    def questions(self) -> list[tuple[Any, list[Question]]]:
        """Return the form of the procedure as it is shown."""
        form = self.definition.form if self.found else None
        return questions_of(form, self.answers, self.answer_errors)

    @property
    def offers(self) -> list[tuple[procedures.Procedure, str]]:
        """Return what was found, with the address of its own screen if it has one."""
        own = {CERTIFICATION: reverse("counter:certify")}
        return [(one, own.get(one.code, "")) for one in self.results]

    def blame(self, error: Anticipated) -> None:
        """Show a refusal at the head of the page."""
        self.errors.append({"text": str(error), "href": f"#id_{getattr(error, 'field', '')}"})


def find_chosen(code: str, at: datetime) -> procedures.InForce | None:
    """Return the version in force of a procedure a desk may receive."""
    found = procedures.find_in_force(code, local_day(at)) if code else None
    return found if found is not None and found.definition.can_be_filed else None


def choices_for(
    found: procedures.InForce | None, desk: organisation.UnitInfo
) -> dict[str, list[tuple[str, str]]]:
    """Return what can be chosen on the screen: cases, agencies, desks; the nearest first."""
    tree = organisation.tree()
    desks = sorted(tree.desks(), key=lambda one: one.id != desk.id)
    places = [(str(one.id), place_name(one)) for one in desks]
    if found is None:
        return {"case": [], "agency": [], "return_unit": places}
    agencies = [
        agency
        for agency in tree.agencies()
        if (agency.is_counted or agency.id == desk.agency_id)
        and procedures.is_competent(found.procedure_id, found.definition, agency.id)
    ]
    agencies.sort(key=lambda one: one.id != desk.agency_id)
    return {
        "case": [(case.code, case.name) for case in found.definition.cases],
        "agency": [(str(agency.id), agency.name) for agency in agencies],
        "return_unit": places,
        "return_way": ways_of_return(found.definition),
    }


def ways_of_return(definition: procedures.Definition) -> list[tuple[str, str]]:
    """Return how the result may leave: not as a file where one is always on paper only.

    What is signed in a book by all who get it leaves at the desk.
    """
    if any(spec.book for spec in definition.outcomes):
        return [(str(dossiers.ReturnWay.COUNTER), dossiers.ReturnWay.COUNTER.label)]
    is_on_paper = any(spec.on_paper_only and not spec.when for spec in definition.outcomes)
    return [
        (way, words)
        for way, words in dossiers.ReturnWay.choices
        if not (is_on_paper and way == dossiers.ReturnWay.ELECTRONIC)
    ]


def place_name(unit: organisation.UnitInfo) -> str:
    """Return a desk's name with the agency it belongs to."""
    return f"{unit.short_name or unit.name} – {organisation.tree().agency_of(unit.id).name}"


def fill(sheet: Sheet) -> None:
    """Compute what follows from the choices: answers, checklist, fees, promise."""
    if sheet.found is None:
        usual = () if sheet.query else dossiers.usual_procedures(sheet.desk.id)
        sheet.results = procedures.find_procedures(
            sheet.query, fileable=True, first=usual, limit=POPULAR
        )
        return
    definition = sheet.definition
    sheet.answers = read_answers(definition.form, sheet.typed)
    known = {key: sheet.typed.get(name, "") for key, name in _KNOWN.items()}
    before = {key: sheet.typed.get(f"was_{name}", "") for key, name in _KNOWN.items()}
    forget_known(definition.form, sheet.answers, before, known)
    prefilled(definition.form, sheet.answers, {k: v for k, v in known.items() if v})
    facts = sheet.facts
    needed = {spec.code for spec in definition.required_papers(sheet.case_code, facts)}
    listed = definition.papers_for(sheet.case_code)
    rows = checklist(sheet.request, sheet.typed, listed, needed, at=sheet.at, prefix=sheet.prefix)
    sheet.papers = list(rows)
    sheet.errors += [{"text": row.error, "href": ""} for row in sheet.papers if row.error]
    due = fees.fees_due(definition, sheet.case_code, sheet.channel, facts)
    is_cash = bool(due) and payments.takes_cash(sheet.request.actor)
    sheet.fees = fee_rows(due, sheet.typed.dict(), now="at_filing", is_cash=is_cash)
    sheet.promise = dossiers.preview_promise(
        definition,
        sheet.case_code,
        sheet.channel,
        desk_unit_id=sheet.desk.id,
        start=sheet.legal_at or sheet.at,
    )
