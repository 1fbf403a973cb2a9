"""Mailboxes as a Django application."""

from motcua.lib.rooms import Room


class Mailboxes(Room):
    name = "motcua.casework.mailboxes"
    verbose_name = "Hộp thư văn thư"
