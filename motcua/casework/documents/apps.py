"""Documents as a Django application."""

from motcua.lib.rooms import Room


class Documents(Room):
    name = "motcua.casework.documents"
    verbose_name = "Văn bản"
