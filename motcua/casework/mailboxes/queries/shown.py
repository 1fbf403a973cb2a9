"""What came to an agency's mailbox, for its clerks; and where the mailboxes are."""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.casework.mailboxes.choices import MailState
from motcua.casework.mailboxes.errors import NoSuchMail
from motcua.casework.mailboxes.models import Mailbox, MailFile, MailMessage
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.paging import PAGE_SIZE, Cursor, Page

_MOST_COUNTED = 100


def clerk_of(actor: Actor) -> int | None:
    """Return the agency whose mail the actor deals with, None for everybody else."""
    if actor.agency_id is None:
        return None
    units = organisation.tree().units_of(actor.agency_id)
    keeps = any(actor.can(Power.REGISTER_DOCUMENTS, unit_id=unit.id) for unit in units)
    return actor.agency_id if keeps else None


def agencies_of(actor: Actor) -> list[int]:
    """Return whose mail the actor deals with: his agency's, and theirs in whose place it stands.

    Costs: two statements for each step of succession; one where nothing came before.
    """
    own = clerk_of(actor)
    if own is None:
        return []
    return [own, *organisation.predecessors_of_agency(own, local_day(now()))]


def mails_for(
    actor: Actor, *, is_waiting: bool, after: Cursor | None = None, limit: int = PAGE_SIZE
) -> Page[MailMessage]:
    """Return messages of the clerk's agency: those that wait, the oldest first; or the ended.

    Costs: two statements.
    """
    rows = MailMessage.objects.filter(agency_id__in=agencies_of(actor)).defer("text")
    if is_waiting:
        rows = rows.filter(state=MailState.WAITING).order_by("taken_at", "id")
    else:
        rows = rows.exclude(state=MailState.WAITING).order_by("-taken_at", "-id")
    if after is not None:
        way = "gt" if is_waiting else "lt"
        same = rows.filter(taken_at=after.sort_at, **{f"id__{way}": after.id})
        rows = same | rows.filter(**{f"taken_at__{way}": after.sort_at})
    found = list(rows[: limit + 1])
    cursor = None
    if len(found) > limit:
        cursor = Cursor(found[limit - 1].taken_at, found[limit - 1].pk)
    return Page(found[:limit], cursor)


def count_waiting(actor: Actor) -> int:
    """Return how many messages wait for the clerk, up to a hundred. Costs: two statements."""
    agencies = agencies_of(actor)
    rows = MailMessage.objects.filter(agency_id__in=agencies, state=MailState.WAITING)
    return len(rows.values_list("pk")[:_MOST_COUNTED])


@dataclass(frozen=True, slots=True)
class WholeMail:
    """One message with its files."""

    message: MailMessage
    files: Sequence[MailFile]


def get_mail_for(actor: Actor, code: str) -> WholeMail:
    """Return a message of the clerk's agency. Raises: NoSuchMail. Costs: three statements."""
    rows = MailMessage.objects.select_related("mailbox", "same_as", "raw")
    message = rows.filter(code=code, agency_id__in=agencies_of(actor)).first()
    if message is None:
        raise NoSuchMail("Không tìm thấy thư này, hoặc ông/bà không có quyền xem.")
    files = MailFile.objects.filter(message=message).select_related("file").order_by("seq")
    return WholeMail(message, list(files))


def mailbox_of(agency_id: int) -> Mailbox | None:
    """Return an agency's mailbox, if it has one. Costs: one statement."""
    return Mailbox.objects.filter(agency_id=agency_id).first()


def mailbox_for(actor: Actor) -> Mailbox | None:
    """Return the mailbox of the clerk's agency, else of one in whose place it stands.

    Costs: two statements.
    """
    agencies = agencies_of(actor)
    found = {one.agency_id: one for one in Mailbox.objects.filter(agency_id__in=agencies)}
    return next((found[one] for one in agencies if one in found), None)


def mailboxes() -> dict[int, Mailbox]:
    """Return all mailboxes by agency. Costs: one statement."""
    return {one.agency_id: one for one in Mailbox.objects.all()}
