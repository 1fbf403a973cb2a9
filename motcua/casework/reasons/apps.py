from motcua.lib.rooms import Room


class Reasons(Room):
    name = "motcua.casework.reasons"
    verbose_name = "Lý do mẫu"
