"""Pictures of signing drawn by code: handwritings in blue, seals in red that say they are none."""

import io
import math
from pathlib import Path
from random import Random

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

BLUE, RED, NOTHING = (20, 50, 170, 255), (214, 20, 20, 255), (0, 0, 0, 0)
HAND_SIZE, SEAL_SIZE = (720, 330), 900
STROKES, PEN = 150, 7
RINGS = ((440, 16), (300, 6))
LETTERS_RADIUS, LETTER_POINTS = 365, 66
STAR = (130, 52)
FULL_TURN = 2 * math.pi


def draw_handwriting(name: str) -> bytes:
    """Return a handwriting, another one for each name, as PNG."""
    image = Image.new("RGBA", HAND_SIZE, NOTHING)
    chance = Random(name)
    waves = [(chance.uniform(4, 9), chance.uniform(15, 60), chance.uniform(0, 6)) for _ in range(3)]
    points = []
    for step in range(STROKES):
        rise = sum(
            height * math.sin(step / length + shift) * (1 - step / STROKES / 1.5)
            for length, height, shift in waves
        )
        points.append((60 + step * 4 + 18 * math.sin(step / 3), 165 + rise))
    ImageDraw.Draw(image).line(points, fill=BLUE, width=PEN, joint="curve")
    return _png(image)


def draw_seal(agency: str) -> bytes:
    """Return a round seal with the agency's name around a star, as PNG."""
    image = Image.new("RGBA", (SEAL_SIZE, SEAL_SIZE), NOTHING)
    pen, middle = ImageDraw.Draw(image), SEAL_SIZE / 2
    for radius, width in RINGS:
        box = (middle - radius, middle - radius, middle + radius, middle + radius)
        pen.ellipse(box, outline=RED, width=width)
    corners = [
        (
            middle + STAR[i % 2] * math.sin(math.pi * i / 5),
            middle - STAR[i % 2] * math.cos(math.pi * i / 5),
        )
        for i in range(10)
    ]
    pen.polygon(corners, fill=RED)
    _write_around(image, agency.upper(), LETTERS_RADIUS, is_above=True)
    _write_around(image, "★ MINH HỌA ★".replace("★", "*"), LETTERS_RADIUS, is_above=False)
    return _png(image)


def _write_around(image: Image.Image, words: str, radius: float, *, is_above: bool) -> None:
    """Write letters on a circle, readable from its middle above and from outside below."""
    size = min(LETTER_POINTS, int(math.pi * radius * 1.35 / max(len(words), 1) / 0.62))
    path = Path(settings.PAPER_FONTS_DIR) / "Tinos-Bold.ttf"
    font = ImageFont.truetype(str(path), size)
    widths = [font.getlength(letter) for letter in words]
    spread = sum(widths) / radius
    angle = -spread / 2
    for letter, width in zip(words, widths, strict=True):
        turn = angle + width / radius / 2
        _write_letter(image, letter, font, radius, turn, is_above=is_above)
        angle += width / radius


def _write_letter(
    image: Image.Image,
    letter: str,
    font: ImageFont.FreeTypeFont,
    radius: float,
    turn: float,
    *,
    is_above: bool,
) -> None:
    tile = Image.new("RGBA", (160, 160), NOTHING)
    ImageDraw.Draw(tile).text((80, 80), letter, font=font, fill=RED, anchor="mm")
    degrees = -math.degrees(turn) if is_above else math.degrees(turn)
    turned = tile.rotate(degrees, resample=Image.Resampling.BICUBIC)
    side = 1 if is_above else -1
    x = SEAL_SIZE / 2 + radius * math.sin(turn)
    y = SEAL_SIZE / 2 - side * radius * math.cos(turn)
    image.alpha_composite(turned, (int(x - 80), int(y - 80)))


def _png(image: Image.Image) -> bytes:
    drawn = io.BytesIO()
    image.save(drawn, "PNG", optimize=True)
    return drawn.getvalue()
