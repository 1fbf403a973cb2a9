"""One request, one act: keys that make repeated requests harmless; how often somebody tried."""

from .operations import ONCE, carry_out_once, claim_key, count_attempt
from .queries import answer_of

__all__ = [
    "ONCE",
    "answer_of",
    "carry_out_once",
    "claim_key",
    "count_attempt",
]
