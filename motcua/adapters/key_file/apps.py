"""The adapter as a Django application."""

from motcua.lib.rooms import Room


class KeyFile(Room):
    name = "motcua.adapters.key_file"
    verbose_name = "Khóa ký trong tệp"
