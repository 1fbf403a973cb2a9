"""The kit as a Django application."""

from motcua.lib.rooms import Room


class Kit(Room):
    name = "motcua.channels.kit"
    verbose_name = "Bộ giao diện"
