"""The gallery of components keeps nobody out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page


@pytest.mark.parametrize("part", ["citizen", "staff", "plain"])
@pytest.mark.parametrize("width", [360, 1366])
def test_the_gallery_has_no_barriers_and_no_sideways_scrolling(
    part: str, width: int, site: str, page: Page, barriers: Callable[[Page], list[str]]
) -> None:
    page.set_viewport_size({"width": width, "height": 800})

    page.goto(f"{site}/bo-giao-dien/{part}/")

    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_page_of_the_gallery_breaks_its_own_content_policy(site: str, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    page.goto(f"{site}/bo-giao-dien/")

    assert complaints == []


def test_the_check_of_barriers_finds_one(
    site: str, page: Page, barriers: Callable[[Page], list[str]]
) -> None:
    page.goto(f"{site}/bo-giao-dien/")

    page.evaluate("document.documentElement.removeAttribute('lang')")

    assert barriers(page) == ['html-has-lang: ["html"]']
