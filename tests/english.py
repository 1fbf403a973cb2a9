"""What is left in Vietnamese on an English page of the words that our own code says."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

from motcua.channels.kit.vietnamese import VIETNAMESE

ROOT = Path(__file__).resolve().parents[1]
PIECE = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL)
READ_OUT = re.compile(r'\s(?:aria-label|alt|placeholder|data-label)="([^"]*)"')
# What the code itself says and what is yet a name, or an officer's word: data, not our words.
SAMPLES = frozenset({"tests", "migrations", "models", "sample.py", "examples.py", "merging.py"})
NAMES = frozenset({"Bộ phận Một cửa", "Một cửa", "Tiếng Việt", "Chủ tịch", "Số bản", "tên"})
NAMES |= {"Giấy xác nhận tình trạng hôn nhân"}


def left_on(page: str) -> list[str]:
    """Return what a page says of our own words in Vietnamese, or that it is not in English."""
    if '<html lang="en"' not in page:
        return ["not in English"]
    return sorted({one for one in _spoken_on(page) if one in our_words() and one not in NAMES})


def _spoken_on(page: str) -> Iterator[str]:
    """Yield every Vietnamese text of a page, whole and in parts, and those that are read out."""
    for piece in PIECE.findall(page):
        texts = READ_OUT.findall(piece) if piece.startswith("<") else [piece]
        for text in texts:
            told = unescape(text).strip()
            if VIETNAMESE.search(told):
                yield told
                yield from (part.strip() for part in re.split(r"[:;.,·–“”()]", told))


@cache
def our_words() -> frozenset[str]:
    """Return every Vietnamese text that stands in the code, but for the procedure to begin from."""
    found: set[str] = set()
    for file in (ROOT / "motcua").rglob("*.py"):
        if SAMPLES.isdisjoint(file.parts):
            found |= {words.strip() for words in re.findall(r'"([^"\n]+)"', file.read_text())}
    for page in (ROOT / "motcua" / "channels").rglob("jinja2/**/*.html"):
        found |= {words.strip() for words in re.findall(r">([^<>{}]+)<", page.read_text())}
    return frozenset(one for one in found if VIETNAMESE.search(one))
