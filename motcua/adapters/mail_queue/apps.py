"""The adapter as a Django application."""

from motcua.lib.rooms import Room


class MailQueue(Room):
    name = "motcua.adapters.mail_queue"
    verbose_name = "Hàng đợi thư điện tử"
