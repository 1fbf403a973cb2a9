"""The adapter as a Django application."""

from motcua.lib.rooms import Room


class Previews(Room):
    name = "motcua.adapters.previews"
    verbose_name = "Ảnh xem trước"
