"""The outcome of a dossier as a printed paper, from the version's own text and the answers."""

import re
from collections.abc import Mapping

from motcua.casework.dossiers.choices import OutcomeKind, SubState
from motcua.casework.dossiers.errors import OutcomeMissing
from motcua.casework.dossiers.models import (
    BookEntry,
    Dossier,
    DossierAnswers,
    DossierOutcome,
    Meeting,
    Seat,
)
from motcua.casework.forms.api import Form, in_words, summary_of
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, OutcomeSpec
from motcua.foundation.papers import api as papers
from motcua.lib.actor import Actor
from motcua.lib.clock import local
from motcua.lib.errors import NotAllowed

from . import letterheads
from .deciding import deciding
from .facts import facts_of_answers
from .merging import pdf_of_file
from .one import get_dossier_for, is_filer

_PLACE = re.compile(r"\{(\w+)\}")
_REFUSED = "Thông báo"


def outcome_pdf(actor: Actor, code: str, seq: int) -> bytes:
    """Return one outcome as PDF: signed, or as a draft for the office and for whoever is asked.

    A Word or PDF file that was proposed is what is shown; else the version's own text is set.
    What there is on paper only is for the office to print; who filed gets no file of it.

    Raises: NoSuchDossier, OutcomeMissing, NotAllowed for an agent who may not have it.
    """
    dossier = get_dossier_for(actor, code)
    outcomes = DossierOutcome.objects.select_related("file")
    outcome = outcomes.filter(dossier=dossier, seq=seq).first()
    if actor.agent is not None and not actor.agent.may_receive:
        message = f"{actor.name} chưa cho phép xem, tải kết quả thay; hãy nhờ chủ hồ sơ mở."
        raise NotAllowed(message)
    is_for_filer = is_filer(actor, dossier)
    may_see_drafts = not is_for_filer or dossier.sub_state == SubState.CONFIRMING
    if outcome is None or not (outcome.decided_at or may_see_drafts):
        message = f"Hồ sơ {code} chưa có kết quả này."
        raise OutcomeMissing(message)
    definition = procedures.definition_of(dossier.procedure_version_id)
    spec = next((one for one in definition.outcomes if one.code == outcome.spec_code), None)
    if spec is not None and spec.given_by:
        message = f"“{outcome.name}” do {outcome.signed_by_title} cấp, không lưu bản ở đây."
        raise OutcomeMissing(message)
    if is_for_filer and outcome.decided_at and definition.is_on_paper_only(outcome.spec_code):
        message = f"“{outcome.name}” chỉ cấp bản giấy; mời ông/bà nhận tại nơi trả kết quả."
        raise OutcomeMissing(message)
    return pdf_of_file(outcome) or papers.render_outcome_pdf(outcome_paper(dossier, outcome))


def book_lines(dossier: Dossier) -> list[str]:
    """Return the lines of books that the applicants signed, as they are quoted.

    Costs: one query where the version has a book, else none.
    """
    definition = procedures.definition_of(dossier.procedure_version_id)
    if not any(spec.book for spec in definition.outcomes):
        return []
    return [one.words for one in BookEntry.objects.filter(dossier=dossier).order_by("seq")]


def outcome_paper(
    dossier: Dossier, outcome: DossierOutcome, *, notation: str = "", check_url: str = ""
) -> papers.OutcomePaper:
    """Return the values of the printed outcome.

    For one that is to be signed, `notation` stands after the place of its number and `check_url`
    in its QR mark.
    """
    definition = procedures.definition_of(dossier.procedure_version_id)
    spec = next((s for s in definition.outcomes if s.code == outcome.spec_code), None)
    answers = _answers(dossier)
    is_refusal = outcome.kind == OutcomeKind.REFUSED
    facts = () if is_refusal else _facts(definition.form, answers)
    number, _, given = outcome.number.partition("/")
    at = outcome.decided_at or outcome.drafted_at
    return papers.OutcomePaper(
        letterhead=letterheads.of_agency(
            deciding(dossier).agency_id,
            at,
            number=int(number) if number else None,
            notation=given or notation,
        ),
        kind=_kind(spec, outcome),
        subject=definition.name,
        addressee=dossier.applicant_name,
        legal_bases=tuple(f"Căn cứ {law.title} ({law.number})" for law in definition.legal_basis),
        facts=facts,
        body=_body(dossier, outcome, spec, spoken(definition, dossier, answers)),
        signer=_signer(definition, outcome),
        recipients=(dossier.applicant_name, "Lưu hồ sơ"),
        check_url=check_url,
    )


def spoken(
    definition: Definition, dossier: Dossier, answers: Mapping[str, object] | None = None
) -> dict[str, object]:
    """Return what the lines of a paper may name: answers in words, and what follows."""
    answers = _answers(dossier) if answers is None else answers
    known = dict(definition.known(facts_of_answers(dossier, answers)))
    fields = [field for found in definition.findings.values() for field in found]
    known |= {f.name: in_words(f, known[f.name]) for f in fields if known.get(f.name) is not None}
    known |= _of_meeting(definition, dossier)
    if definition.form is None:
        return known
    pages = summary_of(definition.form, answers)
    return known | {field.name: words for _, rows in pages for field, words in rows}


def _of_meeting(definition: Definition, dossier: Dossier) -> dict[str, object]:
    """Return what the newest minutes of a council say: when, who came, who did not, what was said.

    Costs: nothing where no council meets, else two queries.
    """
    if not definition.councils:
        return {}
    closed = Meeting.objects.filter(dossier_id=dossier.pk, closed_at__isnull=False)
    meeting = closed.order_by("-seq").first()
    if meeting is None:
        return {}
    seats = Seat.objects.filter(dossier_id=dossier.pk, meeting_seq=meeting.seq).order_by("seq")
    there: dict[bool, list[str]] = {True: [], False: []}
    for seat in seats:
        title = f" ({seat.title})" if seat.title else ""
        there[bool(seat.is_present)].append(f"{seat.name}{title}")
    return {
        "meeting_at": f"{local(meeting.planned_at):%H:%M ngày %d/%m/%Y}, tại {meeting.place}",
        "meeting_present": "; ".join(there[True]),
        "meeting_absent": "; ".join(there[False]) or "không ai",
        "meeting_minutes": meeting.minutes,
    }


def _kind(spec: OutcomeSpec | None, outcome: DossierOutcome) -> str:
    if outcome.kind == OutcomeKind.REFUSED:
        return _REFUSED
    return (spec.title if spec else "") or outcome.name


def _answers(dossier: Dossier) -> Mapping[str, object]:
    rows = DossierAnswers.objects.filter(dossier=dossier).values_list("answers", flat=True)
    return dict(rows.first() or {})


def _facts(form: Form | None, answers: Mapping[str, object]) -> tuple[papers.Fact, ...]:
    if form is None:
        return ()
    return tuple(
        papers.Fact(name=field.label, value=value)
        for _, rows in summary_of(form, answers)
        for field, value in rows
    )


def _body(
    dossier: Dossier,
    outcome: DossierOutcome,
    spec: OutcomeSpec | None,
    answers: Mapping[str, object],
) -> tuple[papers.Article, ...]:
    if outcome.kind == OutcomeKind.REFUSED:
        first = f"Hồ sơ {dossier.code} của {dossier.applicant_name} không được giải quyết."
        return (papers.Article(text=first), papers.Article(text=f"Lý do: {outcome.reason}"))
    lines = list(spec.body if spec else ())
    if not lines:
        lines = [f"Chấp thuận đề nghị của {dossier.applicant_name} theo hồ sơ {dossier.code}."]
    if outcome.valid_until:
        lines.append(f"Giấy này có giá trị đến hết ngày {outcome.valid_until:%d/%m/%Y}.")
    values = {
        **answers,
        **outcome.entries,
        "applicant": dossier.applicant_name,
        "submitter": dossier.submitter_name,
        "code": dossier.code,
        "serial": outcome.serial,
    }
    return tuple(papers.Article(text=filled(line, values)) for line in lines)


def filled(line: str, values: Mapping[str, object]) -> str:
    """Put answers in the places of a line; a place without an answer stays a dotted gap."""
    return _PLACE.sub(lambda place: _word(values.get(place[1])), line)


def _word(value: object) -> str:
    return "……" if value in (None, "") else str(value)


def _signer(definition: Definition, outcome: DossierOutcome) -> papers.Signer:
    title = outcome.signed_by_title or definition.decided_by or "Thủ trưởng đơn vị"
    name = outcome.signed_by_name or "(dự thảo)"
    return papers.Signer(title=title, name=name, capacity=outcome.signed_by_capacity)
