"""The fonts that papers are set in."""

import unicodedata

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from tools.fonts import STYLES

VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
LETTERS = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"}


@pytest.mark.parametrize("name", STYLES.values())
def test_every_vietnamese_letter_has_a_shape(name: str) -> None:
    with TTFont(settings.FONTS / f"{name}.ttf") as font:
        shapes = set(font.getBestCmap())

    assert {
        letter for letter in LETTERS | {a.upper() for a in LETTERS} if ord(letter) not in shapes
    } == set()
