from motcua.lib.rooms import Room


class Requests(Room):
    name = "motcua.foundation.requests"
    verbose_name = "Khóa yêu cầu"
