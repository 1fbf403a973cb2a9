"""What messages listen to: their own mails, and what rooms below cannot tell themselves."""

from collections.abc import Sequence

from motcua.foundation.access import api as access
from motcua.foundation.outbox import api as outbox
from motcua.lib.clock import now

from .events import MailQueued
from .operations import send_mail, tell_admitted, tell_delegates, tell_dismissed
from .queries import SENDER


@outbox.delivery(SENDER, MailQueued.topic)
def send_queued_mail(fact: outbox.ReadFact) -> None:
    """Send the mail."""
    send_mail(fact.aggregate_id, at=now())


@outbox.delivery_of_rows(
    "notifications.tell_delegate",
    access.PostDelegated.topic,
    access.DelegationRevoked.topic,
)
def who_stands_in_hears(facts: Sequence[outbox.ReadFact]) -> None:
    """Tell officers that a post was delegated to them, or taken back."""
    tell_delegates(facts)


@outbox.delivery_of_rows("notifications.tell_member", access.MemberAdmitted.topic)
def who_is_admitted_hears(facts: Sequence[outbox.ReadFact]) -> None:
    """Tell people that they may act for an enterprise."""
    tell_admitted(facts)


@outbox.delivery_of_rows("notifications.tell_former_member", access.MemberDismissed.topic)
def who_is_dismissed_hears(facts: Sequence[outbox.ReadFact]) -> None:
    """Tell people that they act for an enterprise no more."""
    tell_dismissed(facts)
