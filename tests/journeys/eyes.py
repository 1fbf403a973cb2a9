"""Looking at a page as people do: it keeps nobody out, and it fits the screen."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

SIDEWAYS = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
CUT = """[...document.querySelectorAll(".kit-scroll")].filter(
  (box) => innerWidth > 1000 && [...box.children].some(
    (inside) => inside.offsetWidth > box.clientWidth + 1
  )
).length"""


class Eyes:
    """Looks at each kind of page once, at each width for its fit; remembers what was wrong.

    Where a folder is named in which all who look note what they saw, once among them all. Keeps a
    picture of each where a folder for pictures is named.
    """

    def __init__(
        self, barriers: Callable[[Page], list[str]], pictures: str, looked: str = ""
    ) -> None:
        self.barriers, self.pictures, self.shared = barriers, pictures, looked
        self.findings: list[str] = []
        self.known: set[str] = set()

    def look(self, page: Page) -> None:
        """Note what keeps people out of the page, and whether it is wider than the screen."""
        kind, width = kind_of(page), page.viewport_size["width"] if page.viewport_size else 0
        if not self._is_new(f"{kind}_{width}"):
            return
        found = self.barriers(page) if self._is_new(kind) else []
        if page.evaluate(SIDEWAYS) > 0:
            found.append("wider than the screen")
        if page.evaluate(CUT):
            found.append("a table is cut off")
        self.findings += [f"{kind} at {width}: {one}" for one in found]
        if self.pictures:
            page.screenshot(path=Path(self.pictures) / f"{kind}_{width}.png", full_page=True)

    def _is_new(self, what: str) -> bool:
        """Say whether nobody has looked at it yet; from now on somebody has."""
        if what in self.known:
            return False
        self.known.add(what)
        if not self.shared:
            return True
        try:
            (Path(self.shared) / what).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def take_findings(self) -> list[str]:
        """Return what was wrong since the last time."""
        found, self.findings = self.findings, []
        return found


def kind_of(page: Page) -> str:
    """Return the name of the view, its part, and whether it complains."""
    address = urlsplit(page.url)
    try:
        view = resolve(address.path).view_name
    except Resolver404:
        view = "nowhere"
    part = "-".join(parse_qs(address.query).get("phan", []))
    complaint = "wrong" if page.locator(".govuk-error-summary").count() else ""
    title = slug(page) if view.endswith((":act", ":draft_page")) else ""
    return "_".join(filter(None, [view.replace(":", "."), part, title, complaint]))


def slug(page: Page) -> str:
    """Return the last word of the address."""
    return urlsplit(page.url).path.rstrip("/").rpartition("/")[2]
