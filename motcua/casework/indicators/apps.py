from motcua.lib.rooms import Room


class Indicators(Room):
    name = "motcua.casework.indicators"
    verbose_name = "Chỉ số"
