from motcua.lib.rooms import Room


class Payments(Room):
    name = "motcua.casework.payments"
    verbose_name = "Thanh toán"
