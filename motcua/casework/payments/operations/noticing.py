"""What a partner tells us: kept before it is judged, judged once, answered in its words.

Source: docs/law/money.md
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from motcua.casework.payments.choices import AttemptState, Channel, Outcome
from motcua.casework.payments.errors import ChannelClosed, NoticeUnreadable, PaymentDiffers
from motcua.casework.payments.models import Attempt, Notice, Order, Payment
from motcua.casework.payments.ports import Gateway, NoticeIn, RawNotice, Reply, find_gateway
from motcua.casework.payments.rules.inputs import MOST_VND, PaymentIn
from motcua.lib import work
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.money import in_dong

from .taking import take_payment

logger = logging.getLogger(__name__)
MOST_BYTES = 65_536
JUDGED_LATER = timedelta(seconds=30)
_KEPT_HEADERS = 60
_SECRETS = frozenset({"authorization", "cookie"})
_LONGEST = 2000


def partner(channel: Channel) -> Actor:
    """Return the partner of a channel as the one who acts."""
    return Actor(id=0, name=channel.label, kind=ActorKind.PARTNER)


def take_notice(channel: Channel, raw: RawNotice, *, at: datetime) -> Reply:
    """Keep what a partner tells us, judge it, and answer in the partner's words.

    Called outside every transaction: what is kept stays kept, whatever happens while it is judged.

    Raises: ChannelClosed if there is no such partner.
    """
    gateway = find_gateway(channel)
    if gateway is None:
        message = f"Không có đối tác nào nhận báo có của “{channel.label}”."
        raise ChannelClosed(message)
    notice_id = _keep(channel, raw, at)
    return gateway.answer(judge(notice_id, gateway, at=at))


@work.story
def _keep(channel: Channel, raw: RawNotice, at: datetime) -> int:
    notice = Notice(
        id=work.new_id(Notice),
        channel=channel,
        received_at=at,
        method=raw.method[:8],
        path=raw.path[:200],
        query=_storable(raw.query),
        body=raw.body[:MOST_BYTES],
        headers=_storable(_without_secrets(raw.headers)),
        ip=raw.ip[:45],
    )
    work.add(notice)
    return notice.pk


def _without_secrets(headers: Mapping[str, str]) -> dict[str, str]:
    """Return headers without those by which the partner signs in: secrets are not kept."""
    return {name: value for name, value in headers.items() if name.lower() not in _SECRETS}


def _storable(words: Mapping[str, str]) -> dict[str, str]:
    """Return words as the database can keep them: no NUL, not without end."""
    pairs = list(words.items())[:_KEPT_HEADERS]
    return {key.replace("\0", "")[:100]: value.replace("\0", "")[:_LONGEST] for key, value in pairs}


@work.story
def keep_asked(channel: Channel, said: NoticeIn, *, at: datetime) -> int:
    """Keep what a partner answered when we asked."""
    told = {**asdict(said), "paid_at": said.paid_at.isoformat()}
    notice = Notice(
        id=work.new_id(Notice),
        channel=channel,
        received_at=at,
        is_asked=True,
        method="ASK",
        path="",
        body=json.dumps(told, ensure_ascii=False).encode(),
    )
    work.add(notice)
    return notice.pk


def judge(notice_id: int, gateway: Gateway, *, at: datetime) -> Outcome:
    """Decide what a kept notice means and do it, in one transaction; again it says the same."""
    return Outcome(_judge(notice_id, gateway, at).outcome)


@work.story
def _judge(notice_id: int, gateway: Gateway, at: datetime) -> Notice:
    notice = work.lock(Notice, id=notice_id)
    if notice.outcome:
        return notice
    try:
        said = _said(notice, gateway, at)
    except NoticeUnreadable as error:
        return _end(notice, Outcome.ERROR, str(error), at)
    notice.is_genuine, notice.is_paid = said.is_genuine, said.is_paid
    notice.amount_vnd = said.amount_vnd if abs(said.amount_vnd) <= MOST_VND else None
    notice.partner_ref = said.partner_ref[:100]
    attempt = Attempt.objects.filter(ref=said.attempt_ref, channel=notice.channel).first()
    notice.attempt_id = attempt.pk if attempt else None
    outcome, words = _weigh(said, attempt, at)
    return _end(notice, outcome, words or said.words, at)


def _said(notice: Notice, gateway: Gateway, at: datetime) -> NoticeIn:
    if notice.is_asked:
        told = json.loads(bytes(notice.body))
        return NoticeIn(**{**told, "paid_at": datetime.fromisoformat(told["paid_at"])})
    raw = RawNotice(
        notice.method, notice.path, notice.query, bytes(notice.body), notice.headers, notice.ip
    )
    return gateway.read(raw, at=at)


def _weigh(said: NoticeIn, attempt: Attempt | None, at: datetime) -> tuple[Outcome, str]:
    """Say what a notice comes to, and take the money if it tells of some."""
    if not said.is_allowed:
        return Outcome.NOT_ALLOWED, "Không gửi từ địa chỉ mạng của đối tác."
    if not said.is_genuine:
        _ask_soon(attempt, at)
        return (
            Outcome.BAD_SIGNATURE,
            "Chữ ký không đúng; không ghi nhận gì, đã cho hỏi lại đối tác.",
        )
    if attempt is None:
        words = "Không có lần thanh toán nào mang mã này." if said.is_paid else ""
        return Outcome.NO_ORDER, words
    if not said.is_paid:
        return _note_failure(said, attempt, at), ""
    if not 0 < said.amount_vnd <= MOST_VND:
        return Outcome.WRONG_AMOUNT, "Số tiền trong thông báo không phải là một số tiền."
    return _take(said, attempt, at)


def _take(said: NoticeIn, attempt: Attempt, at: datetime) -> tuple[Outcome, str]:
    ref = said.partner_ref[:100] or attempt.ref
    known = Payment.objects.filter(channel=attempt.channel, partner_ref=ref).exists()
    channel = Channel(attempt.channel)
    came = PaymentIn(channel, said.amount_vnd, ref, said.paid_at, attempt.pk, said.words[:300])
    code = Order.objects.values_list("code", flat=True).get(pk=attempt.order_id)
    try:
        take_payment(code, came, by=partner(channel), at=at)
    except PaymentDiffers as error:
        return Outcome.WRONG_AMOUNT, str(error)
    if said.amount_vnd != attempt.amount_vnd:
        words = (
            f"Nhận {in_dong(said.amount_vnd)}, lần thanh toán này là {in_dong(attempt.amount_vnd)}."
        )
        return Outcome.WRONG_AMOUNT, words
    return (Outcome.ALREADY if known else Outcome.CONFIRMED), ""


def _note_failure(said: NoticeIn, attempt: Attempt, at: datetime) -> Outcome:
    """Note that nothing was paid; what was paid before stays paid."""
    attempt = work.lock(Attempt, id=attempt.pk)
    if attempt.state == AttemptState.PAID:
        return Outcome.ALREADY
    if said.amount_vnd != attempt.amount_vnd:
        return Outcome.WRONG_AMOUNT
    if attempt.state == AttemptState.FAILED:
        return Outcome.ALREADY
    attempt.state, attempt.settled_at = AttemptState.FAILED, at
    attempt.next_ask_at = None
    attempt.words = said.words[:500]
    work.update(attempt, "state", "settled_at", "next_ask_at", "words")
    return Outcome.CONFIRMED


def _ask_soon(attempt: Attempt | None, at: datetime) -> None:
    """Somebody speaks in the partner's name: ask the partner itself whether there is money."""
    if attempt is not None and attempt.state != AttemptState.PAID:
        attempt.next_ask_at = at
        work.update(attempt, "next_ask_at")


def _end(notice: Notice, outcome: Outcome, words: str, at: datetime) -> Notice:
    notice.outcome, notice.judged_at, notice.words = outcome, at, words[:500]
    changed = ("outcome", "judged_at", "words", "is_genuine", "is_paid", "amount_vnd")
    work.update(notice, *changed, "partner_ref", "attempt")
    return notice


def judge_waiting(*, at: datetime, most: int = 500) -> int:
    """Judge what was kept and never judged: whoever was at it died. Return how many."""
    kept = Notice.objects.filter(outcome="", received_at__lte=at - JUDGED_LATER)
    done = 0
    for notice_id, channel in kept.order_by("received_at").values_list("pk", "channel")[:most]:
        gateway = find_gateway(Channel(channel))
        if gateway is None:
            continue
        try:
            judge(notice_id, gateway, at=at)
        except Exception:  # whatever one notice does must not stop the others
            logger.exception("notice_not_judged", extra={"notice": notice_id})
        else:
            done += 1
    return done
