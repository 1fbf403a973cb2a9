"""What the conditions of a version may ask of one dossier."""

from collections.abc import Mapping
from typing import Any

from motcua.casework.dossiers.choices import OutcomeKind
from motcua.casework.dossiers.models import Dossier, DossierOutcome, Objection, StepFinding
from motcua.casework.dossiers.rules.facts import facts_for
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, PaperHandling, PaperSpec
from motcua.lib.clock import local_day


def facts_of_answers(dossier: Dossier, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers of a dossier with how, when and by what right it was filed.

    What officers found in the field or a council decided stands beside them.

    Costs: a query each where the version has findings or postings.
    """
    return facts_for(
        {**answers, **found_in(dossier)},
        channel=str(dossier.channel),
        case_code=dossier.case_code,
        on=local_day(dossier.submitted_at),
        authority=str(dossier.authority),
    )


def found_in(dossier: Dossier) -> dict[str, Any]:
    """Return what visits and meetings found, the latest of each name, and how many objected.

    Both are known from the start, so that a condition may ask for them before they are.
    """
    definition = procedures.definition_of(dossier.procedure_version_id)
    names = (field.name for fields in definition.findings.values() for field in fields)
    found: dict[str, Any] = dict.fromkeys(names)
    if definition.findings:
        rows = StepFinding.objects.filter(dossier_id=dossier.pk).order_by("seq")
        for row in rows:
            found |= row.found
    if definition.postings:
        found["objections"] = Objection.objects.filter(dossier_id=dossier.pk).count()
    return found


def due_at_return(
    dossier: Dossier, definition: Definition, facts: Mapping[str, Any]
) -> list[PaperSpec]:
    """Return the papers to be handed over for what was granted; for a refusal there are none."""
    if not any(spec.handling == PaperHandling.AT_RETURN for spec in definition.papers):
        return []
    granted = DossierOutcome.objects.filter(
        dossier_id=dossier.pk, kind=OutcomeKind.GRANTED, decided_at__isnull=False
    )
    if not granted.exists():
        return []
    needed = definition.required_papers(dossier.case_code, facts)
    return [spec for spec in needed if spec.handling == PaperHandling.AT_RETURN]
