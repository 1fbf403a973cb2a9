"""The room as a Django application."""

from motcua.lib.rooms import Room


class Trust(Room):
    name = "motcua.foundation.trust"
    verbose_name = "Gốc tin cậy, chứng thư số"
