"""The registry as a Django application."""

from motcua.lib.rooms import Room


class Registry(Room):
    name = "motcua.channels.registry"
    verbose_name = "Văn bản"
