"""Registers the ways to the national axis and to a province's platform."""

from motcua.casework.exchange import api as exchange

from .carriers import AxisCarrier
from .lgsp import Lgsp
from .vxp import Vxp

exchange.register(AxisCarrier(exchange.Way.VXP, Vxp))
exchange.register(AxisCarrier(exchange.Way.LGSP, Lgsp))
