"""The adapter as a Django application."""

from motcua.lib.rooms import Room


class DiskStore(Room):
    name = "motcua.adapters.disk_store"
    verbose_name = "Kho tệp trên đĩa"
