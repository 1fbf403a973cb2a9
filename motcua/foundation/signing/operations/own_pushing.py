"""Ask somebody on the telephone to let own papers be signed, and hear the answer.

Not at the door: it waits for the network.
"""

from datetime import datetime, timedelta
from hashlib import new as new_hash

from motcua.foundation.identity import api as identity
from motcua.foundation.signing import ports
from motcua.foundation.signing.choices import OwnState
from motcua.foundation.signing.models import OwnSigning
from motcua.foundation.signing.ports import PushOrder, PushState
from motcua.foundation.signing.queries.own import check_code, own_papers_of
from motcua.foundation.signing.rules.own import FOR_PHONE
from motcua.foundation.trust import api as trust
from motcua.lib import work
from motcua.lib.tongue import sentence

from .own_beginning import end
from .own_consenting import DIGEST
from .own_finishing import finish_papers

POLL_EVERY = timedelta(seconds=2)
_REFUSED = sentence(
    "Ông/bà đã bấm không đồng ý trên điện thoại. Giấy tờ chưa được ký; có thể ký lại."
)
_EXPIRED = sentence("Quá thời gian xác nhận trên điện thoại. Hãy ký lại, xác nhận trong 5 phút.")


def push(signing: OwnSigning, *, at: datetime) -> None:
    """Let the service ask; a second time it is asked by the same mark, and asks once.

    Raises: HolderAway, HolderRefuses.
    """
    order = order_of(signing)
    try:
        ports.push_signer(signing.service_code).start(order)
    except ports.HolderRefuses:
        # Asked before without an answer, it may refuse what it has already: polling will tell.
        if signing.tries <= 1:
            raise
    OwnSigning.objects.filter(pk=signing.pk, state=OwnState.ASKED).update(
        state=OwnState.WAITING,
        consent="phone",
        tries=0,
        latest_error="",
        next_try_at=at + POLL_EVERY,
        expires_at=at + FOR_PHONE,
    )


def order_of(signing: OwnSigning) -> PushOrder:
    """Return what is asked; the marks of papers are shown on our page and on the telephone."""
    papers = own_papers_of(signing)
    return PushOrder(
        transaction=signing.token,
        user_ref=identity.unseal_secret(signing.sealed_user),
        key_ref=signing.key_ref,
        hashes={
            mark_of(one.seq): new_hash(DIGEST, bytes(one.attributes or b"")).digest()
            for one in papers
        },
        words=f"Ký {len(papers)} giấy tờ, mã {check_code(signing)}",
    )


def mark_of(seq: int) -> str:
    """Return how a paper is called on the telephone."""
    return f"giay-{seq}"


def poll(signing: OwnSigning, *, at: datetime) -> None:
    """Hear what the person said. Raises: HolderAway, HolderRefuses, WrongSignature."""
    order = order_of(signing)
    answer = ports.push_signer(signing.service_code).poll(order)
    trust.note_service(signing.service_code.partition(":")[2], at=at)
    if answer.state == PushState.SIGNED:
        finish_papers(signing, [answer.signatures[mark] for mark in order.hashes], at=at)
    elif answer.state == PushState.WAITING:
        OwnSigning.objects.filter(pk=signing.pk, state=OwnState.WAITING).update(
            next_try_at=at + POLL_EVERY, latest_error="", tries=0
        )
    else:
        _ended(signing, is_refused=answer.state == PushState.REFUSED, at=at)


@work.story
def _ended(signing: OwnSigning, *, is_refused: bool, at: datetime) -> None:
    locked = work.lock(OwnSigning, id=signing.pk)
    if locked.is_open:
        state = OwnState.REFUSED if is_refused else OwnState.EXPIRED
        end(locked, state, _REFUSED if is_refused else _EXPIRED, at=at)
