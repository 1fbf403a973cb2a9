"""The adapter as a Django application."""

from motcua.lib.rooms import Room


class PushSigning(Room):
    name = "motcua.adapters.push_signing"
    verbose_name = "Dịch vụ ký số từ xa, xác nhận trên điện thoại"
