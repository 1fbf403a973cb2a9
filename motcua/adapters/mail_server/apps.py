"""The adapter as a Django application."""

from motcua.lib.rooms import Room


class MailServer(Room):
    name = "motcua.adapters.mail_server"
    verbose_name = "Máy chủ thư"
