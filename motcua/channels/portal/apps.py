"""The portal as a Django application."""

from motcua.lib.rooms import Room


class Portal(Room):
    name = "motcua.channels.portal"
    verbose_name = "Cổng của người dân"
