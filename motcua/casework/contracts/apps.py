"""Contracts as a Django application."""

from motcua.lib.rooms import Room


class Contracts(Room):
    name = "motcua.casework.contracts"
    verbose_name = "Hợp đồng thu hộ"
