"""The adapter as a Django application."""

from motcua.lib.rooms import Room


class PeerExchange(Room):
    name = "motcua.adapters.peer_exchange"
    verbose_name = "Liên thông giữa các hệ thống cùng loại"
