"""The browser: Debian's chromium, driven by playwright, and axe for accessibility."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

CHROMIUM = os.environ.get("MOTCUA_CHROMIUM", "/usr/bin/chromium")
PHONE = {"width": 360, "height": 800}
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]

# Playwright keeps an event loop in this thread; the tests themselves stay synchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

Findings = Callable[[Page], list[str]]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:  # noqa: ARG001 -- the database comes first
    """Yield the address of the running site; what journeys leave behind stays until the last."""
    with django_db_blocker.unblock():
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Yield a page as wide as a phone; `page.set_viewport_size` makes it a desk."""
    context = browser.new_context(viewport=PHONE, locale="vi-VN")  # type: ignore[arg-type]  # -- a TypedDict by another name
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def barriers() -> Findings:
    """Return what keeps people out of a page: axe's rule and the place it was broken."""
    script = (settings.ASSETS / "axe" / "axe.min.js").read_text()

    def find(page: Page) -> list[str]:
        page.evaluate(script)
        answer = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        return [
            f"{found['id']}: {node['target']}"
            for found in answer["violations"]
            for node in found["nodes"]
        ]

    return find
