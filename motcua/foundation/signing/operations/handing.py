"""Hand a turn on to somebody else who has the right, or take it as the deputy.

Source: docs/law/signing.md
"""

from datetime import datetime

from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.files import api as files
from motcua.foundation.identity import api as identity
from motcua.foundation.signing import ports
from motcua.foundation.signing.choices import DocumentKind, MadeBy, TurnRole, TurnState
from motcua.foundation.signing.errors import (
    NoSigningRight,
    NotYourTurn,
    SignedAlready,
    SigningError,
)
from motcua.foundation.signing.events import TurnReady
from motcua.foundation.signing.models import DocumentVersion, SigningRequest, Turn
from motcua.foundation.signing.ports import Expected, SignerBlock
from motcua.foundation.signing.queries.requests import turns_of
from motcua.foundation.signing.queries.rights import block_for
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.errors import BadInput

from .requesting import PDF
from .telling import let_see, lock_open, tell
from .turns import check_apart, ready_turn, turn_of

_BY_PEOPLE = (TurnRole.INITIAL, TurnRole.LEADER)
_GIVEN = ("account_id", "signer_name", "signer_title", "capacity", "on_behalf_of", "note")


@work.story
def hand_on(code: str, to_id: int, reason: str, *, by: Actor, at: datetime) -> SigningRequest:
    """Hand one's turn to somebody else, who hears of it with the reason.

    The document is drawn anew with the name of who is to sign, as long as nobody has signed.

    Raises: NoSuchRequest, AlreadyComplete, NotYourTurn, NotAllowed, NoSigningRight,
    SignedAlready, BadInput.
    """
    if not reason.strip():
        raise BadInput("Hãy ghi lý do chuyển người ký.", field="reason")
    request = lock_open(code)
    turn = turn_of(request, by)
    note = f"{by.name} chuyển: {reason.strip()}"
    give_turn(request, turn, to_id, note, by=by, at=at)
    return request


@work.story
def take_over(code: str, *, by: Actor, at: datetime) -> SigningRequest:
    """Take the turn of the leader whose name is printed, to sign for him by one's own right.

    Raises: NoSuchRequest, AlreadyComplete, NotYourTurn, NotAllowed, NoSigningRight, SignedAlready.
    """
    request = lock_open(code)
    turn = ready_turn(request)
    if turn.role != TurnRole.LEADER:
        raise NotYourTurn("Văn bản chưa đến lượt người có thẩm quyền ký.")
    note = f"{by.name} ký thay {turn.signer_name}."
    give_turn(request, turn, by.id, note, by=by, at=at)
    return request


def give_turn(
    request: SigningRequest, turn: Turn, to_id: int, note: str, *, by: Actor, at: datetime
) -> None:
    """Let a ready turn of a locked request be another account's.

    Raises: NotYourTurn, NoSigningRight, SignedAlready, SigningError, BadInput.
    """
    if turn.role not in _BY_PEOPLE or turn.state != TurnState.READY:
        raise NotYourTurn("Lượt này không chuyển được cho người khác.")
    if turn.account_id == to_id:
        raise BadInput("Lượt ký đang là của người này.", field="to")
    heir = _heir(to_id, turn, at)
    check_apart(request, turn, heir)
    _check_free(request, turn, heir)
    block = SignerBlock(heir.name, heir.title)
    if turn.role == TurnRole.LEADER:
        block = block_for(heir, request.agency_id, DocumentKind(request.document_kind), at)
        _draw_anew(request, Expected(heir.id, block), turn, by=by, at=at)
    turn.account_id, turn.note = heir.id, note[:1000]
    turn.signer_name, turn.signer_title = block.name, block.title
    turn.capacity, turn.on_behalf_of = block.capacity, block.on_behalf_of
    work.update(turn, *_GIVEN)
    let_see(request, [-heir.id], "signing")
    event = TurnReady(
        request.pk,
        request.version + 1,
        request.code,
        request.owner,
        turn.role,
        turn.unit_id,
        heir.id,
    )
    detail = {"role": turn.role, "to": heir.name, "note": note}
    tell(request, "handed_on", event, by=by, at=at, changed=("latest_seq",), detail=detail)


def _heir(to_id: int, turn: Turn, at: datetime) -> Actor:
    """Return who is to sign. Raises: NoSigningRight."""
    if not identity.Account.objects.filter(pk=to_id, disabled_at=None).exists():
        raise NoSigningRight("Không có tài khoản này, hoặc tài khoản đã đóng.")
    heir = access.actor_now(to_id, at=at).actor
    if not heir.can(Power.SIGN_DOCUMENTS, unit_id=turn.unit_id):
        raise NoSigningRight(f"{heir.name} không được giao quyền ký văn bản ở đơn vị này.")
    return heir


def _check_free(request: SigningRequest, turn: Turn, heir: Actor) -> None:
    """See that the heir has no other turn to come in the same document. Raises: NotYourTurn."""
    others = (one for one in turns_of(request.pk) if one.pk != turn.pk)
    if request.is_apart and any(one.account_id == heir.id for one in others):
        raise NotYourTurn(f"{heir.name} đã có một lượt ký khác trong văn bản này.")


def _draw_anew(
    request: SigningRequest, signer: Expected, turn: Turn, *, by: Actor, at: datetime
) -> None:
    """Keep the document with another signer printed. Raises: SignedAlready, SigningError."""
    signed = [one.done_by_name for one in turns_of(request.pk) if one.state == TurnState.DONE]
    if signed:
        message = (
            f"Văn bản in tên {turn.signer_name} và đã có chữ ký của {', '.join(signed)}, nên không"
            f" đổi sang {signer.block.name} được nữa. Hãy từ chối kèm lý do để nơi soạn trình lại"
            " bản mới."
        )
        raise SignedAlready(message)
    room = request.owner.partition(":")[0]
    if room not in ports.redraws:
        raise SigningError("Văn bản này in sẵn tên người ký; hãy từ chối để nơi soạn trình lại.")
    request.latest_seq += 1
    drawn = ports.redraws[room](request.owner, request.paper_token, signer, at)
    work.add(
        DocumentVersion(
            request_id=request.pk,
            seq=request.latest_seq,
            file=files.keep_bytes(drawn, PDF, by=by, at=at),
            made_by=MadeBy.DRAFTED,
            at=at,
        )
    )


@work.story
def pass_to_deputy(code: str, to_id: int, note: str, *, at: datetime) -> SigningRequest:
    """Let the turn of who is away be the deputy's; the system does that.

    Raises: as `hand_on`.
    """
    request = lock_open(code)
    give_turn(request, ready_turn(request), to_id, note, by=SYSTEM, at=at)
    return request
