from motcua.lib.rooms import Room


class WorkFiles(Room):
    name = "motcua.casework.workfiles"
    verbose_name = "Hồ sơ công việc"
