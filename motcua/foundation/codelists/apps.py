from motcua.lib.rooms import Room


class Codelists(Room):
    name = "motcua.foundation.codelists"
    verbose_name = "Danh mục dùng chung"
