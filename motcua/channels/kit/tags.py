"""The three components that stand in every row of long lists, written for speed."""

from functools import lru_cache

from markupsafe import Markup

from motcua.lib.tongue import language

from .escaping import text_of
from .words import days_left

TONES = ("ok", "soon", "late", "paused", "info", "neutral")
OPENED = {
    tone: (
        f'<span class="govuk-tag kit-tone--{tone}">'
        f'<span class="kit-shape kit-shape--{tone}" aria-hidden="true"></span>'
    )
    for tone in TONES
}


def tag(word: object, tone: str = "neutral") -> Markup:
    """Return a state as a word, a shape and a colour."""
    return Markup(f"{OPENED[tone]}{text_of(word)}</span>")  # noqa: S704 -- the word is escaped


def days_badge(days: int | None, *, paused: bool = False) -> Markup:
    """Return the tag for the working days left."""
    return _days_badge(days, paused, language())


@lru_cache(maxsize=1024)
def _days_badge(days: int | None, paused: bool, _language: str) -> Markup:  # noqa: FBT001 -- a cache's key
    badge = days_left(days, paused=paused)
    return tag(badge.word, badge.tone)


def tick(name: str, value: object, label: object, *, checked: bool = False) -> Markup:
    """Return the cell with the box that chooses a row."""
    mark = " checked" if checked else ""
    return Markup(  # noqa: S704 -- every value is escaped
        '<td><input class="govuk-checkboxes__input kit-tick" type="checkbox"'
        f' name="{text_of(name)}" value="{text_of(value)}" data-select'
        f' aria-label="{text_of(label)}"{mark}></td>'
    )


FAST = {"tag": tag, "status_tag": tag, "days_badge": days_badge, "tick": tick}
