"""Queues instead of sending."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from motcua.foundation.notifications import api as notifications
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import now


class QueueBackend(BaseEmailBackend):
    """Hands each mail to the queue, once for each recipient."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for address in message.recipients():
                notifications.queue_mail(
                    address, str(message.subject), str(message.body), by=SYSTEM, at=now()
                )
        return len(email_messages)
