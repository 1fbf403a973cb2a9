"""The room as a Django application."""

from motcua.lib.rooms import Room


class Signing(Room):
    name = "motcua.foundation.signing"
    verbose_name = "Ký số, đóng dấu"
