"""The channel as a Django application."""

from motcua.lib.rooms import Room


class Accounts(Room):
    name = "motcua.channels.accounts"
    verbose_name = "Trang tài khoản"
