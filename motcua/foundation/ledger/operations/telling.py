"""Tell administrators that something is not sealed any more."""

from datetime import datetime, timedelta

from django.db.models import F, Q

from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.ledger.choices import StreamState
from motcua.foundation.ledger.models import Stream
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Kind, Message
from motcua.lib import work
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local, local_day

AGAIN = timedelta(days=1)
STOPPED = notifications.declare(
    Kind(
        "ledger.stopped",
        "Niêm phong sổ cam kết, nhật ký bị dừng",
        "{stream}: niêm phong đã dừng",
        "{stream} không được niêm phong từ {since}. Lý do: {why} Hồ sơ vẫn được tiếp nhận. Hãy xem "
        "mục Sổ cam kết ở phần Quản trị; lệnh ./run motcua ledger verify cho biết lá sai đầu tiên.",
        for_officers=True,
    )
)


@work.story
def tell_stopped(*, at: datetime) -> int:
    """Tell administrators of the province of every stream that stopped; return of how many.

    They are told once, and again each day until somebody has looked into it.
    """
    is_told = Q(told_at__gte=F("stopped_at"), told_at__gt=at - AGAIN)
    stopped = Stream.objects.filter(state=StreamState.STOPPED).exclude(is_told)
    found = list(stopped.order_by("name"))
    if found:
        held = access.province_holders_of(Power.ADMINISTER_SIGNING, on=local_day(at))
        accounts = identity.accounts_of_officers([one.officer_id for one in held])
        told = [_message(one, sorted(accounts.values()), at) for one in found]
        notifications.notify_all(told, by=SYSTEM)
        Stream.objects.filter(pk__in=[one.pk for one in found]).update(told_at=at)
    return len(found)


def _message(stream: Stream, hearers: list[int], at: datetime) -> Message:
    values = {
        "stream": stream.get_name_display(),
        "since": f"{local(stream.stopped_at or at):%H:%M %d/%m/%Y}",
        "why": stream.stopped_why,
    }
    return Message(hearers, STOPPED, values, at, link="/quan-tri/so-cam-ket/")
