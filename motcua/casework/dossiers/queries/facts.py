"""What the conditions of a version may ask of one dossier."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count

from motcua.casework.dossiers.choices import OutcomeKind
from motcua.casework.dossiers.models import Dossier, DossierOutcome, Objection, StepFinding
from motcua.casework.dossiers.rules.facts import facts_for
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, PaperHandling, PaperSpec
from motcua.lib.clock import local_day


def facts_of_answers(
    dossier: Dossier, answers: Mapping[str, Any], found: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the answers of a dossier with how, when and by what right it was filed.

    What officers found in the field or a council decided stands beside them; `found` is that,
    where it has been read already.

    Costs: a query each where the version has findings or postings.
    """
    return facts_for(
        {**answers, **(found_in(dossier) if found is None else found)},
        channel=str(dossier.channel),
        case_code=dossier.case_code,
        on=local_day(dossier.submitted_at),
        authority=str(dossier.authority),
    )


def found_in(dossier: Dossier) -> dict[str, Any]:
    """Return what visits and meetings found, the latest of each name, and how many objected.

    Both are known from the start, so that a condition may ask for them before they are.
    """
    return found_of_many([dossier])[dossier.pk]


def found_of_many(dossiers: Sequence[Dossier]) -> dict[int, dict[str, Any]]:
    """Return the same of many dossiers, by their keys.

    Costs: a query for all where a version has findings, another where one has postings.
    """
    known = {one.pk: procedures.definition_of(one.procedure_version_id) for one in dossiers}
    found = {pk: _nothing_yet(definition) for pk, definition in known.items()}
    visited = [pk for pk, definition in known.items() if definition.findings]
    if visited:
        rows = StepFinding.objects.filter(dossier_id__in=visited).order_by("dossier_id", "seq")
        for row in rows:
            found[row.dossier_id] |= row.found
    posted = [pk for pk, definition in known.items() if definition.postings]
    if posted:
        heard = Objection.objects.filter(dossier_id__in=posted).values_list("dossier_id")
        counted = dict(heard.annotate(Count("pk")).order_by())
        for pk in posted:
            found[pk]["objections"] = counted.get(pk, 0)
    return found


def _nothing_yet(definition: Definition) -> dict[str, Any]:
    names = (field.name for fields in definition.findings.values() for field in fields)
    return dict.fromkeys(names)


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
