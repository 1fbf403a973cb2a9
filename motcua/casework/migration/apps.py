from motcua.lib.rooms import Room


class Migration(Room):
    name = "motcua.casework.migration"
    verbose_name = "Chuyển dữ liệu từ hệ thống cũ"
