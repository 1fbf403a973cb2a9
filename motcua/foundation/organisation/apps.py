"""Organisation: a room of the foundation."""

from motcua.lib.rooms import Room


class Organisation(Room):
    name = "motcua.foundation.organisation"
    verbose_name = "Tổ chức bộ máy"
