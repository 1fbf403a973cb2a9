"""An application made from an earlier one: its answers, its papers, the outcome that ends.

Source: docs/law/further-procedures.md
"""

from datetime import datetime
from typing import Any

from motcua.casework.dossiers.models import (
    Dossier,
    DossierAnswers,
    DossierOutcome,
    DossierPaper,
    Draft,
    DraftFile,
)
from motcua.casework.forms.api import with_reckoned
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, Renewal
from motcua.lib.actor import Actor

from .drafts import begin_draft, saved


def renewed_draft(outcome: DossierOutcome, renewal: Renewal, *, by: Actor, at: datetime) -> Draft:
    """Return a new draft under the version in force. Raises: NoSuchProcedure, NotForFiling."""
    dossier = outcome.dossier
    code = procedures.definition_of(dossier.procedure_version_id).code
    draft = begin_draft(code, by=by, at=at)
    definition = procedures.definition_of(draft.procedure_version_id)
    if renewal.case in {case.code for case in definition.cases}:
        draft.case_code = renewal.case
    if procedures.is_competent(draft.procedure_id, definition, dossier.agency_id):
        draft.agency_id = dossier.agency_id
    draft.answers = _answers(dossier, definition, renewal)
    draft.papers = _papers(dossier, outcome, definition, draft.case_code, renewal)
    for file_id in {paper["file_id"] for paper in draft.papers}:
        DraftFile.objects.get_or_create(draft=draft, file_id=file_id)
    return saved(draft, "case_code", "agency_id", "answers", "papers", at=at)


def _answers(dossier: Dossier, definition: Definition, renewal: Renewal) -> dict[str, Any]:
    """Return what was said the first time and is still asked; what is declared is said anew."""
    if definition.form is None:
        return {}
    rows = DossierAnswers.objects.filter(dossier_id=dossier.pk)
    before: dict[str, Any] = rows.values_list("answers", flat=True).first() or {}
    asked = {one.name for one in definition.form.all_fields() if one.kind != "declaration"}
    kept = {name: value for name, value in before.items() if name in asked}
    over = {name: value for name, value in renewal.answers if name in asked}
    return with_reckoned(definition.form, kept | over)


def _papers(
    dossier: Dossier,
    outcome: DossierOutcome,
    definition: Definition,
    case_code: str,
    renewal: Renewal,
) -> list[dict[str, Any]]:
    """Return the files that are still good: those handed in before, and the outcome itself."""
    specs = {spec.code: spec for spec in definition.papers_for(case_code)}
    handed = DossierPaper.objects.filter(dossier_id=dossier.pk, file__isnull=False).order_by("seq")
    papers = [
        _paper(specs[one.spec_code], one.file_id, one.file_name)
        for one in handed
        if one.spec_code in specs and _is_still_good(specs[one.spec_code])
    ]
    if renewal.paper in specs and outcome.file_id is not None:
        papers.append(_paper(specs[renewal.paper], outcome.file_id, outcome.file_name))
    return papers


def _is_still_good(spec: procedures.PaperSpec) -> bool:
    """Say whether a paper of the first time serves again: not one that ages, nor the form."""
    return not spec.most_months and not spec.replaced_by_data


def _paper(spec: procedures.PaperSpec, file_id: int | None, file_name: str) -> dict[str, Any]:
    return {
        "spec_code": spec.code,
        "name": spec.name,
        "file_id": file_id,
        "file_name": file_name,
    }
