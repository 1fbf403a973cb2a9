"""The outcome of a dossier as a printed paper, from the version's own text and the answers."""

from collections.abc import Mapping

from motcua.casework.dossiers.choices import OutcomeKind, SubState
from motcua.casework.dossiers.errors import OutcomeMissing
from motcua.casework.dossiers.models import BookEntry, Dossier, DossierOutcome
from motcua.casework.forms.api import Form, summary_of
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, OutcomeSpec
from motcua.foundation.papers import api as papers
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed
from motcua.lib.tongue import said

from . import letterheads
from .collected_papers import extract_pdf
from .deciding import deciding
from .merging import pdf_of_file
from .one import get_dossier_for, is_filer
from .wording import answers_of, outcome_lines, spoken

_REFUSED = "Thông báo"


def outcome_pdf(actor: Actor, code: str, seq: int) -> bytes:
    """Return one outcome as PDF: signed, or as a draft for the office and for whoever is asked.

    A Word or PDF file that was proposed is what is shown; else the version's own text is set.
    What there is on paper only is for the office to print; who filed gets no file of it. Of a
    decision for a list everybody gets the extract about this dossier (ADR 98).

    Raises: NoSuchDossier, OutcomeMissing, NotAllowed for an agent who may not have it.
    """
    dossier = get_dossier_for(actor, code)
    outcomes = DossierOutcome.objects.select_related("file")
    outcome = outcomes.filter(dossier=dossier, seq=seq).first()
    if actor.agent is not None and not actor.agent.may_receive:
        message = said(
            "%(name)s chưa cho phép xem, tải kết quả thay; hãy nhờ chủ hồ sơ mở.", name=actor.name
        )
        raise NotAllowed(message)
    is_for_filer = is_filer(actor, dossier)
    may_see_drafts = not is_for_filer or dossier.sub_state == SubState.CONFIRMING
    if outcome is None or not (outcome.decided_at or may_see_drafts):
        message = said("Hồ sơ %(code)s chưa có kết quả này.", code=code)
        raise OutcomeMissing(message)
    definition = procedures.definition_of(dossier.procedure_version_id)
    spec = next((one for one in definition.outcomes if one.code == outcome.spec_code), None)
    if spec is not None and spec.given_by:
        message = said(
            "“%(name)s” do %(signed_by_title)s cấp, không lưu bản ở đây.",
            name=outcome.name,
            signed_by_title=outcome.signed_by_title,
        )
        raise OutcomeMissing(message)
    if is_for_filer and outcome.decided_at and definition.is_on_paper_only(outcome.spec_code):
        message = said(
            "“%(name)s” chỉ cấp bản giấy; mời ông/bà nhận tại nơi trả kết quả.", name=outcome.name
        )
        raise OutcomeMissing(message)
    extract = extract_pdf(dossier, outcome, spec) if spec is not None else None
    if extract is not None:
        return extract
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
    answers = answers_of(dossier)
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
        body=tuple(
            papers.Article(text=line)
            for line in outcome_lines(dossier, outcome, spec, spoken(definition, dossier, answers))
        ),
        signer=_signer(definition, outcome),
        recipients=(dossier.applicant_name, "Lưu hồ sơ"),
        check_url=check_url,
    )


def _kind(spec: OutcomeSpec | None, outcome: DossierOutcome) -> str:
    if outcome.kind == OutcomeKind.REFUSED:
        return _REFUSED
    return (spec.title if spec else "") or outcome.name


def _facts(form: Form | None, answers: Mapping[str, object]) -> tuple[papers.Fact, ...]:
    if form is None:
        return ()
    return tuple(
        papers.Fact(name=field.label, value=value)
        for _, rows in summary_of(form, answers)
        for field, value in rows
    )


def _signer(definition: Definition, outcome: DossierOutcome) -> papers.Signer:
    title = outcome.signed_by_title or definition.decided_by or "Thủ trưởng đơn vị"
    name = outcome.signed_by_name or "(dự thảo)"
    return papers.Signer(title=title, name=name, capacity=outcome.signed_by_capacity)
