"""The door: powers, the actor's reach, scope rows and the pages made from them."""

from .choices import Power
from .models import ScopeRow, newest_first, one_row_per_unit
from .queries.scope import may_see, page, visible_among

__all__ = [
    "Power",
    "ScopeRow",
    "may_see",
    "newest_first",
    "one_row_per_unit",
    "page",
    "visible_among",
]
