"""What follows from facts, and what other rooms ask of this one."""

from motcua.foundation.search import api as search

from .operations.finding import KIND, every_entry

search.source(KIND)(every_entry)
