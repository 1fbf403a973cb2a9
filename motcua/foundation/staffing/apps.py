from motcua.lib.rooms import Room


class Staffing(Room):
    name = "motcua.foundation.staffing"
    verbose_name = "Bố trí người"
