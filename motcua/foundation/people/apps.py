"""The room as a Django application."""

from motcua.lib.rooms import Room


class People(Room):
    name = "motcua.foundation.people"
    verbose_name = "Công dân, tổ chức"
