"""Tables of access."""

from .scope import ScopeRow, newest_first, one_row_per_unit

__all__ = ["ScopeRow", "newest_first", "one_row_per_unit"]
