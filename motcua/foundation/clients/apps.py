from motcua.lib.rooms import Room


class Clients(Room):
    name = "motcua.foundation.clients"
    verbose_name = "Ứng dụng kết nối"
