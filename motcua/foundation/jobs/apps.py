from motcua.lib.rooms import Room


class Jobs(Room):
    name = "motcua.foundation.jobs"
    verbose_name = "Việc định kỳ"
