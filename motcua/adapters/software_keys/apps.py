"""The adapter as a Django application."""

from motcua.lib.rooms import Room


class SoftwareKeys(Room):
    name = "motcua.adapters.software_keys"
    verbose_name = "Khóa trong tệp (minh họa)"
