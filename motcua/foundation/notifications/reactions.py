"""What messages listen to: their own mails."""

from motcua.foundation.outbox import api as outbox
from motcua.lib.clock import now

from .events import MailQueued
from .operations import send_mail
from .queries import SENDER


@outbox.delivery(SENDER, MailQueued.topic)
def send_queued_mail(fact: outbox.ReadFact) -> None:
    """Send the mail."""
    send_mail(fact.aggregate_id, at=now())
