"""Reconciliation as a Django application."""

from motcua.lib.rooms import Room


class Reconciliation(Room):
    name = "motcua.casework.reconciliation"
    verbose_name = "Đối soát"
