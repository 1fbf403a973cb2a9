"""The counter as a Django application."""

from motcua.lib.rooms import Room


class Counter(Room):
    name = "motcua.channels.counter"
    verbose_name = "Một cửa"
