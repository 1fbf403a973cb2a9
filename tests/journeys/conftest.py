"""The browser: Debian's chromium, driven by playwright, and axe for accessibility."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from demo import accounts, scans
from demo.cast import Cast, founder, gather
from demo.present import set_scenes
from demo.tests.provinces import build_small_province
from motcua.lib.clock import now

from .eyes import Eyes
from .people import People
from .wall_clock import WallClock

BROWSERS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")  # the lighter one first
CHROMIUM = os.environ.get("MOTCUA_CHROMIUM") or next(filter(os.path.exists, BROWSERS), BROWSERS[-1])
PICTURES = os.environ.get("MOTCUA_PICTURES", "")
LOOKED = os.environ.get("MOTCUA_LOOKED", "")
PHONE = {"width": 360, "height": 800}
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
# Only what is wrong comes over from the browser: what is right is thousands of lines.
VIOLATIONS = """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"]}).then(
  (answer) => answer.violations.flatMap(
    (found) => found.nodes.map((node) => `${found.id}: ${JSON.stringify(node.target)}`)
  )
)"""

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
        return [str(one) for one in page.evaluate(VIOLATIONS, RULES)]

    return find


@pytest.fixture(scope="session")
def clock() -> Iterator[WallClock]:
    """Yield the clock of the whole site: a Wednesday at nine, until a journey sets it."""
    with pytest.MonkeyPatch.context() as patch:
        yield WallClock(patch)


@pytest.fixture(scope="session", autouse=True)
def no_plays() -> Iterator[None]:
    """Enter no service that is played: a demo that ran in this folder left addresses there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("demo.citizen_keys._enter_services", lambda _at: None)
        yield


@pytest.fixture(scope="session")
def building() -> Callable[[datetime], Cast]:
    """Return who builds the province; whose journeys need all communes says so."""
    return build_small_province


@pytest.fixture(scope="session")
def province(
    site: str,
    clock: WallClock,  # noqa: ARG001 -- the clock comes first
    building: Callable[[datetime], Cast],
    built_once: Callable[[str, Callable[[], object]], None],
) -> str:
    """Return the site's address, with the demo's organisation, procedures, people and work."""

    def build() -> None:
        building(now())
        accounts.open_accounts(by=founder(), at=now())
        page = scans.page("Giấy tờ kèm hồ sơ", "mọi thủ tục")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(scans, "page", lambda *_: page)  # setting forty of them takes seconds
            list(set_scenes(gather(now()), now()))

    # a province left for months would have let accounts, drafts and reminders lapse
    built_once(f"{building.__name__}_{now():%Y%m%d}", build)
    return site


@pytest.fixture(scope="session")
def eyes(barriers: Findings) -> Eyes:
    """Return who looks at every kind of page once at every width."""
    return Eyes(barriers, PICTURES, LOOKED)


@pytest.fixture(scope="session")
def everybody(province: str, browser: Browser, eyes: Eyes, clock: WallClock) -> Iterator[People]:
    """Yield the people of the demo, who stay signed in from one journey to the next."""
    people = People(browser, province, eyes, clock)
    yield people
    people.go_home()


@pytest.fixture
def people(everybody: People, clock: WallClock) -> Iterator[People]:
    """Yield the people; after a journey that set the clock, everybody signs in anew."""
    yield everybody
    clock.reset()


@pytest.fixture
def seen(eyes: Eyes) -> Iterator[None]:
    """Fail a journey on whose pages something kept people out or stuck out."""
    yield
    findings = eyes.take_findings()
    assert findings == [], "\n".join(findings)
