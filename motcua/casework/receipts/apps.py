"""Receipts as a Django application."""

from motcua.lib.rooms import Room


class Receipts(Room):
    name = "motcua.casework.receipts"
    verbose_name = "Biên lai"
