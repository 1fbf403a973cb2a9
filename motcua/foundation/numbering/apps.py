from motcua.lib.rooms import Room


class Numbering(Room):
    name = "motcua.foundation.numbering"
    verbose_name = "Cấp số"
