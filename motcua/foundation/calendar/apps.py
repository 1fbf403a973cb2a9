"""The calendar: a room of the foundation."""

from motcua.lib.rooms import Room


class Calendar(Room):
    name = "motcua.foundation.calendar"
    verbose_name = "Lịch làm việc"
