"""Tables of access."""

from .delegation import Delegation
from .scope import ScopeRow, newest_first, one_row_per_unit

__all__ = ["Delegation", "ScopeRow", "newest_first", "one_row_per_unit"]
