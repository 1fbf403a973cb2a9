from motcua.lib.rooms import Room


class Forms(Room):
    name = "motcua.casework.forms"
    verbose_name = "Biểu mẫu điện tử"
