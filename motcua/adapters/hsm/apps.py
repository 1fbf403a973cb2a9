"""The adapter as a Django application."""

from motcua.lib.rooms import Room


class Hsm(Room):
    name = "motcua.adapters.hsm"
    verbose_name = "Thiết bị giữ khóa của máy chủ"
