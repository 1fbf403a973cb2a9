from motcua.lib.rooms import Room


class Extracts(Room):
    name = "motcua.casework.extracts"
    verbose_name = "Trích dữ liệu để phân tích"
