"""Wait for others: posting, tax authority, outside bodies; then go on.

Source: docs/law/one-stop.md
"""

from datetime import datetime

from motcua.casework.dossiers.choices import Act, Status, SubState
from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import Dossier
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, Ground
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

from .clock import CLOCK, begin_wait, end_waits
from .rights import handling_unit
from .stepping import WORKABLE
from .steps import steps_of
from .telling import lock_dossier, tell
from .unsigning import check_not_signing

_BY_HAND = {
    Ground.POSTING: SubState.POSTED,
    Ground.TAX_AUTHORITY: SubState.OUTSIDE,
    Ground.OUTSIDE_BODY: SubState.OUTSIDE,
    Ground.OWN_WORK: SubState.NONE,
}
_ONLY_BY_LAW = frozenset({Ground.POSTING, Ground.OUTSIDE_BODY})


@work.story
def start_waiting(code: str, ground: Ground, note: str, *, by: Actor, at: datetime) -> Dossier:
    """Begin a time in which the office waits; what it does to the clock the version says.

    Raises: NoSuchDossier, NotAllowed, DossierError, BadInput.
    """
    dossier = lock_dossier(code)
    if dossier.status not in WORKABLE or dossier.paused_at is not None:
        message = f"Hồ sơ {code} không đang xử lý, hoặc đang chờ sẵn rồi."
        raise DossierError(message)
    check_not_signing(dossier)
    unit_id = handling_unit(dossier, steps_of(dossier), by)
    definition = procedures.definition_of(dossier.procedure_version_id)
    _check_ground(ground, definition)
    was = _at_work(dossier)
    dossier.sub_state = _BY_HAND[ground]
    begin_wait(dossier, ground, definition.waiting[ground], at=at, note=note)
    tell(
        dossier,
        Act.WAIT,
        by=by,
        at=at,
        was=was,
        note=note,
        changed=CLOCK,
        unit_id=unit_id,
        detail={"ground": str(ground)},
    )
    return dossier


def _check_ground(ground: Ground, definition: Definition) -> None:
    """Raises: BadInput for a ground with an act of its own, or that the law does not give."""
    steps = definition.process.steps if definition.process else ()
    provided = {step.pause_ground for step in steps}
    if ground not in _BY_HAND or (ground in _ONLY_BY_LAW and ground not in provided):
        message = f"Thủ tục này không cho tạm dừng thời hạn vì “{ground.label}”."
        raise BadInput(message, field="ground")


def _at_work(dossier: Dossier) -> Status:
    was = Status(dossier.status)
    if was == Status.RECEIVED:
        dossier.move_to(Status.PROCESSING)
    return was


@work.story
def end_waiting(code: str, note: str = "", *, by: Actor, at: datetime) -> Dossier:
    """Go on after a wait begun by hand or by a step; the promise moves as the version says.

    Raises: NoSuchDossier, NotAllowed, DossierError, NotWaiting.
    """
    dossier = lock_dossier(code)
    if dossier.status not in WORKABLE:
        message = f"Hồ sơ {code} đang ở “{Status(dossier.status).label}”, không phải đang xử lý."
        raise DossierError(message)
    unit_id = handling_unit(dossier, steps_of(dossier), by)
    definition = procedures.definition_of(dossier.procedure_version_id)
    end_waits(dossier, definition, *_BY_HAND, by=by, at=at)
    dossier.sub_state = SubState.NONE
    was = Status(dossier.status)
    tell(dossier, Act.RESUME, by=by, at=at, was=was, note=note, changed=CLOCK, unit_id=unit_id)
    return dossier
