"""The adapter as a Django application."""

from motcua.lib.rooms import Room


class TextMessages(Room):
    name = "motcua.adapters.text_messages"
    verbose_name = "Tin nhắn điện thoại"
