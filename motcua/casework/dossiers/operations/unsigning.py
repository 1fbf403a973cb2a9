"""Take back what was asked to be signed, when a dossier goes another way."""

from datetime import datetime

from motcua.casework.dossiers.choices import SubState
from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import CollectedDossier, Dossier
from motcua.casework.dossiers.queries.collected import owner_of_list
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

    Raises: AlreadyComplete once an outcome was sealed, DossierError while others of its list are
    being changed.
    """
    if dossier.sub_state != SubState.SIGNING:
        return
    dossier.sub_state = SubState.NONE
    _end_list(dossier, reason, by=by, at=at)
    outcomes = drafted(dossier)
    for outcome in outcomes:
        for request in signing.requests_of(owner_of(dossier, outcome)):
            if request.state in _STILL_THERE:
                signing.withdraw_request(request.code, reason, by=by, at=at)
        outcome.signed_by_name = outcome.signed_by_title = outcome.signed_by_capacity = ""
        outcome.valid_until = None
        work.update(outcome, *BLOCK)
    work.put(_FREE_BLANKS, [dossier.pk, [outcome.seq for outcome in outcomes]])


def _end_list(dossier: Dossier, reason: str, *, by: Actor, at: datetime) -> None:
    """Take back the signatures of a whole list that a dossier leaves; the others wait as before.

    Whoever works on a list locks its requests, the list, then its dossiers by their codes. This
    dossier is locked already, so the rest is taken only if nobody has any of it: never waited for.

    Costs: one query, five where it stood in a list.
    """
    line = CollectedDossier.objects.filter(
        dossier_id=dossier.pk, decision__decided_at__isnull=True
    ).first()
    if line is None:
        return
    for request in signing.requests_of(owner_of_list(line.decision_id)):
        if request.state in _STILL_THERE:
            signing.withdraw_request(request.code, reason, by=by, at=at)
    length = CollectedDossier.objects.filter(decision_id=line.decision_id).count()
    if len(work.fetch(_TAKE_WHOLE_LIST, [line.decision_id])) < length:
        message = "Quyết định chung có hồ sơ này đang được xử lý; hãy thử lại sau ít giây."
        raise DossierError(message)
    work.put(_FREE_OTHERS, [dossier.pk, line.decision_id])
    work.put(_LEAVE_LIST, [line.decision_id, dossier.pk])


_TAKE_WHOLE_LIST = """
SELECT d.id FROM dossiers_collecteddecision l
JOIN dossiers_collecteddossier c ON c.decision_id = l.id
JOIN dossiers_dossier d ON d.id = c.dossier_id
WHERE l.id = %s ORDER BY d.code FOR UPDATE OF l, d SKIP LOCKED
"""
_FREE_OTHERS = """
UPDATE dossiers_dossier SET sub_state = ''
WHERE sub_state = 'signing' AND id <> %s
  AND id IN (SELECT dossier_id FROM dossiers_collecteddossier WHERE decision_id = %s)
"""
_LEAVE_LIST = "DELETE FROM dossiers_collecteddossier WHERE decision_id = %s AND dossier_id = %s"
_FREE_BLANKS = "DELETE FROM dossiers_blankused WHERE dossier_id = %s AND outcome_seq = ANY(%s)"
