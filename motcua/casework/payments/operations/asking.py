"""Ask silent partners what has become of an attempt; nobody's money waits for a lost notice.

Source: docs/law/money.md
"""

from datetime import datetime, timedelta

from motcua.casework.payments.choices import AttemptState, Channel
from motcua.casework.payments.errors import GatewayAway
from motcua.casework.payments.models import Attempt
from motcua.casework.payments.ports import NoticeIn, find_gateway
from motcua.casework.payments.queries.attempts import info_of
from motcua.lib import work

from .noticing import judge, keep_asked

_WAITS = tuple(timedelta(minutes=m) for m in (3, 5, 10, 20, 60, 180, 720, 1440))
BATCH = 100
_NO_ANSWER = "Đối tác chưa trả lời."


def ask_open_attempts(*, at: datetime, most: int = BATCH) -> int:
    """Ask the partners of attempts that are due to be asked; return how many were settled."""
    due = Attempt.objects.filter(next_ask_at__lte=at).order_by("next_ask_at", "id")
    return sum(ask_attempt(one, at=at) for one in due.select_related("order")[:most])


def ask_attempt(attempt: Attempt, *, at: datetime) -> bool:
    """Ask one partner, outside every transaction; say whether the attempt is settled by it."""
    gateway = find_gateway(Channel(attempt.channel))
    if gateway is None:
        _later(attempt.pk, "Kênh này đã đóng; chờ đối soát.", at)
        return False
    try:
        said = gateway.ask(info_of(attempt), at=at)
    except GatewayAway as error:
        _later(attempt.pk, str(error), at)
        return False
    if said is None or not (said.is_genuine and said.attempt_ref == attempt.ref):
        _later(attempt.pk, "" if said is None else "Câu trả lời không đúng chữ ký.", at)
        return False
    return _settle(attempt, said, at)


def _settle(attempt: Attempt, said: NoticeIn, at: datetime) -> bool:
    gateway = find_gateway(Channel(attempt.channel))
    if gateway is None:
        return False
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
