from motcua.lib.rooms import Room


class Agendas(Room):
    name = "motcua.casework.agendas"
    verbose_name = "Lịch công tác"
