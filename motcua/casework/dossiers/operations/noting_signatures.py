"""What signing tells of an outcome, written into its dossier."""

from datetime import datetime

from motcua.casework.dossiers.choices import Act, Status, SubState
from motcua.casework.dossiers.models import Dossier, DossierMove, DossierOutcome
from motcua.casework.dossiers.queries.signing import code_in
from motcua.casework.processes.api import StepKind
from motcua.foundation.signing import api as signing
from motcua.lib import work

from .handling import can_return, send_back
from .stepping import Opened
from .steps import steps_of
from .telling import lock_dossier, tell
from .unsigning import end_signing

_ACTS = {signing.TurnRole.LEADER: Act.SIGN, signing.TurnRole.INITIAL: Act.INITIAL}


@work.story
def note_signed(code: str, turn_id: int, *, at: datetime) -> Dossier:
    """Write that somebody has initialled or signed, as his own act; done before, it is left.

    Raises: NoSuchDossier.
    """
    dossier = lock_dossier(code)
    act = _ACTS[signing.role_of(turn_id)]
    noted = DossierMove.objects.filter(dossier_id=dossier.pk, act=act, detail__turn=turn_id)
    if dossier.sub_state == SubState.SIGNING and not noted.exists():
        signer = signing.signer_of(turn_id)
        was = Status(dossier.status)
        tell(dossier, act, by=signer, at=at, was=was, detail={"turn": turn_id})
    return dossier


@work.story
def take_lifted(owner: str) -> DossierOutcome | None:
    """Hand out the newest version of an outcome whose signatures were lifted; says the same.

    An outcome that has not been taken yet is left: it will come in its newest version.
    """
    code, _, seq = owner.removeprefix("dossier:").partition("#")
    dossier = lock_dossier(code)
    done = signing.completed_of(owner)
    outcome = DossierOutcome.objects.filter(dossier=dossier, seq=seq, decided_at__isnull=False)
    found = outcome.first()
    if found is not None and done is not None and found.number == done.number_words:
        found.file_id = done.file_id
        work.update(found, "file_id")
    return found


@work.story
def return_refused(owner: str, request_code: str, turn_id: int, *, at: datetime) -> Dossier:
    """Free the outcomes of a dossier when one was refused; the decision is open as before.

    Who would not initial sends the work back, where the process lets a decision be returned.

    If it was asked for anew since, nothing is done.

    Raises: NoSuchDossier.
    """
    dossier = lock_dossier(code_in(owner))
    newest = signing.requests_of(owner)[0].code
    if dossier.sub_state == SubState.SIGNING and newest == request_code:
        signer, reason = signing.signer_of(turn_id), signing.reason_of(turn_id)
        was = Status(dossier.status)
        end_signing(dossier, reason, by=signer, at=at)
        opened = _to_return(dossier, turn_id)
        if opened is not None:
            send_back(opened, reason, by=signer, at=at)
            return dossier
        tell(dossier, Act.REFUSE_TO_SIGN, by=signer, at=at, was=was, note=reason)
    return dossier


def _to_return(dossier: Dossier, turn_id: int) -> Opened | None:
    """Return the decision that goes back because an initial was refused."""
    if signing.role_of(turn_id) != signing.TurnRole.INITIAL:
        return None
    steps = steps_of(dossier)
    still_open = (one for one in steps if one.closed_at is None)
    step = next((one for one in still_open if one.kind == StepKind.DECISION), None)
    if step is None or not can_return(dossier, step):
        return None
    return Opened(dossier, step, steps)
