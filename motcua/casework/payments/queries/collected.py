"""What was collected by channels on some days: for the settlement with partners."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta

from motcua.casework.contracts.api import Collected
from motcua.casework.payments.models import Payment
from motcua.lib.clock import HANOI, local_day


def collected_between(channels: Collection[str], first: date, last: date) -> Iterator[Collected]:
    """Yield the payments of these channels by the day on which they were paid, read in a stream."""
    rows = Payment.objects.filter(
        channel__in=channels,
        paid_at__gte=datetime.combine(first, time.min, HANOI),
        paid_at__lt=datetime.combine(last + timedelta(days=1), time.min, HANOI),
    ).order_by("id")
    values = rows.values_list("channel", "order__agency_id", "amount_vnd", "paid_at")
    for channel, agency_id, amount_vnd, paid_at in values.iterator():
        yield Collected(channel, agency_id, amount_vnd, local_day(paid_at))
