"""The people of the demo, each with a browser of their own: citizens a phone, officers a desk."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from playwright.sync_api import Browser, Locator, Page, Response, expect

from demo import accounts
from motcua.foundation.identity import api as identity
from motcua.foundation.identity.tests.make import make_session
from motcua.lib.clock import now

from .eyes import Eyes
from .wall_clock import WallClock

PHONE = {"width": 360, "height": 800}
DESK = {"width": 1366, "height": 768}
PATIENCE = 30_000  # milliseconds; the machine may be busy
expect.set_options(timeout=PATIENCE)


@dataclass
class Person:
    """Somebody who is signed in, and looks at every page he comes to."""

    login: str
    page: Page
    eyes: Eyes

    @property
    def main(self) -> Locator:
        """Return the page without its frame."""
        return self.page.locator("main")

    def go(self, address: str) -> Response | None:
        """Go to an address of the site."""
        answer = self.page.goto(address)
        self.eyes.look(self.page)
        return answer

    def press(self, name: str, *, exact: bool = True) -> None:
        """Press a button and look at what comes."""
        shown = self.main.locator(":not(.govuk-visually-hidden)")
        self.main.get_by_role("button", name=name, exact=exact).and_(shown).first.click()
        self.page.wait_for_load_state()
        self.eyes.look(self.page)

    def follow(self, name: str, *, exact: bool = True) -> None:
        """Follow a link and look at what comes."""
        self.main.get_by_role("link", name=name, exact=exact).first.click()
        self.page.wait_for_load_state()
        self.eyes.look(self.page)

    def put(self, label: str, value: str) -> None:
        """Write into a field."""
        self.main.get_by_label(label).first.fill(value)

    def choose(self, label: str, option: str) -> None:
        """Choose from a list by the words one sees."""
        self.main.get_by_label(label).first.select_option(label=option)

    def tick(self, label: str) -> None:
        """Tick a box or choose a radio button."""
        self.main.get_by_label(label).first.check()

    def reads(self, words: str) -> None:
        """Say that the person sees these words."""
        expect(self.main.get_by_text(words).filter(visible=True).first).to_be_visible()

    def does_not_read(self, words: str) -> None:
        """Say that the person does not see these words."""
        expect(self.main.get_by_text(words).filter(visible=True)).to_have_count(0)

    @property
    def path(self) -> str:
        """Return where the person is."""
        return urlsplit(self.page.url).path

    @property
    def code(self) -> str:
        """Return the code of the dossier the person has before them."""
        return self.path.split("/ho-so/")[1].split("/")[0]


class People:
    """Everybody who can sign in; whoever has done so stays signed in."""

    def __init__(self, browser: Browser, site: str, eyes: Eyes, clock: WallClock) -> None:
        self.browser, self.site, self.eyes, self.clock = browser, site, eyes, clock
        self.present: dict[tuple[str, int], Person] = {}
        self.came_at = clock.ahead
        self.doors: set[int] = set()

    def __call__(self, login: str, size: dict[str, int] | None = None) -> Person:
        """Return somebody at a browser of their own."""
        if self.came_at != self.clock.ahead:
            self.go_home()  # who is away for hours signs in anew
        size = size or (PHONE if "@" in login or not login else DESK)
        key = (login, size["width"])
        if key not in self.present:
            self.present[key] = self.enter(login, size)
        return self.present[key]

    def enter(self, login: str, size: dict[str, int]) -> Person:
        """Let somebody sign in; without a login it is a passer-by."""
        whole: Any = {"viewport": size, "locale": "vi-VN", "base_url": self.site}
        page = self.browser.new_context(**whole).new_page()
        page.set_default_timeout(PATIENCE)
        person = Person(login, page, self.eyes)
        if login and self._comes_through_the_page(login, size):
            self._sign_in(person)
        elif login:
            cookie: Any = {**self._session(login), "url": self.site}
            page.context.add_cookies([cookie])
        return person

    def _comes_through_the_page(self, login: str, size: dict[str, int]) -> bool:
        """Say whether somebody types a password: the first at each width, and who has two factors.

        All others are let in by a session of theirs: the page is the same for everybody.
        """
        is_first = size["width"] not in self.doors
        self.doors.add(size["width"])
        return is_first or login == accounts.ADMINISTRATOR

    def _session(self, login: str) -> Any:
        account = identity.find_account(login)
        assert account is not None, f"nobody is called {login}"
        kept = make_session(account, at=now(), expire_date=now() + timedelta(days=1))
        return {"name": settings.SESSION_COOKIE_NAME, "value": kept.session_key}

    def _sign_in(self, person: Person) -> None:
        """Let somebody sign in as everybody does."""
        login, page = person.login, person.page
        person.go("/tai-khoan/dang-nhap/")
        page.locator("input[name=login]").fill(login)
        page.locator("input[name=password]").fill(accounts.PASSWORD)
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        page.wait_for_url(lambda url: "dang-nhap" not in url)
        if login == accounts.ADMINISTRATOR:
            self.eyes.look(page)
            page.locator("input[name=code]").fill(next(accounts.administrator_codes()))
            page.get_by_role("button", name="Đăng nhập", exact=True).click()
            page.wait_for_url(lambda url: "xac-thuc" not in url)

    def go_home(self) -> None:
        """Close every browser."""
        for person in self.present.values():
            person.page.context.close()
        self.present.clear()
        self.came_at = self.clock.ahead
