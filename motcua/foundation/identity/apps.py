"""The room as a Django application."""

from motcua.lib.rooms import Room


class Identity(Room):
    name = "motcua.foundation.identity"
    verbose_name = "Tài khoản, đăng nhập"
