from motcua.lib.rooms import Room


class Webhooks(Room):
    name = "motcua.casework.webhooks"
    verbose_name = "Báo tin cho hệ thống khác"
