"""The backoffice as a Django application."""

from motcua.lib.rooms import Room


class Backoffice(Room):
    name = "motcua.channels.backoffice"
    verbose_name = "Quản trị"
