from motcua.lib.rooms import Room


class Search(Room):
    name = "motcua.foundation.search"
    verbose_name = "Tìm kiếm"
