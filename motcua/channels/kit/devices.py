"""Browsers in words people know."""

from .tongues import translate as _

SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac", "Linux")
BROWSERS = (
    ("Edg", "Edge"),
    ("coc_coc", "Cốc Cốc"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device_in_words(agent: str) -> str:
    """Return “Chrome, Windows” for what a browser says about itself."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for name in SYSTEMS if name in agent), "")
    return ", ".join(part for part in (browser, system) if part) or _("Thiết bị khác")
