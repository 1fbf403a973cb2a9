"""The adapter as a Django application."""

from motcua.lib.rooms import Room


class TrustServices(Room):
    name = "motcua.adapters.trust_services"
    verbose_name = "Dịch vụ dấu thời gian, tình trạng chứng thư"
