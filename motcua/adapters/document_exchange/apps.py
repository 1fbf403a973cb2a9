"""The adapter as a Django application."""

from motcua.lib.rooms import Room


class DocumentExchange(Room):
    name = "motcua.adapters.document_exchange"
    verbose_name = "Trục liên thông văn bản"
