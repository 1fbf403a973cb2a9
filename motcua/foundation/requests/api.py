"""One request, one act: keys that make repeated requests harmless."""

from .operations import ONCE, carry_out_once, claim_key
from .queries import answer_of

__all__ = ["ONCE", "answer_of", "carry_out_once", "claim_key"]
