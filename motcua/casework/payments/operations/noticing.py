"""What a partner tells us: kept before it is judged, judged once, answered in its words.

Source: docs/law/money.md
"""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Model

from motcua.casework.payments.choices import AttemptState, Channel, Outcome
from motcua.casework.payments.errors import (
    ChannelClosed,
    NoticeUnreadable,
    PaymentDiffers,
    TooManyNotices,
)
from motcua.casework.payments.models import Attempt, Notice, Order, OrderLine, Payment
from motcua.casework.payments.ports import Gateway, NoticeIn, RawNotice, Reply, find_gateway
from motcua.casework.payments.rules.inputs import MOST_VND, PaymentIn
from motcua.foundation.audit import api as audit
from motcua.foundation.requests import api as requests
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor, ActorKind
from motcua.lib.money import in_dong
from motcua.lib.visitors import network_of

from .taking import take_once
from .telling import Locked, held_of

logger = logging.getLogger(__name__)
MOST_BYTES = 65_536
JUDGED_LATER = timedelta(seconds=30)
MOST_UNPROVEN, MOST_IN_ALL, WINDOW = 100, 2_000, timedelta(hours=1)
KEPT_UNPROVEN = timedelta(days=42)  # the trigger of the table says the same
M = TypeVar("M", bound=Model)
_KEPT_HEADERS = 60
_SECRETS = frozenset({"authorization", "cookie"})
_LONGEST = 2000
# That a notice is kept need not reach the disk by itself: whoever judges it waits for the disk
# before the partner is answered, and both are written in this order.
_SOON = "SET LOCAL synchronous_commit TO OFF"
_NOTICE = f"SELECT {work.columns(Notice, 'n')} FROM payments_notice n WHERE n.id = %s FOR UPDATE"  # noqa: S608 -- names of columns only
_ATTEMPT = f"""
SELECT {work.columns(Attempt, "a")} FROM payments_attempt a WHERE a.ref = %s AND a.channel = %s
"""  # noqa: S608 -- names of columns only
_ORDER = f"""
SELECT {work.columns(Order, "o")} FROM payments_order o
WHERE o.id = (SELECT a.order_id FROM payments_attempt a WHERE a.ref = %s AND a.channel = %s)
FOR UPDATE
"""  # noqa: S608 -- names of columns only
_LINES = f"""
SELECT {work.columns(OrderLine, "l")} FROM payments_orderline l
JOIN payments_attempt a ON a.order_id = l.order_id
WHERE a.ref = %s AND a.channel = %s ORDER BY l.seq
"""  # noqa: S608 -- names of columns only
_KNOWN = f"""
SELECT {work.columns(Payment, "p")} FROM payments_payment p
WHERE p.channel = %s AND p.partner_ref = %s
"""  # noqa: S608 -- names of columns only


def partner(channel: Channel) -> Actor:
    """Return the partner of a channel as the one who acts."""
    return Actor(id=0, name=channel.label, kind=ActorKind.PARTNER)


def take_notice(channel: Channel, raw: RawNotice, *, at: datetime) -> Reply:
    """Keep what a partner tells us, judge it, and answer in the partner's words.

    Called outside every transaction: what is kept stays kept, whatever happens while it is judged.
    What proves nothing is kept, too, but not without end: so many an hour and channel.

    Raises: ChannelClosed if there is no such partner; TooManyNotices.
    """
    gateway = find_gateway(channel)
    if gateway is None:
        message = f"Không có đối tác nào nhận báo có của “{channel.label}”."
        raise ChannelClosed(message)
    if not _is_proven(gateway, raw, at):
        _count_unproven(channel, raw.ip, at)
    kept = _keep(channel, raw, at)
    return gateway.answer(judge(kept, gateway, at=at))


def _is_proven(gateway: Gateway, raw: RawNotice, at: datetime) -> bool:
    try:
        said = gateway.read(raw, at=at)
    except NoticeUnreadable:
        return False
    return said.is_genuine and said.is_allowed


def _count_unproven(channel: Channel, ip: str, at: datetime) -> None:
    """Raises: TooManyNotices."""
    for name, most in ((f"{channel}.{network_of(ip)}", MOST_UNPROVEN), (str(channel), MOST_IN_ALL)):
        counted = f"payments.notice.{name}"
        if not requests.count_attempt(counted, most=most, window=WINDOW, at=at):
            raise TooManyNotices("Quá nhiều báo có không có bằng chứng; hãy đợi một giờ.")


@work.story
def _keep(channel: Channel, raw: RawNotice, at: datetime) -> Notice:
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
    work.put(_SOON, [])
    return notice


def _without_secrets(headers: Mapping[str, str]) -> dict[str, str]:
    """Return headers without those by which the partner signs in: secrets are not kept."""
    return {name: value for name, value in headers.items() if name.lower() not in _SECRETS}


def _storable(words: Mapping[str, str]) -> dict[str, str]:
    """Return words as the database can keep them: no NUL, not without end."""
    pairs = list(words.items())[:_KEPT_HEADERS]
    return {key.replace("\0", "")[:100]: value.replace("\0", "")[:_LONGEST] for key, value in pairs}


@work.story
def keep_asked(channel: Channel, said: NoticeIn, *, at: datetime) -> Notice:
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
    return notice


@dataclass(frozen=True, slots=True)
class _Found:
    """What a notice is about: itself, the attempt, its order (held), the payment it tells of."""

    notice: Notice
    attempt: Attempt | None = None
    held: Locked | None = None
    known: Payment | None = None


def judge(kept: Notice, gateway: Gateway, *, at: datetime) -> Outcome:
    """Decide what a kept notice means and do it, in one transaction; again it says the same."""
    return Outcome(_judge(kept, gateway, at).outcome)


@work.story
def _judge(kept: Notice, gateway: Gateway, at: datetime) -> Notice:
    """Judge a notice by what was kept of it. Costs: five round trips for money that came."""
    said, why = _said(kept, gateway, at)
    found = _look_up(kept, said)
    notice = found.notice
    if notice.outcome:
        return notice
    if said is None:
        return _end(notice, Outcome.ERROR, why, at)
    notice.is_genuine, notice.is_paid = said.is_genuine, said.is_paid
    notice.amount_vnd = said.amount_vnd if abs(said.amount_vnd) <= MOST_VND else None
    notice.partner_ref = said.partner_ref[:100]
    notice.attempt_id = found.attempt.pk if found.attempt else None
    outcome, words = _weigh(said, found, at)
    return _end(notice, outcome, words or said.words, at)


def _look_up(kept: Notice, said: NoticeIn | None) -> _Found:
    """Lock the notice and read what it is about. Locks: the order, if the notice tells of money.

    Costs: one round trip.
    """
    mine = (_NOTICE, [kept.pk])
    if said is None:
        return _Found(work.from_row(Notice, work.fetch(*mine)[0]))
    name = [said.attempt_ref, kept.channel]
    if not _tells_of_money(said):
        notices, attempts = work.fetch_together(mine, (_ATTEMPT, name))
        return _Found(work.from_row(Notice, notices[0]), _first(Attempt, attempts))
    notices, attempts, orders, lines, known = work.fetch_together(
        mine,
        (_ATTEMPT, name),
        (_ORDER, name),
        (_LINES, name),
        (_KNOWN, [kept.channel, said.partner_ref[:100] or said.attempt_ref]),
    )
    held = held_of(orders[0], lines) if orders else None
    notice = work.from_row(Notice, notices[0])
    return _Found(notice, _first(Attempt, attempts), held, _first(Payment, known))


def _tells_of_money(said: NoticeIn) -> bool:
    return said.is_allowed and said.is_genuine and said.is_paid


def _first(model: type[M], rows: Sequence[Sequence[Any]]) -> M | None:
    return work.from_row(model, rows[0]) if rows else None


def _said(notice: Notice, gateway: Gateway, at: datetime) -> tuple[NoticeIn | None, str]:
    """Return what a notice says; None and why, if it cannot be read."""
    if notice.is_asked:
        told = json.loads(bytes(notice.body))
        return NoticeIn(**{**told, "paid_at": datetime.fromisoformat(told["paid_at"])}), ""
    raw = RawNotice(
        notice.method, notice.path, notice.query, bytes(notice.body), notice.headers, notice.ip
    )
    try:
        said = gateway.read(raw, at=at)
    except NoticeUnreadable as error:
        return None, str(error)
    ref, number, words = (
        one.replace("\0", "") for one in (said.attempt_ref, said.partner_ref, said.words)
    )
    said = replace(said, attempt_ref=ref, partner_ref=number, words=words)
    return said, ""


def _weigh(said: NoticeIn, found: _Found, at: datetime) -> tuple[Outcome, str]:
    """Say what a notice comes to, and take the money if it tells of some."""
    attempt = found.attempt
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
    return _take(said, attempt, found, at)


def _take(said: NoticeIn, attempt: Attempt, found: _Found, at: datetime) -> tuple[Outcome, str]:
    if found.held is None:
        message = f"the order of attempt {attempt.ref} is not held"
        raise ValueError(message)
    channel = Channel(attempt.channel)
    ref = said.partner_ref[:100] or attempt.ref
    came = PaymentIn(channel, said.amount_vnd, ref, said.paid_at, attempt.pk, said.words[:300])
    try:
        take_once(found.held, found.known, came, by=partner(channel), at=at)
    except PaymentDiffers as error:
        return Outcome.WRONG_AMOUNT, str(error)
    if said.amount_vnd != attempt.amount_vnd:
        words = (
            f"Nhận {in_dong(said.amount_vnd)}, lần thanh toán này là {in_dong(attempt.amount_vnd)}."
        )
        return Outcome.WRONG_AMOUNT, words
    return (Outcome.ALREADY if found.known else Outcome.CONFIRMED), ""


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


@work.story
def sweep_notices(*, at: datetime, most: int = 10_000) -> int:
    """Remove what came long ago and proved nothing; return how many.

    Source: docs/law/money.md
    """
    gone = work.fetch(_SWEEP, [at - KEPT_UNPROVEN, most])
    if gone:
        detail = {"count": len(gone)}
        audit.record("payments.notices_swept", "notices", by=SYSTEM, at=at, detail=detail)
    return len(gone)


_SWEEP = """
DELETE FROM payments_notice WHERE id IN (
  SELECT id FROM payments_notice WHERE outcome <> '' AND NOT is_asked
    AND is_genuine IS NOT TRUE AND received_at < %s ORDER BY id LIMIT %s
) RETURNING id
"""


def judge_waiting(*, at: datetime, most: int = 500) -> int:
    """Judge what was kept and never judged: whoever was at it died. Return how many."""
    kept = Notice.objects.filter(outcome="", received_at__lte=at - JUDGED_LATER)
    done = 0
    for notice in kept.order_by("received_at")[:most]:
        gateway = find_gateway(Channel(notice.channel))
        if gateway is None:
            continue
        try:
            judge(notice, gateway, at=at)
        except Exception:  # whatever one notice does must not stop the others
            logger.exception("notice_not_judged", extra={"notice": notice.pk})
        else:
            done += 1
    return done
