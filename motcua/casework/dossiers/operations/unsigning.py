"""Take back what was asked to be signed, when a dossier goes another way."""

from datetime import datetime

from motcua.casework.dossiers.choices import SubState
from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.queries.signing import owner_of
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import Actor

from .proposing import drafted

BLOCK = ("signed_by_name", "signed_by_title", "signed_by_capacity", "valid_until")
_STILL_THERE = (signing.RequestState.OPEN, signing.RequestState.COMPLETED)


def check_not_signing(dossier: Dossier) -> None:
    """Raises: DossierError while the outcome is being signed."""
    if dossier.sub_state == SubState.SIGNING:
        message = "Kết quả đang được ký số, đóng dấu; hãy trả lại bước ký trước khi làm việc này."
        raise DossierError(message)


def end_signing(dossier: Dossier, reason: str, *, by: Actor, at: datetime) -> None:
    """Take the requests of a locked dossier back, if it is being signed; blanks are free again.

    Raises: AlreadyComplete once an outcome was sealed.
    """
    if dossier.sub_state != SubState.SIGNING:
        return
    dossier.sub_state = SubState.NONE
    outcomes = drafted(dossier)
    for outcome in outcomes:
        for request in signing.requests_of(owner_of(dossier, outcome)):
            if request.state in _STILL_THERE:
                signing.withdraw_request(request.code, reason, by=by, at=at)
        outcome.signed_by_name = outcome.signed_by_title = outcome.signed_by_capacity = ""
        outcome.valid_until = None
        work.update(outcome, *BLOCK)
    work.put(_FREE_BLANKS, [dossier.pk, [outcome.seq for outcome in outcomes]])


_FREE_BLANKS = "DELETE FROM dossiers_blankused WHERE dossier_id = %s AND outcome_seq = ANY(%s)"
