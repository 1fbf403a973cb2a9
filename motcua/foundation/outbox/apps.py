from motcua.lib.rooms import Room


class Outbox(Room):
    name = "motcua.foundation.outbox"
    verbose_name = "Sự kiện"
