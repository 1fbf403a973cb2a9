"""Remember how subjects and the texts of their pages are found."""

from .entries import forget, rebuild, remember, remember_all, rescope
from .recent import keep_recent
from .saving import drop_search, save_search
from .texts import forget_text, remember_text, rescope_text

__all__ = [
    "drop_search",
    "forget",
    "forget_text",
    "keep_recent",
    "rebuild",
    "remember",
    "remember_all",
    "remember_text",
    "rescope",
    "rescope_text",
    "save_search",
]
