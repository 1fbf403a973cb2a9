"""The colours of the identity keep their contrast, by day and by night."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SHEET = (Path(__file__).parents[1] / "static/kit/tokens.css").read_text()
LIGHT_TEXT, DARK_TEXT = SHEET.split("@media (prefers-color-scheme: dark)")
GROUNDS = ("paper", "card", "sunken")
TEXTS = ("ink", "ink-soft", "link", "link-visited", "brand", "ok", "soon", "late", "paused", "info")
TINTED = ("ok", "soon", "late", "paused", "info")
ON = (("on-brand", "brand"), ("on-brand", "brand-deep"), ("on-masthead", "masthead"))


def colours(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))


LIGHT = colours(LIGHT_TEXT)
DARK = LIGHT | colours(DARK_TEXT)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs_of_text() -> Iterator[tuple[str, str]]:
    yield from ((text, ground) for text in TEXTS for ground in GROUNDS)
    yield from ((tone, f"{tone}-tint") for tone in TINTED)
    yield from (("ink", f"{tone}-tint") for tone in TINTED)
    yield from ON
    yield "on-masthead", "masthead-edge"
    yield "focus-ink", "focus"


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(palette: dict[str, str]) -> None:
    weak = [
        f"{text} on {ground}: {contrast(palette[text], palette[ground]):.2f}"
        for text, ground in pairs_of_text()
        if contrast(palette[text], palette[ground]) < 4.5
    ]

    assert weak == []


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_of_controls_can_be_seen(palette: dict[str, str]) -> None:
    weak = [
        f"{edge} on {ground}"
        for edge in ("edge", "brand", "late")
        for ground in GROUNDS
        if contrast(palette[edge], palette[ground]) < 3
    ]

    assert weak == []
