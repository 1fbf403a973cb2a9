"""Give money back: asked for by one person, approved by another, done by the partner or the till.

Source: docs/law/money.md
"""

from datetime import datetime, timedelta

from motcua.casework.payments.choices import Channel, OrderAct, RefundState
from motcua.casework.payments.errors import GatewayAway, NoSuchRefund, RefundNotAllowed
from motcua.casework.payments.events import RefundDone
from motcua.casework.payments.models import Attempt, Order, Payment, Refund
from motcua.casework.payments.permissions import check_deals_with
from motcua.casework.payments.ports import Refunded, RefundInfo, find_gateway
from motcua.casework.payments.queries.attempts import info_of
from motcua.casework.payments.rules.allocating import Share, take_back
from motcua.casework.payments.rules.codes import compact
from motcua.casework.payments.rules.inputs import RefundIn, check_amount
from motcua.casework.payments.rules.states import HAVE_MONEY, REFUND_MOVES
from motcua.foundation.access.api import Power
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.money import in_dong

from .booking import book_approved, book_refunded
from .noticing import partner
from .proposing import add_refund, left_of
from .telling import Locked, lock_order, tell

_WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 720, 1440))
MOST_COUNTED = 30_000  # what a small integer holds
_OPEN = (RefundState.APPROVED, RefundState.FAILED)


@work.story
def ask_refund(code: str, what: RefundIn, *, by: Actor, at: datetime) -> Refund:
    """Ask that money of an order goes back; another person decides.

    Raises: NoSuchOrder, NotAllowed, RefundNotAllowed, BadInput.
    """
    held = lock_order(code)
    check_deals_with(by, Power.ASK_REFUNDS, held.order.unit_id)
    check_amount(what.amount_vnd)
    if not what.reason.strip():
        message = "Hãy ghi lý do hoàn tiền."
        raise BadInput(message, field="reason")
    if held.order.state not in HAVE_MONEY:
        message = f"Đơn {code} chưa nộp đủ; muốn trả lại phần đã nộp thì hủy đơn."
        raise RefundNotAllowed(message)
    _check_lines(held, what)
    payment = _payment_for(held.order, what)
    return add_refund(held, payment, what, by=by, at=at)


def _check_lines(held: Locked, what: RefundIn) -> None:
    """Raises: BadInput for lines the order does not have, RefundNotAllowed for too much."""
    if not set(what.lines) <= {line.seq for line in held.lines}:
        message = "Đơn nộp tiền không có khoản này."
        raise BadInput(message, field="lines")
    kept = sum(line.applied_vnd for line in held.lines if line.seq in what.lines)
    if what.lines and what.amount_vnd > kept:
        message = f"Các khoản đã chọn chỉ còn giữ {in_dong(kept)}; hãy ghi số tiền không quá số đó."
        raise RefundNotAllowed(message)


def _payment_for(order: Order, what: RefundIn) -> Payment:
    """Return the payment by which the money goes back. Raises: RefundNotAllowed."""
    free = list(left_of(order))
    total = sum(left for _, left in free)
    if what.amount_vnd > total:
        message = f"Chỉ còn {in_dong(total)} có thể hoàn theo đơn {order.code}."
        raise RefundNotAllowed(message)
    fits = [one for one, left in free if left >= what.amount_vnd]
    wanted = [one for one in fits if what.payment_id in (None, one.pk)]
    if not wanted:
        message = "Không khoản đã nộp nào đủ số tiền này; hãy đề nghị hoàn riêng từng khoản đã nộp."
        raise RefundNotAllowed(message)
    return wanted[0]


@work.story
def approve_refund(refund_code: str, words: str = "", *, by: Actor, at: datetime) -> Refund:
    """Decide that money goes back; from then on it is owed to the payer.

    Raises: NoSuchRefund, NotAllowed for who asked for it, RefundNotAllowed.
    """
    held, refund = _decided(refund_code, RefundState.APPROVED, words, by=by, at=at)
    order = held.order
    over, shares = _sources(held, refund)
    refund.over_vnd, refund.taken = over, [[one.seq, one.amount_vnd] for one in shares]
    if not order.is_typed:
        book_approved(held, refund, shares, by=by, at=at)
    held.change(shares, -1)
    order.over_vnd -= over
    order.refunded_vnd += refund.amount_vnd
    order.is_refunding = True
    refund.next_try_at = at if Channel(refund.channel).is_gateway else None
    _save(refund, "over_vnd", "taken", "next_try_at")
    told = f"{refund.code}: {words}" if words else refund.code
    amount = refund.amount_vnd
    tell(held, OrderAct.APPROVE_REFUND, by=by, at=at, amount_vnd=amount, words=told)
    return refund


@work.story
def refuse_refund(refund_code: str, words: str, *, by: Actor, at: datetime) -> Refund:
    """Decide that money does not go back. Raises: NoSuchRefund, NotAllowed, BadInput."""
    if not words.strip():
        message = "Hãy ghi lý do không duyệt."
        raise BadInput(message, field="words")
    held, refund = _decided(refund_code, RefundState.REFUSED, words, by=by, at=at)
    _save(refund)
    told = f"{refund.code}: {words}"
    tell(held, OrderAct.REFUSE_REFUND, by=by, at=at, amount_vnd=refund.amount_vnd, words=told)
    return refund


def _sources(held: Locked, refund: Refund) -> tuple[int, list[Share]]:
    """Return how much comes from what was too much, and how much from which lines.

    Raises: RefundNotAllowed if the money is not there any more.
    """
    over = 0 if refund.lines else min(held.order.over_vnd, refund.amount_vnd)
    sums = [line.sums() for line in held.lines]
    shares, left = take_back(sums, refund.amount_vnd - over, only=refund.lines)
    if left:
        message = f"Khoản này chỉ còn {in_dong(refund.amount_vnd - left)} chưa hoàn."
        raise RefundNotAllowed(message)
    return over, shares


def _lock(refund_code: str) -> tuple[Locked, Refund]:
    """Return the refund and its order, both locked, the order first. Raises: NoSuchRefund."""
    code = Refund.objects.filter(code=refund_code).values_list("order__code", flat=True).first()
    if code is None:
        message = f"Không tìm thấy đề nghị hoàn tiền {refund_code}."
        raise NoSuchRefund(message)
    held = lock_order(code)
    return held, work.lock(Refund, code=refund_code)


def _decided(
    refund_code: str, state: RefundState, words: str, *, by: Actor, at: datetime
) -> tuple[Locked, Refund]:
    held, refund = _lock(refund_code)
    check_deals_with(by, Power.APPROVE_REFUNDS, refund.unit_id)
    if by.id == refund.asked_by_id:
        message = "Người đề nghị hoàn tiền không được tự duyệt; cần một người khác."
        raise NotAllowed(message)
    _move(refund, state)
    refund.decided_by_id, refund.decided_by_name = by.id, by.name
    refund.decided_at, refund.decided_words = at, words.strip()[:500]
    return held, refund


def _move(refund: Refund, state: RefundState) -> None:
    """Raises: RefundNotAllowed."""
    was = RefundState(refund.state)
    if state not in REFUND_MOVES[was]:
        message = f"Đề nghị {refund.code} đang ở “{was.label.lower()}”."
        raise RefundNotAllowed(message)
    refund.state = state


def _save(refund: Refund, *more: str) -> None:
    decided = ("decided_by_id", "decided_by_name", "decided_at", "decided_words")
    work.update(refund, "state", *decided, *more)


@work.story
def pay_out_refund(
    refund_code: str, channel: Channel, document: str = "", *, by: Actor, at: datetime
) -> Refund:
    """Give the money back at the till, or note the transfer by which it went back.

    Raises: NoSuchRefund, NotAllowed, NoOpenDrawer, RefundNotAllowed, BadInput.
    """
    held, refund = _lock(refund_code)
    if channel not in {Channel.CASH, Channel.TRANSFER}:
        message = "Chi lại bằng tiền mặt hoặc chuyển khoản."
        raise BadInput(message, field="channel")
    needed = Power.TAKE_CASH if channel == Channel.CASH else Power.APPROVE_REFUNDS
    check_deals_with(by, needed, refund.unit_id)
    if channel == Channel.TRANSFER and not document.strip():
        message = "Hãy ghi số lệnh chi hoặc ủy nhiệm chi."
        raise BadInput(message, field="document")
    if Channel(refund.channel).is_gateway and refund.state == RefundState.APPROVED:
        message = "Khoản này đang hoàn qua cổng thanh toán; chỉ chi cách khác khi cổng từ chối."
        raise RefundNotAllowed(message)
    refund.channel = channel
    return _done(held, refund, Refunded(is_done=True, partner_ref=document), by=by, at=at)


@work.story
def note_refunded(refund_code: str, partner_ref: str, *, by: Actor, at: datetime) -> Refund:
    """Note what a partner's report says: what was approved has gone back by the gateway.

    Whoever calls has seen to it that the actor may; noted twice it stays as it is.
    Raises: NoSuchRefund, RefundNotAllowed.
    """
    held, refund = _lock(refund_code)
    if refund.state == RefundState.DONE:
        return refund
    words = "Theo báo cáo của cổng thanh toán"
    said = Refunded(is_done=True, partner_ref=partner_ref, words=words)
    return _done(held, refund, said, by=by, at=at)


def _done(held: Locked, refund: Refund, said: Refunded, *, by: Actor, at: datetime) -> Refund:
    order = held.order
    _move(refund, RefundState.DONE)
    refund.done_at, refund.done_by_name = at, by.name
    refund.partner_ref, refund.words = said.partner_ref[:100], said.words[:500]
    refund.next_try_at = None
    if not order.is_typed:
        book_refunded(held, refund, by=by, at=at)
    changed = ("done_at", "done_by_name", "partner_ref", "words", "next_try_at", "channel")
    work.update(refund, "state", *changed)
    others = Refund.objects.filter(order_id=order.pk, state__in=_OPEN).exclude(pk=refund.pk)
    order.is_refunding = others.exists()
    amount = refund.amount_vnd
    words = f"{refund.code}: {Channel(refund.channel).label} {refund.partner_ref}".strip()
    tell(held, OrderAct.REFUND, by=by, at=at, amount_vnd=amount, words=words)
    outbox.announce(_fact(held, refund), by=by, at=at)
    return refund


def _fact(held: Locked, refund: Refund) -> RefundDone:
    order = held.order
    return RefundDone(
        aggregate_id=order.pk,
        seq=order.version,
        code=order.code,
        subject=order.subject,
        subjects=held.subjects,
        agency_id=order.agency_id,
        refund_code=refund.code,
        amount_vnd=refund.amount_vnd,
        lines=tuple((seq, amount) for seq, amount in refund.taken),
    )


def send_refunds(*, at: datetime, most: int = 100) -> int:
    """Let partners give back what was approved; return how many are done.

    A partner that is away is left alone after the first try, and holds up nobody else.
    """
    due = Refund.objects.filter(next_try_at__lte=at, state=RefundState.APPROVED)
    rows = due.order_by("next_try_at", "id").values_list("code", "channel")[:most]
    away: set[str] = set()
    done = 0
    for code, channel in rows:
        if channel in away:
            continue
        try:
            done += send_refund(code, at=at)
        except GatewayAway:
            away.add(channel)
    return done


def send_refund(refund_code: str, *, at: datetime) -> bool:
    """Let one partner give money back, outside every transaction; say whether it is done.

    Raises: GatewayAway; it is then tried again later.
    """
    refund = Refund.objects.select_related("payment", "order").get(code=refund_code)
    gateway = find_gateway(Channel(refund.channel))
    info = _info(refund)
    if gateway is None or info is None:
        words = "Kênh đã đóng." if info else "Khoản này không nộp qua lần thanh toán nào của ta."
        _settle(refund_code, Refunded(is_done=False, is_refused=True, words=words), at)
        return False
    try:
        said = gateway.refund(info, at=at)
    except GatewayAway as error:
        _settle(refund_code, Refunded(is_done=False, words=str(error)), at)
        raise
    return _settle(refund_code, said, at)


def _info(refund: Refund) -> RefundInfo | None:
    payment = refund.payment
    if payment is None or payment.attempt_id is None:
        return None
    return RefundInfo(
        ref=compact(refund.code),
        attempt=info_of(Attempt.objects.get(pk=payment.attempt_id)),
        payment_partner_ref=payment.partner_ref,
        amount_vnd=refund.amount_vnd,
        paid_at=payment.paid_at,
        reason=refund.reason,
        by_name=refund.decided_by_name,
    )


@work.story
def _settle(refund_code: str, said: Refunded, at: datetime) -> bool:
    held, refund = _lock(refund_code)
    if refund.state != RefundState.APPROVED:
        return refund.state == RefundState.DONE
    by = partner(Channel(refund.channel))
    if said.is_done:
        _done(held, refund, said, by=by, at=at)
        return True
    refund.tried_times = min(refund.tried_times + 1, MOST_COUNTED)
    refund.words = said.words[:500]
    if said.is_refused:
        _fail(held, refund, refund.words or "đối tác từ chối", by=by, at=at)
    else:  # it may have gone back all the same: whoever did not answer is asked on, for ever
        refund.next_try_at = at + _WAITS[min(refund.tried_times, len(_WAITS)) - 1]
    work.update(refund, "state", "tried_times", "words", "next_try_at")
    return False


def _fail(held: Locked, refund: Refund, words: str, *, by: Actor, at: datetime) -> None:
    _move(refund, RefundState.FAILED)
    refund.next_try_at = None
    told, amount = f"{refund.code}: {words}", refund.amount_vnd
    tell(held, OrderAct.REFUND_FAILED, by=by, at=at, amount_vnd=amount, words=told)


def is_silent(refund: Refund) -> bool:
    """Say whether the partner was asked so often that people should ask it by other ways."""
    is_asked = refund.state == RefundState.APPROVED and refund.next_try_at is not None
    return is_asked and refund.tried_times >= len(_WAITS)


@work.story
def give_up_refund(refund_code: str, words: str, *, by: Actor, at: datetime) -> Refund:
    """Note that a silent partner has said in writing that it gave nothing back.

    Only then is the money paid out another way: a lost answer never pays twice.
    Raises: NoSuchRefund, NotAllowed, RefundNotAllowed, BadInput.
    """
    held, refund = _lock(refund_code)
    check_deals_with(by, Power.APPROVE_REFUNDS, refund.unit_id)
    if not words.strip():
        message = "Hãy ghi số văn bản hoặc thư mà cổng xác nhận chưa hoàn tiền."
        raise BadInput(message, field="words")
    if not is_silent(refund):
        message = f"Đề nghị {refund.code} đang được cổng thanh toán xử lý; chưa chi cách khác được."
        raise RefundNotAllowed(message)
    refund.words = f"Cổng xác nhận chưa hoàn: {words.strip()}"[:500]
    _fail(held, refund, refund.words, by=by, at=at)
    work.update(refund, "state", "words", "next_try_at")
    return refund
