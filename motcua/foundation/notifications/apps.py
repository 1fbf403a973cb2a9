from motcua.lib.rooms import Room


class Notifications(Room):
    name = "motcua.foundation.notifications"
    verbose_name = "Thông báo"
