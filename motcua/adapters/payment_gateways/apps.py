"""The adapter as a Django application."""

from motcua.lib.rooms import Room


class PaymentGateways(Room):
    name = "motcua.adapters.payment_gateways"
    verbose_name = "Cổng thanh toán"
