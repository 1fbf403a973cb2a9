"""The room as a Django application."""

from motcua.lib.rooms import Room


class Access(Room):
    name = "motcua.foundation.access"
    verbose_name = "Quyền, ủy quyền"
