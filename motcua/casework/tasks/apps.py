from motcua.lib.rooms import Room


class Tasks(Room):
    name = "motcua.casework.tasks"
    verbose_name = "Nhiệm vụ"
