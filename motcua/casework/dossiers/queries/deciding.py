"""In whose name an outcome is signed: usually of the agency it was filed to, else as the step says.

Source: docs/law/one-stop.md
"""

from typing import NamedTuple

from motcua.casework.dossiers.models import Dossier
from motcua.casework.procedures import api as procedures
from motcua.casework.processes.api import StepDef, StepKind


class Deciding(NamedTuple):
    """The agency that signs, and the unit whose leader does."""

    agency_id: int
    unit_id: int


def deciding(dossier: Dossier) -> Deciding:
    """Return who signs the outcome: whoever has the last decision of the process. From memory."""
    process = procedures.definition_of(dossier.procedure_version_id).process
    decisions = [s for s in process.steps if s.kind == StepKind.DECISION] if process else []
    if not decisions or not decisions[-1].agency:
        return Deciding(dossier.agency_id, dossier.competent_unit_id)
    last = decisions[-1]
    agency_id = procedures.agency_of_step(dossier.agency_id, last)
    return Deciding(agency_id, procedures.duty_unit(agency_id, last.duty))


def unit_of_step(dossier: Dossier, step: StepDef) -> int:
    """Return the unit that does the step: the receiving desk, or who has the duty there."""
    if step.duty == "desk":
        return dossier.receiving_unit_id
    return procedures.duty_unit(procedures.agency_of_step(dossier.agency_id, step), step.duty)
