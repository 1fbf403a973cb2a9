"""The room as a Django application."""

from motcua.lib.rooms import Room


class Mandates(Room):
    name = "motcua.foundation.mandates"
    verbose_name = "Người làm thay: hỗ trợ và đại diện"
