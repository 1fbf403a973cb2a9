"""The partners' pages as a Django application."""

from motcua.lib.rooms import Room


class Partners(Room):
    name = "motcua.channels.partners"
    verbose_name = "Đối tác thu hộ"
