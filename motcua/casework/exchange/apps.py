"""Exchange as a Django application."""

from motcua.lib.rooms import Room


class Exchange(Room):
    name = "motcua.casework.exchange"
    verbose_name = "Liên thông văn bản"
