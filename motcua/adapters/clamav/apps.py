"""The adapter as a Django application."""

from motcua.lib.rooms import Room


class Clamav(Room):
    name = "motcua.adapters.clamav"
    verbose_name = "Quét vi-rút (ClamAV)"
