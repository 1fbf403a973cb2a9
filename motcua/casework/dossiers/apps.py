from motcua.lib.rooms import Room


class Dossiers(Room):
    name = "motcua.casework.dossiers"
    verbose_name = "Hồ sơ"
