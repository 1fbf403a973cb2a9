"""Pages stay light enough for a village's line."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client

STATIC = Path(__file__).parents[1] / "static"
# The web packages as npm delivers them; they are not in the source tree. Fonts are compressed.
HTMX = 17_000
FONTS = 21_200 + 11_600 + 22_100 + 12_200


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def first_load(client: Client, page: str) -> int:
    answer = client.get(f"/bo-giao-dien/{page}/").content
    ours = set(re.findall(rb'(?:href|src)="/static/(kit/[^"#]+)', answer))
    files = sum(packed((STATIC / name.decode()).read_bytes()) for name in ours)
    return packed(answer) + files + packed((STATIC / "kit/icons.svg").read_bytes()) + HTMX + FONTS


@pytest.mark.parametrize(("page", "limit"), [("citizen", 150_000), ("staff", 250_000)])
def test_the_first_load_stays_below_its_limit(client: Client, page: str, limit: int) -> None:
    assert first_load(client, page) < limit


def test_a_later_staff_screen_is_small(client: Client) -> None:
    assert packed(client.get("/bo-giao-dien/staff/").content) < 60_000


def test_styles_name_no_font_and_no_picture_of_others() -> None:
    sheets = "".join(sheet.read_text() for sheet in STATIC.glob("kit/*.css"))
    addresses = re.findall(r'url\("([^"]+)"\)', sheets)

    assert {address.rpartition("/")[0] for address in addresses} == {"../fonts"}
