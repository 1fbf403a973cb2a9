"""Everything that stands on the reception screen: typed, chosen, computed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import CopyKind, PaperState
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import FilingChannel, PaperHandling, PaperSpec
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day
from motcua.lib.errors import Anticipated

from .answers import Question, prefilled, questions_of, read_answers
from .attachments import Attachment, attachments_of
from .forms import ReceptionForm

POPULAR = 12
OTHER = "khac"
_COLLECTED = {"at_filing": "thu khi nộp", "at_return": "thu khi trả kết quả"}
_KNOWN = {
    "person.full_name": "full_name",
    "person.personal_id": "personal_id",
    "person.birth_date": "birth_date",
    "person.phone": "phone",
    "person.email": "email",
    "person.address": "address",
}


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper of the checklist."""

    code: str
    name: str
    note: str
    is_required: bool
    is_given: bool
    kind: str
    quantity: str
    kinds: Sequence[tuple[str, str]]
    attached: Sequence[Attachment]
    state: PaperState
    error: str = ""


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One amount of the fee table and what was taken of it."""

    code: str
    name: str
    kind: str
    due_vnd: int
    reason: str
    when: str
    amount: str
    receipt: str


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
    results: Sequence[procedures.Procedure] = ()
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
    def questions(self) -> list[tuple[Any, list[Question]]]:
        """Return the form of the procedure as it is shown."""
        form = self.definition.form if self.found else None
        return questions_of(form, self.answers, self.answer_errors)

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
        if procedures.is_competent(found.procedure_id, found.definition, agency.id)
    ]
    agencies.sort(key=lambda one: one.id != desk.agency_id)
    return {
        "case": [(case.code, case.name) for case in found.definition.cases],
        "agency": [(str(agency.id), agency.name) for agency in agencies],
        "return_unit": places,
    }


def place_name(unit: organisation.UnitInfo) -> str:
    """Return a desk's name with the agency it belongs to."""
    return f"{unit.short_name or unit.name} – {organisation.tree().agency_of(unit.id).name}"


def fill(sheet: Sheet) -> None:
    """Compute what follows from the choices: answers, checklist, fees, promise."""
    if sheet.found is None:
        sheet.results = procedures.find_procedures(sheet.query, fileable=True, limit=POPULAR)
        return
    definition = sheet.definition
    sheet.answers = read_answers(definition.form, sheet.typed)
    known = {key: sheet.typed.get(name, "") for key, name in _KNOWN.items()}
    prefilled(definition.form, sheet.answers, {k: v for k, v in known.items() if v})
    facts = {**sheet.answers, "channel": sheet.channel.value}
    needed = {spec.code for spec in definition.required_papers(sheet.case_code, facts)}
    listed = definition.papers_for(sheet.case_code)
    sheet.papers = [_paper_row(sheet, spec, is_required=spec.code in needed) for spec in listed]
    sheet.papers.append(_paper_row(sheet, _other_paper(sheet), is_required=False))
    due = procedures.fees_due(definition, sheet.case_code, sheet.channel, facts)
    sheet.fees = [_fee_row(sheet, one) for one in due]
    sheet.promise = dossiers.preview_promise(
        definition,
        sheet.case_code,
        sheet.channel,
        desk_unit_id=sheet.desk.id,
        start=sheet.legal_at or sheet.at,
    )


def _other_paper(sheet: Sheet) -> PaperSpec:
    return PaperSpec(OTHER, sheet.typed.get("paper_khac_name", "").strip())


def _paper_row(sheet: Sheet, spec: PaperSpec, *, is_required: bool) -> PaperRow:
    name = f"paper_{spec.code}"
    attached: list[Attachment] = []
    error = ""
    try:
        attached += attachments_of(sheet.request, sheet.typed, f"{name}_file", at=sheet.at)
    except Anticipated as refusal:
        error = str(refusal)
        sheet.blame(refusal)
    is_shown = spec.handling == PaperHandling.SHOW
    later = spec.handling in {PaperHandling.AT_RETURN, PaperHandling.BY_POST}
    kind = sheet.typed.get(f"{name}_kind", "")
    usual = CopyKind.COPY if spec.copies and not spec.originals else CopyKind.ORIGINAL
    return PaperRow(
        code=spec.code,
        name=spec.name,
        note=spec.handling.label if is_shown or later else spec.note,
        is_required=is_required and not later,
        is_given=f"{name}_given" in sheet.typed or bool(attached),
        kind=kind if kind in CopyKind.values else usual.value,
        quantity=sheet.typed.get(f"{name}_quantity", "")
        or str(max(spec.originals, spec.copies, 1)),
        kinds=_kinds(spec),
        attached=attached,
        state=PaperState.SHOWN if is_shown else PaperState.HELD,
        error=error,
    )


def _kinds(spec: PaperSpec) -> list[tuple[str, str]]:
    kinds = [CopyKind.ORIGINAL, CopyKind.COPY, CopyKind.ELECTRONIC]
    if spec.replaced_by_data:
        kinds.append(CopyKind.DATA)
    return [(kind.value, kind.label) for kind in kinds]


def _fee_row(sheet: Sheet, due: procedures.FeeDue) -> FeeRow:
    line = due.line
    at_filing = line.collected == "at_filing"
    usual = str(due.amount_vnd) if at_filing and due.amount_vnd else ""
    return FeeRow(
        code=line.code,
        name=line.name,
        kind=line.kind.value,
        due_vnd=due.amount_vnd,
        reason=due.reason,
        when=_COLLECTED.get(line.collected, ""),
        amount=sheet.typed.get(f"fee_{line.code}_amount", usual),
        receipt=sheet.typed.get(f"fee_{line.code}_receipt", ""),
    )
