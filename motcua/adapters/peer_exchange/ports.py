"""Registers the way to other installations."""

from motcua.casework.exchange import api as exchange

from .client import PeerCarrier

exchange.register(PeerCarrier())
