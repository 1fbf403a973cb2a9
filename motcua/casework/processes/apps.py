from motcua.lib.rooms import Room


class Processes(Room):
    name = "motcua.casework.processes"
    verbose_name = "Quy trình"
