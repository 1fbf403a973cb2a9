"""Clerks hear that there is mail: those of the agency, or of whoever stands in its place."""

from datetime import datetime, timedelta

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


def is_quiet(box: Mailbox, at: datetime) -> bool:
    """Say whether nothing came for half an hour: then the next message is news."""
    recent = MailMessage.objects.filter(mailbox=box, taken_at__gt=at - _QUIET)
    return not recent.exists()


@work.story
def tell_clerks(box: Mailbox, count: int, *, at: datetime) -> int:
    """Tell the clerks what came; return to how many. Costs: some six statements."""
    newest = MailMessage.objects.filter(mailbox=box).order_by("-id")[: min(count, _NAMED)]
    titles = [one.subject or "(không có tiêu đề)" for one in newest]
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
