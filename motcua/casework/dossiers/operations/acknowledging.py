"""A notice of a citizen is acknowledged at once and ends by itself: there is nothing to decide.

Source: docs/law/further-procedures.md
"""

from datetime import datetime

from motcua.casework.dossiers.choices import Act, IssuedForm, Status
from motcua.casework.dossiers.models import Dossier
from motcua.casework.procedures.api import Definition
from motcua.lib.actor import Actor

from .clock import start_clock
from .issuing import issue
from .telling import tell


def acknowledge(dossier: Dossier, definition: Definition, *, by: Actor, at: datetime) -> None:
    """End a dossier that this story makes: received, settled and closed in the moment it came.

    The slip is the acknowledgement; it is issued here unless a desk has received it before.
    """
    was = Status(dossier.status)
    if was == Status.SUBMITTED:
        _receive(dossier, definition, by=by, at=at)
    dossier.move_to(Status.PROCESSING)
    dossier.move_to(Status.RESOLVED)
    dossier.resolved_at = max(at, dossier.submitted_at)
    tell(dossier, Act.ACKNOWLEDGE, by=by, at=at, was=was, is_new=True)
    dossier.move_to(Status.RETURNED)
    dossier.returned_at = dossier.resolved_at
    tell(dossier, Act.ACKNOWLEDGE, by=by, at=at, was=Status.RESOLVED, is_new=True)


def _receive(dossier: Dossier, definition: Definition, *, by: Actor, at: datetime) -> None:
    dossier.move_to(Status.RECEIVED)
    dossier.check_due_at = None
    dossier.received_at = dossier.clock_from = max(at, dossier.submitted_at)
    dossier.received_by_id, dossier.received_by_name = by.id, by.name
    why = start_clock(dossier, definition, by=by, at=at)
    issue(dossier, IssuedForm.SLIP, by=by, at=at, data={"why": why})
