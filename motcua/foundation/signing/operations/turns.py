"""Take one's turn: sign, number and seal, refuse.

Source: docs/law/signatures.md
"""

from datetime import date, datetime, timedelta

from motcua.foundation.access.api import Power
from motcua.foundation.numbering import api as numbering
from motcua.foundation.signing.choices import (
    AttemptState,
    DocumentKind,
    RequestState,
    TurnRole,
    TurnState,
)
from motcua.foundation.signing.errors import NotYourTurn, WrongCertificate
from motcua.foundation.signing.events import TurnRefused
from motcua.foundation.signing.models import SigningAttempt, SigningRequest, Turn
from motcua.foundation.signing.queries.hands import ELSEWHERE
from motcua.foundation.signing.queries.requests import certificates_for, turns_of
from motcua.foundation.signing.queries.rights import block_for
from motcua.foundation.signing.queries.turns import POWERS
from motcua.foundation.signing.rules.placing import check_printed
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import Certificate, NoCertificate, Way
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

from .requesting import end_request
from .telling import lock_open, tell

BY_SEAL = (TurnRole.SEAL, TurnRole.COPY)
KEPT_TRYING = timedelta(days=7)
SEALED_BY_THEMSELVES = frozenset({DocumentKind.SLIP, DocumentKind.RECEIPT, DocumentKind.PROGRESS})
XML_WAYS = (Way.SERVER, Way.REMOTE)
_XML_WAYS_ONLY = (
    "Tệp XML ký được bằng chứng thư trên máy chủ hoặc ký số từ xa; thiết bị cắm vào máy và phần mềm"
    " ký khác chưa ký được tệp XML ở đây. Hãy chọn cách khác."
)
_NOT_BY_ITSELF = "Chỉ giấy tiếp nhận, xác nhận nộp hồ sơ và phiếu kiểm soát được đóng dấu tự động."
_OPEN_TURNS = frozenset({TurnState.READY, TurnState.UNDERWAY})


@work.story
def begin_attempt(code: str, *, by: Actor, at: datetime, hand: str = "") -> SigningRequest:
    """Begin to sign where it is one's turn; a key on the server signs at once.

    `hand` is the fingerprint of one's certificate, nothing for the newest, or `ELSEWHERE` to take
    the document away and bring it back signed.

    Raises: NoSuchRequest, AlreadyComplete, NotYourTurn, NotAllowed, NoCertificate,
    WrongCertificate.
    """
    request = lock_open(code)
    turn = turn_of(request, by)
    if turn.role in BY_SEAL:
        raise NotYourTurn("Văn bản đang chờ văn thư cấp số, đóng dấu.")
    check_apart(request, turn, by)
    _check_block(request, turn, by, at)
    certificate = _own_certificate(by, "" if hand == ELSEWHERE else hand, at)
    way = Way.ELSEWHERE if hand == ELSEWHERE else Way(certificate.way)
    if request.document_kind == DocumentKind.XML and way not in XML_WAYS:
        raise NotYourTurn(_XML_WAYS_ONLY)
    _begin(request, turn, certificate, way, by=by, at=at)
    tell(request, "asked", by=by, at=at, detail={"role": turn.role})
    return request


@work.story
def number_and_seal(code: str, *, by: Actor, at: datetime) -> SigningRequest:
    """Give number and day, and let the agency's seal sign; the signer does it at once.

    A number given stays given, with its day, however long the seal takes.

    Raises: NoSuchRequest, AlreadyComplete, NotYourTurn, NotAllowed, NoCertificate, DocumentUnfit
    when another day is printed in the document.
    Locks: the request, then the series of numbers.
    """
    request = lock_open(code)
    turn = turn_of(request, by)
    if turn.role not in BY_SEAL:
        raise NotYourTurn("Văn bản chưa đến lượt cấp số, đóng dấu.")
    seal = trust.seal_of_agency(request.agency_id, at)
    if seal is None:
        raise NoCertificate("Cơ quan chưa có chứng thư con dấu dùng được; hãy báo quản trị.")
    _begin(request, turn, seal, Way(seal.way), by=by, at=at)
    if request.placing:
        check_printed(request.placing["printed"], local_day(at))
    if request.number is None and request.number_series:
        _give_number(request, local_day(at))
    changed = ("number", "numbered_on", "number_series")
    detail = {"number": request.number_words}
    tell(request, "numbered", by=by, at=at, changed=changed, detail=detail)
    return request


@work.story
def seal_by_itself(code: str, *, at: datetime) -> SigningRequest:
    """Let the agency's seal sign a slip or progress sheet without a clerk, at any hour.

    Raises: NoSuchRequest, AlreadyComplete, NotYourTurn, NoCertificate.
    """
    request = lock_open(code)
    turn = next((one for one in turns_of(request.pk) if one.state == TurnState.READY), None)
    is_slip = request.document_kind in SEALED_BY_THEMSELVES and not request.number_series
    if turn is None or turn.role != TurnRole.SEAL or not is_slip:
        raise NotYourTurn(_NOT_BY_ITSELF)
    seal = trust.seal_of_agency(request.agency_id, at)
    if seal is None:
        raise NoCertificate("Cơ quan chưa có chứng thư con dấu dùng được; hãy báo quản trị.")
    _begin(request, turn, seal, Way(seal.way), by=SYSTEM, at=at)
    tell(request, "asked", by=SYSTEM, at=at, detail={"role": turn.role})
    return request


def _give_number(request: SigningRequest, day: date) -> None:
    """Give the next number of the year's series, which is named with the request from then on."""
    what, _, whose = request.number_series.partition(":")
    request.number_series = numbering.series_of_year(what, whose, day.year)
    request.number = numbering.allocate_number(request.number_series)
    request.numbered_on = day


@work.story
def refuse_turn(code: str, reason: str, *, by: Actor, at: datetime) -> SigningRequest:
    """Refuse to sign, which ends the request; its owner hears why.

    Raises: NoSuchRequest, AlreadyComplete, NotYourTurn, NotAllowed, BadInput without a reason.
    """
    if not reason.strip():
        raise BadInput("Hãy ghi lý do từ chối ký.", field="reason")
    request = lock_open(code)
    turn = turn_of(request, by)
    end_request(request, RequestState.REFUSED, reason.strip(), at=at)
    turn.state, turn.reason = TurnState.REFUSED, reason.strip()
    turn.done_by_id, turn.done_by_name, turn.done_by_title = by.id, by.name, by.title
    work.update(turn, "state", "reason", "done_by_id", "done_by_name", "done_by_title")
    event = TurnRefused(
        request.pk, request.version + 1, request.code, request.owner, turn.role, turn.pk
    )
    changed = ("state", "ended_at", "ended_reason")
    tell(request, "refused", event, by=by, at=at, changed=changed, detail={"role": turn.role})
    return request


def turn_of(request: SigningRequest, by: Actor) -> Turn:
    """Return the turn that is on, which is the actor's. Raises: NotYourTurn, NotAllowed."""
    turn = ready_turn(request)
    power = POWERS.get(TurnRole(turn.role), Power.SIGN_DOCUMENTS)
    by.require(power, unit_id=turn.unit_id)
    if turn.account_id not in (None, by.id):
        raise NotYourTurn(f"Văn bản này do {turn.signer_name} ký.")
    if turn.state == TurnState.UNDERWAY:
        raise NotYourTurn("Văn bản đang được ký; xin đợi ít giây.")
    return turn


def ready_turn(request: SigningRequest) -> Turn:
    """Return the turn that is on, whosever it is. Raises: NotYourTurn if there is none."""
    turn = next((one for one in turns_of(request.pk) if one.state in _OPEN_TURNS), None)
    if turn is None:
        raise NotYourTurn("Văn bản này không chờ ai ký.")
    return turn


def check_apart(request: SigningRequest, turn: Turn, by: Actor) -> None:
    """See that nobody signs twice, as initialler and leader, where the policy forbids it.

    Raises: NotYourTurn.
    """
    if not request.is_apart or turn.role in BY_SEAL:
        return
    before = [one for one in turns_of(request.pk) if one.done_by_id == by.id and one.pk != turn.pk]
    if any(one.state == TurnState.DONE for one in before):
        did = TurnRole(before[0].role).label.lower()
        message = (
            f"{by.name} đã {did} văn bản này; chính sách không cho một người ký hai lượt."
            " Hãy chuyển lượt này cho người khác."
        )
        raise NotYourTurn(message)


def _check_block(request: SigningRequest, turn: Turn, by: Actor, at: datetime) -> None:
    """See that the leader may still sign in the capacity that is printed.

    Raises: NoSigningRight, NotYourTurn.
    """
    if turn.role != TurnRole.LEADER:
        return
    kind = DocumentKind(request.document_kind)
    block = block_for(by, request.agency_id, kind, at)
    if (block.capacity, block.on_behalf_of) != (turn.capacity, turn.on_behalf_of):
        message = (
            "Thẩm quyền ký của ông/bà đã đổi từ khi văn bản được lập; hãy từ chối kèm lý do để nơi"
            " soạn lập lại với chức danh đúng."
        )
        raise NotYourTurn(message)


def _own_certificate(by: Actor, sha256: str, at: datetime) -> Certificate:
    found = certificates_for(by, at)
    if not found:
        message = "Ông/bà chưa có chứng thư số dùng được; hãy liên hệ quản trị để được cấp."
        raise NoCertificate(message)
    chosen = next((one for one in found if sha256 in ("", one.sha256)), None)
    if chosen is None:
        raise WrongCertificate("Chứng thư đã chọn không phải của ông/bà hoặc không còn dùng được.")
    return chosen


def _begin(
    request: SigningRequest,
    turn: Turn,
    certificate: Certificate,
    way: Way,
    *,
    by: Actor,
    at: datetime,
) -> None:
    turn.state = TurnState.UNDERWAY
    work.update(turn, "state")
    work.add(
        SigningAttempt(
            turn_id=turn.pk,
            base_seq=request.latest_seq,
            way=way,
            state=AttemptState.ASKED,
            certificate_id=certificate.pk,
            by_id=by.id,
            by_name=by.name,
            by_title=by.title,
            by_is_silent=by.is_silent,
            asked_at=at,
            next_try_at=at,
            expires_at=at + KEPT_TRYING,
        )
    )
