"""What signing tells of an outcome, written into its dossier."""

from datetime import datetime

from motcua.casework.dossiers.choices import Act, Status, SubState
from motcua.casework.dossiers.models import Dossier, DossierMove, DossierOutcome
from motcua.casework.dossiers.queries.signing import code_in
from motcua.foundation.signing import api as signing
from motcua.lib import work

from .telling import lock_dossier, tell
from .unsigning import end_signing


@work.story
def note_signed(code: str, turn_id: int, *, at: datetime) -> Dossier:
    """Write that the leader has signed, as his own act; done before, it is left.

    Raises: NoSuchDossier.
    """
    dossier = lock_dossier(code)
    noted = DossierMove.objects.filter(dossier_id=dossier.pk, act=Act.SIGN, detail__turn=turn_id)
    if dossier.sub_state == SubState.SIGNING and not noted.exists():
        signer = signing.signer_of(turn_id)
        was = Status(dossier.status)
        tell(dossier, Act.SIGN, by=signer, at=at, was=was, detail={"turn": turn_id})
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

    If it was asked for anew since, nothing is done.

    Raises: NoSuchDossier.
    """
    dossier = lock_dossier(code_in(owner))
    newest = signing.requests_of(owner)[0].code
    if dossier.sub_state == SubState.SIGNING and newest == request_code:
        signer, reason = signing.signer_of(turn_id), signing.reason_of(turn_id)
        was = Status(dossier.status)
        end_signing(dossier, reason, by=signer, at=at)
        tell(dossier, Act.REFUSE_TO_SIGN, by=signer, at=at, was=was, note=reason)
    return dossier
