"""Places: a room of the foundation."""

from motcua.lib.rooms import Room


class Places(Room):
    name = "motcua.foundation.places"
    verbose_name = "Địa danh hành chính"
