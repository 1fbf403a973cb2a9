from motcua.lib.rooms import Room


class Cashbook(Room):
    name = "motcua.casework.cashbook"
    verbose_name = "Sổ quỹ"
