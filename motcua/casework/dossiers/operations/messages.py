"""Questions and answers about a dossier, between its applicant and the office."""

from datetime import datetime

from motcua.casework.dossiers.choices import Act, ScopeRole, Side
from motcua.casework.dossiers.errors import NoSuchDossier
from motcua.casework.dossiers.models import Dossier, DossierMessage, DossierScope
from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.lib import work
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.tongue import said

from .rights import is_applicant
from .telling import let_see, lock_dossier, part_seq, tell

LONGEST = 4000
_WRITERS = (Power.RECEIVE_DOSSIERS, Power.HANDLE_DOSSIERS, Power.APPROVE_DOSSIERS)


@work.story
def write_message(code: str, text: str, *, by: Actor, at: datetime) -> Dossier:
    """Write to the other side, whatever the status.

    Raises: NoSuchDossier, NotAllowed, BadInput.
    """
    dossier = lock_dossier(code)
    side = _side_of(dossier, by)
    text = text.strip()
    if not 0 < len(text) <= LONGEST:
        message = said("Hãy viết nội dung, không quá %(longest)s ký tự.", longest=LONGEST)
        raise BadInput(message, field="text")
    work.add(
        DossierMessage(
            dossier_id=dossier.pk,
            seq=part_seq(dossier),
            side=side,
            at=at,
            by_id=by.doer_id,
            by_name=by.doer_name[:200],
            text=text,
        )
    )
    if side == Side.OFFICE:
        let_see(dossier, [(by.personal_unit_id, ScopeRole.ASSIGNED)])
    detail = {"side": str(side)}
    tell(dossier, Act.WRITE_MESSAGE, by=by, at=at, was=dossier.status, detail=detail)
    return dossier


@work.story
def read_messages(code: str, *, by: Actor, at: datetime) -> int:
    """Note that what the other side wrote has been read; return how many were unread.

    Raises: NoSuchDossier, NotAllowed.
    """
    dossier = lock_dossier(code)
    mine = _side_of(dossier, by)
    theirs = Side.OFFICE if mine == Side.CITIZEN else Side.CITIZEN
    unread = DossierMessage.objects.filter(dossier=dossier, side=theirs, read_at__isnull=True)
    return unread.update(read_at=at)


def _side_of(dossier: Dossier, by: Actor) -> Side:
    """Raises: NoSuchDossier, NotAllowed."""
    if is_applicant(dossier, by):
        return Side.CITIZEN
    if by.kind == ActorKind.CITIZEN or not access.may_see(DossierScope, by, dossier.pk):
        message = said("Không tìm thấy hồ sơ %(code)s.", code=dossier.code)
        raise NoSuchDossier(message, hidden=f"dossier:{dossier.code}")
    if not any(by.can(power) for power in _WRITERS):
        message = said("Ông/bà chỉ được xem hồ sơ này.")
        raise NotAllowed(message)
    return Side.OFFICE
