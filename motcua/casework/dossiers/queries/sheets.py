"""The control sheet of a dossier (paper 06), from its steps.

Source: docs/law/official-papers.md
"""

from datetime import datetime

from motcua.casework.dossiers.models import Consultation, Dossier, DossierStep
from motcua.casework.procedures import api as procedures
from motcua.casework.processes.api import NO_LIMIT
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.lib.clock import local_day

from . import letterheads


def progress_sheet(dossier: Dossier) -> papers.ProgressSheet:
    """Return the sheet as it stands now; a dossier not yet received has only its desk's line."""
    steps = list(DossierStep.objects.filter(dossier=dossier).order_by("seq"))
    begun = dossier.received_at or dossier.submitted_at
    asked = Consultation.objects.filter(dossier=dossier, unit_id__isnull=False).order_by("seq")
    units = dict.fromkeys(asked.values_list("unit_id", flat=True))
    return papers.ProgressSheet(
        letterhead=letterheads.of_unit(dossier.receiving_unit_id, begun),
        code=dossier.code,
        procedure_name=procedures.definition_of(dossier.procedure_version_id).name,
        lookup_url=letterheads.lookup_url(dossier),
        applicant=letterheads.applicant_of(dossier),
        receiving_unit=letterheads.contact_of(dossier.receiving_unit_id, begun),
        competent_unit=letterheads.contact_of(dossier.competent_unit_id, begun),
        coordinating_units=tuple(organisation.name_of_unit(unit) for unit in units if unit),
        received_at=begun,
        due_at=dossier.due_at,
        steps=_lines(dossier, steps, begun),
    )


def _lines(
    dossier: Dossier, steps: list[DossierStep], begun: datetime
) -> tuple[papers.ProgressStep, ...]:
    desk = papers.ProgressStep(
        unit_name=organisation.name_of_unit(dossier.receiving_unit_id, on=local_day(begun)),
        handed_at=begun,
        giver_name=dossier.submitter_name,
        receiver_name=dossier.received_by_name,
    )
    givers = [dossier.received_by_name, *(step.closed_by_name for step in steps)]
    return (desk, *(_line(dossier, s, giver) for s, giver in zip(steps, givers, strict=False)))


def _place(dossier: Dossier, step: DossierStep) -> str:
    """Return the unit of a step; with its agency where that is another than the dossier's."""
    name = organisation.name_of_unit(step.unit_id, on=local_day(step.opened_at))
    agency = organisation.tree().agency_of(step.unit_id)
    is_elsewhere = agency.id != dossier.agency_id and step.unit_id != dossier.receiving_unit_id
    return f"{name} – {agency.name}" if is_elsewhere else name


def _line(dossier: Dossier, step: DossierStep, giver: str) -> papers.ProgressStep:
    return papers.ProgressStep(
        unit_name=_place(dossier, step),
        handed_at=step.opened_at,
        giver_name=giver,
        receiver_name=step.closed_by_name or step.assignee_name,
        due_at=None if step.due_at >= NO_LIMIT else step.due_at,
        result=how_in_time(step.closed_at, step.due_at) if step.closed_at else None,
        note=step.comment,
    )


def how_in_time(ended_at: datetime, due_at: datetime) -> papers.StepResult | None:
    """Return whether it ended before its due day, in time, or late; None without a limit."""
    if due_at >= NO_LIMIT:
        return None
    if ended_at > due_at:
        return papers.StepResult.LATE
    early = local_day(ended_at) < local_day(due_at)
    return papers.StepResult.EARLY if early else papers.StepResult.ON_TIME
