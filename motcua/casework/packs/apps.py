from motcua.lib.rooms import Room


class Packs(Room):
    name = "motcua.casework.packs"
    verbose_name = "Gói thủ tục"
