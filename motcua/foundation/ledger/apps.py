"""The room as a Django application."""

from motcua.lib.rooms import Room


class Ledger(Room):
    name = "motcua.foundation.ledger"
    verbose_name = "Sổ cam kết"
