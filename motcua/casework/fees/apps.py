from motcua.lib.rooms import Room


class Fees(Room):
    name = "motcua.casework.fees"
    verbose_name = "Phí, lệ phí"
