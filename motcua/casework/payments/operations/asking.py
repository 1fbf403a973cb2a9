"""Ask silent partners what has become of an attempt; nobody's money waits for a lost notice.

Source: docs/law/money.md
"""

import logging
from datetime import datetime, timedelta

from motcua.casework.payments.choices import AttemptState, Channel
from motcua.casework.payments.errors import GatewayAway, NoticeUnreadable
from motcua.casework.payments.models import Attempt
from motcua.casework.payments.ports import Gateway, NoticeIn, find_gateway
from motcua.casework.payments.queries.attempts import info_of
from motcua.lib import work

from .noticing import judge, keep_asked

logger = logging.getLogger(__name__)
_WAITS = tuple(timedelta(minutes=m) for m in (3, 5, 10, 20, 60, 180, 720, 1440))
BATCH = 100
_NO_ANSWER = "Đối tác chưa trả lời."


def ask_open_attempts(*, at: datetime, most: int = BATCH) -> int:
    """Ask the partners of attempts that are due to be asked; return how many were settled.

    A partner that is away is left alone after the first try, and holds up nobody else.
    """
    due = Attempt.objects.filter(next_ask_at__lte=at).order_by("next_ask_at", "id")
    away: set[str] = set()
    settled = 0
    for one in due.select_related("order")[:most]:
        if one.channel in away:
            continue
        try:
            settled += ask_attempt(one, at=at)
        except GatewayAway:
            away.add(one.channel)
        except Exception:  # whatever one answer does must not stop the others
            logger.exception("attempt_not_asked", extra={"attempt": one.ref})
            _later(one.pk, "", at)
    return settled


def ask_attempt(attempt: Attempt, *, at: datetime) -> bool:
    """Ask one partner, outside every transaction; say whether the attempt is settled by it.

    Raises: GatewayAway; the attempt is then asked later.
    """
    gateway = find_gateway(Channel(attempt.channel))
    if gateway is None:
        _later(attempt.pk, "Kênh này đã đóng; chờ đối soát.", at)
        return False
    try:
        said = gateway.ask(info_of(attempt), at=at)
    except GatewayAway as error:
        _later(attempt.pk, str(error), at)
        raise
    except NoticeUnreadable as error:
        _later(attempt.pk, str(error), at)
        return False
    if said is None or not (said.is_genuine and said.attempt_ref == attempt.ref):
        _later(attempt.pk, "" if said is None else "Câu trả lời không đúng chữ ký.", at)
        return False
    return _settle(attempt, gateway, said, at)


def _settle(attempt: Attempt, gateway: Gateway, said: NoticeIn, at: datetime) -> bool:
    judge(keep_asked(Channel(attempt.channel), said, at=at), gateway, at=at)
    now = Attempt.objects.get(pk=attempt.pk)
    if now.state != AttemptState.PAID and now.next_ask_at is not None:
        _later(attempt.pk, said.words, at)
    return now.state != AttemptState.OPEN


@work.story
def _later(attempt_id: int, words: str, at: datetime) -> None:
    """Ask again later, each time after a longer while; in the end leave it to reconciliation."""
    attempt = work.lock(Attempt, id=attempt_id)
    attempt.asked_times += 1
    if words:
        attempt.words = words[:500]
    if attempt.asked_times <= len(_WAITS):
        attempt.next_ask_at = at + _WAITS[attempt.asked_times - 1]
    else:
        attempt.next_ask_at = None
        if attempt.state == AttemptState.OPEN:
            attempt.state, attempt.settled_at = AttemptState.LAPSED, at
            attempt.words = attempt.words or _NO_ANSWER
    work.update(attempt, "asked_times", "words", "next_ask_at", "state", "settled_at")
