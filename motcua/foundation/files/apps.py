"""Files as a Django application."""

from motcua.lib.rooms import Room


class Files(Room):
    name = "motcua.foundation.files"
    verbose_name = "Tệp"
