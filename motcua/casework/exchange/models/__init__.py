"""Tables of exchange."""

from .envelopes import (
    Envelope,
    EnvelopeEvidence,
    EnvelopeFile,
    EnvelopeMove,
    EnvelopeRecipient,
)
from .intake import EnvelopeArrival
from .notices import ExchangeReceipt, StatusNotice
from .partners import Counterpart, CounterpartCertificate, OutsideAgency

__all__ = [
    "Counterpart",
    "CounterpartCertificate",
    "Envelope",
    "EnvelopeArrival",
    "EnvelopeEvidence",
    "EnvelopeFile",
    "EnvelopeMove",
    "EnvelopeRecipient",
    "ExchangeReceipt",
    "OutsideAgency",
    "StatusNotice",
]
