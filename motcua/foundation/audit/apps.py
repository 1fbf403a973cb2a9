from motcua.lib.rooms import Room


class Audit(Room):
    name = "motcua.foundation.audit"
    verbose_name = "Nhật ký"
