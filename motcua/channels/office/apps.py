"""The office as a Django application."""

from motcua.lib.rooms import Room


class Office(Room):
    name = "motcua.channels.office"
    verbose_name = "Xử lý"
