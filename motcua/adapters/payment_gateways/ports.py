"""Registers who takes money for us. Cash and the post's COD have no partner that could be asked."""

from motcua.casework.payments import api as payments

from .national import NationalPlatform
from .transfers import Transfers
from .vnpay import Vnpay
from .vnpt_pay import VnptPay

payments.register_gateway(Vnpay())
payments.register_gateway(VnptPay())
payments.register_gateway(NationalPlatform())
payments.register_gateway(Transfers())
