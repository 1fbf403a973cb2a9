"""Tables of access."""

from .delegation import Delegation
from .scope import ScopeRow, kept_closely, newest_first, one_row_per_unit

__all__ = ["Delegation", "ScopeRow", "kept_closely", "newest_first", "one_row_per_unit"]
