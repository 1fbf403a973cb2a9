from motcua.lib.rooms import Room


class Procedures(Room):
    name = "motcua.casework.procedures"
    verbose_name = "Thủ tục hành chính"
