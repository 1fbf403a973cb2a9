from motcua.lib.rooms import Room


class Api(Room):
    name = "motcua.channels.api"
    verbose_name = "Giao diện kết nối"
