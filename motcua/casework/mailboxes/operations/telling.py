"""Clerks hear that there is mail: those of the agency, or of whoever stands in its place."""

from datetime import datetime, timedelta

from motcua.casework.mailboxes.choices import MailState
from motcua.casework.mailboxes.models import Mailbox, MailMessage
from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Kind
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.lib import work
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local_day

_QUIET = timedelta(minutes=30)
# Never by e-mail: a clerk's own address may be the mailbox, and each notice would bring the next.
ARRIVED = notifications.declare(
    Kind(
        "mailboxes.arrived",
        "Thư điện tử mới ở hộp thư văn thư",
        "Thư điện tử mới: {count} thư",
        "Hộp thư {address} có {count} thư mới chờ xem: {titles}.",
        by_email=False,
        for_officers=True,
    )
)
_NAMED = 3


@work.story
def tell_clerks(box: Mailbox, *, at: datetime) -> int:
    """Tell the clerks of what waits and was not told of; return to how many.

    In half an hour once, however much comes: what came meanwhile is told when it is over.

    Costs: one statement; some seven if there is something to tell.
    """
    if box.told_at is not None and at < box.told_at + _QUIET:
        return 0
    news = MailMessage.objects.filter(mailbox=box, state=MailState.WAITING)
    if box.told_at is not None:
        news = news.filter(taken_at__gt=box.told_at)
    subjects = list(news.order_by("-id").values_list("subject", flat=True))
    if not subjects:
        return 0
    box.told_at = at
    box.save(update_fields=["told_at"])
    count = len(subjects)
    titles = [one or "(không có tiêu đề)" for one in subjects[:_NAMED]]
    more = f" và {count - len(titles)} thư khác" if count > len(titles) else ""
    values = {"address": box.address, "count": count, "titles": "; ".join(titles) + more}
    told = clerks_of(box.agency_id, at)
    return notifications.notify(told, ARRIVED, values, by=SYSTEM, at=at, link="/van-ban/thu/")


def clerks_of(agency_id: int, at: datetime) -> list[int]:
    """Return the accounts of the clerks of an agency, or of those in whose place it stood."""
    tree = organisation.tree()
    units = [
        unit.id
        for living in organisation.living_heirs_of_agency(agency_id)
        for unit in tree.units_of(living)
    ]
    seats = organisation.seats_of_units(units, local_day(at), roles=[PostRole.REGISTRY_CLERK])
    officers = {one.officer_id for one in seats if one.officer_id is not None}
    return sorted(identity.accounts_of_officers(officers).values())
