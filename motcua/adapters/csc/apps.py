"""The adapter as a Django application."""

from motcua.lib.rooms import Room


class Csc(Room):
    name = "motcua.adapters.csc"
    verbose_name = "Dịch vụ ký số từ xa (CSC)"
