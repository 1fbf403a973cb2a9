"""One request, one act: keys that make repeated requests harmless; how often somebody tried."""

from .errors import SiteBusy
from .operations import (
    ONCE,
    Counted,
    carry_out_once,
    claim_key,
    count_attempt,
    count_request,
    slow_place,
)
from .queries import answer_of

__all__ = [
    "ONCE",
    "Counted",
    "SiteBusy",
    "answer_of",
    "carry_out_once",
    "claim_key",
    "count_attempt",
    "count_request",
    "slow_place",
]
