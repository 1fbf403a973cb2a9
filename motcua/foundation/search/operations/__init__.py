"""Remember how subjects and the texts of their pages are found."""

from .entries import forget, rebuild, remember, rescope
from .texts import forget_text, remember_text, rescope_text

__all__ = [
    "forget",
    "forget_text",
    "rebuild",
    "remember",
    "remember_text",
    "rescope",
    "rescope_text",
]
