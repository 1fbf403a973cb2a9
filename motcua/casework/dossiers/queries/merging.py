"""What stands in a Word template of an outcome: the dossier's values, the marks of signing."""

from datetime import date, datetime
from typing import Any, NamedTuple

from motcua.casework.dossiers.choices import PartyRole
from motcua.casework.dossiers.errors import OutcomeMissing
from motcua.casework.dossiers.models import Dossier, DossierAnswers, DossierOutcome, DossierParty
from motcua.casework.forms.api import Field, in_words
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, OutcomeTemplate
from motcua.foundation.files import api as files
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from . import letterheads
from .deciding import deciding
from .one import get_dossier_for

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Row = dict[str, str]


class WordDraft(NamedTuple):
    """A template filled for one dossier, to be edited in Word."""

    name: str
    content: bytes


def templates_for(dossier: Dossier, at: datetime) -> dict[str, OutcomeTemplate]:
    """Return the Word templates in force for the dossier, by the code of the outcome.

    Costs: one query.
    """
    agency_id = deciding(dossier).agency_id
    return procedures.templates_in_force(dossier.procedure_id, agency_id, local_day(at))


def word_draft(actor: Actor, code: str, outcome_code: str, at: datetime) -> WordDraft:
    """Return the template of an outcome filled with the dossier's values.

    What was typed into an earlier draft (entries, serial numbers of blanks) is filled in too.

    Raises: NoSuchDossier, OutcomeMissing without a template.
    """
    dossier = get_dossier_for(actor, code)
    template = templates_for(dossier, at).get(outcome_code)
    if template is None:
        message = "Kết quả này không có mẫu Word đang dùng."
        raise OutcomeMissing(message)
    definition = procedures.definition_of(dossier.procedure_version_id)
    specs = {spec.code: spec.name for spec in procedures.outcome_specs(definition)}
    drafts = DossierOutcome.objects.filter(dossier=dossier, decided_at=None)
    earlier = drafts.filter(spec_code=outcome_code).order_by("-seq").first()
    blank = DossierOutcome(spec_code=outcome_code, name=specs[outcome_code])
    content = filled_template(dossier, template, earlier or blank)
    return WordDraft(f"{dossier.code}-{outcome_code}.docx", content)


def filled_template(dossier: Dossier, template: OutcomeTemplate, outcome: DossierOutcome) -> bytes:
    """Return a template with the values in it. Raises: TemplateRefused."""
    values = merge_values(dossier, outcome)
    return papers.fill_word_template(procedures.content_of_template(template), values)


def merge_values(dossier: Dossier, outcome: DossierOutcome) -> dict[str, Any]:
    """Return a value for every field that a template of this dossier's procedure may use."""
    definition = procedures.definition_of(dossier.procedure_version_id)
    flat = {
        **_dossier_values(dossier, definition),
        **_office_values(dossier),
        "ket_qua.ten": outcome.name,
        "ket_qua.ly_do": outcome.reason,
        "ket_qua.so_phoi": outcome.serial,
        **procedures.SIGNING_MARKS,
    }
    return {
        **procedures.nested(flat),
        "to_khai": _answers(dossier, definition),
        "ghi_them": _entered(definition, outcome),
        "nhung_nguoi": _people(dossier),
        "can_cu": [{"so": law.number, "ten": law.title} for law in definition.legal_basis],
    }


def marks_of(outcome: DossierOutcome) -> dict[str, str]:
    """Return what comes in place of the marks of a signed outcome; a draft keeps its marks.

    A mark in capitals, as a template may ask, is answered in capitals.
    """
    if outcome.decided_at is None:
        return {}
    day, until = local_day(outcome.decided_at), outcome.valid_until
    said = {
        "ky.so": outcome.number,
        "ky.ngay": papers.day_in_words(day),
        "ky.nguoi": outcome.signed_by_name,
        "ky.chuc_vu": _title_of(outcome),
        "ky.gia_tri_den": _day(until) if until else "không thời hạn",
    }
    marks = {procedures.SIGNING_MARKS[path]: words for path, words in said.items()}
    return marks | {mark.upper(): words.upper() for mark, words in marks.items()}


def _title_of(outcome: DossierOutcome) -> str:
    """Return the title of who signs, under the lines of capacity, each on a line of its own."""
    return f"{outcome.signed_by_capacity}\n{outcome.signed_by_title}".strip("\n")


def fields_to_sign(
    outcome: DossierOutcome, notation: str, check_url: str, initials: int = 0
) -> papers.WordFields:
    """Return where number, day and signatures of a Word draft come to stand."""
    marks = procedures.SIGNING_MARKS
    return papers.WordFields(
        number_mark=marks["ky.so"],
        day_mark=marks["ky.ngay"],
        name_mark=marks["ky.nguoi"],
        notation=notation,
        name=outcome.signed_by_name,
        check_url=check_url,
        initials=initials,
    )


def takes_fields(outcome: DossierOutcome) -> bool:
    """Say whether the Word draft of an outcome has the places that signing needs."""
    stored = outcome.file
    if stored is None or stored.media_type != WORD:
        return False
    try:
        return papers.takes_fields(content_of(stored), fields_to_sign(outcome, "", ""))
    except (papers.TemplateRefused, papers.WordNotDrawn, files.FileLocked):
        return False


def has_some_marks(outcome: DossierOutcome) -> bool:
    """Say whether any mark of signing stands in the Word draft of an outcome.

    Raises: TemplateRefused, FileLocked.
    """
    marks = procedures.SIGNING_MARKS.values()
    stored = outcome.file
    return stored is not None and papers.has_marks(content_of(stored), tuple(marks))


def word_to_sign(
    outcome: DossierOutcome, notation: str, check_url: str, day: date, *, initials: int = 0
) -> bytes:
    """Return the Word draft of an outcome as it is signed, with the places of fields marked.

    Raises: OutcomeMissing, TemplateRefused, WordNotDrawn.
    """
    stored = outcome.file
    if stored is None:
        message = "Kết quả này không có tệp Word."
        raise OutcomeMissing(message)
    until = outcome.valid_until
    said = {
        "ky.chuc_vu": _title_of(outcome),
        "ky.gia_tri_den": _day(until) if until else "không thời hạn",
    }
    marks = {procedures.SIGNING_MARKS[path]: words for path, words in said.items()}
    marks |= {mark.upper(): words.upper() for mark, words in marks.items()}
    fields = fields_to_sign(outcome, notation, check_url, initials)
    return papers.render_word(content_of(stored), outcome.name, day, marks, fields=fields)


def pdf_of_file(outcome: DossierOutcome) -> bytes | None:
    """Return the file of an outcome as PDF; None where it has none that can be one."""
    stored = outcome.file
    if stored is None or stored.media_type not in {PDF, WORD}:
        return None
    content = content_of(stored)
    if stored.media_type == PDF:
        return content
    day = local_day(outcome.decided_at or outcome.drafted_at)
    return papers.render_word(content, outcome.name, day, marks_of(outcome))


def content_of(stored: files.StoredFile) -> bytes:
    """Return a stored file. Raises: FileLocked."""
    with files.open_file(stored) as content:
        return content.read()


def _dossier_values(dossier: Dossier, definition: Definition) -> Row:
    cases = {case.code: case.name for case in definition.cases}
    return {
        "ho_so.ma": dossier.code,
        "ho_so.thu_tuc": definition.name,
        "ho_so.truong_hop": cases.get(dossier.case_code, ""),
        "ho_so.trich_yeu": dossier.summary,
        "ho_so.ngay_nop": _day_of(dossier.submitted_at),
        "ho_so.ngay_tiep_nhan": _day_of(dossier.received_at),
        "ho_so.hen_tra": _day_of(dossier.due_at),
        "chu_ho_so.ten": dossier.applicant_name,
        "nguoi_duoc_noi_toi.ten": dossier.subject_name,
        "nguoi_nop.ten": dossier.submitter_name,
        "nguoi_nop.tu_cach": dossier.get_authority_display(),
        "nguoi_nop.dia_chi": dossier.submitter_address,
        "nguoi_nop.dien_thoai": dossier.submitter_phone,
        "nguoi_nop.email": dossier.submitter_email,
    }


def _office_values(dossier: Dossier) -> Row:
    place, at = deciding(dossier), dossier.received_at or dossier.submitted_at
    head = letterheads.of_agency(place.agency_id, at)
    return {
        "co_quan.ten": head.issuer,
        "co_quan.cap_tren": head.superior,
        "co_quan.dia_danh": head.place,
        "co_quan.don_vi": organisation.tree().unit(dossier.competent_unit_id).name,
    }


def _answers(dossier: Dossier, definition: Definition) -> dict[str, str | list[Row]]:
    """Return every answer in words, those not given as nothing."""
    rows = DossierAnswers.objects.filter(dossier=dossier).values_list("answers", flat=True)
    given: dict[str, Any] = dict(rows.first() or {})
    fields = definition.form.all_fields() if definition.form else ()
    return {field.name: _answer(field, given.get(field.name)) for field in fields}


def _entered(definition: Definition, outcome: DossierOutcome) -> Row:
    """Return what an officer typed into any outcome of the procedure, else nothing."""
    fields = [field for spec in definition.outcomes for field in spec.entries]
    return {field.name: _words(field, outcome.entries.get(field.name)) for field in fields}


def _answer(field: Field, value: Any) -> str | list[Row]:
    if field.kind.has_rows:
        return [
            {inner.name: _words(inner, row.get(inner.name)) for inner in field.fields}
            for row in value or ()
        ]
    return _words(field, value)


def _words(field: Field, value: Any) -> str:
    return "" if value in (None, "", []) else in_words(field, value)


def _people(dossier: Dossier) -> list[Row]:
    parties = DossierParty.objects.filter(dossier_id=dossier.pk).order_by("seq")
    return [
        {
            "ten": party.full_name,
            "vai_tro": PartyRole(party.role).label,
            "ngay_sinh": _day(party.birth_date) if party.birth_date else "",
        }
        for party in parties
    ]


def _day_of(at: datetime | None) -> str:
    return _day(local_day(at)) if at else ""


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
