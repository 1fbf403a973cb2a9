"""Somebody walks: from the first pages along every link and button that is shown."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

STARTS = ("/", "/xu-ly/", "/mot-cua/", "/van-ban/", "/quan-tri/", "/doi-tac/", "/ho-so/")
LEFT_OUT = ("/tai-khoan/dang-xuat/", "/bo-giao-dien/")
MOST_OF_ONE_ROUTE, MOST_PAGES = 1, 200
Fields = tuple[tuple[str, str], ...]
REDIRECTS = {HTTPStatus.FOUND, HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.SEE_OTHER}


@dataclass(slots=True)
class Walk:
    """Where one person came: each page with its answer, each button with what it sends.

    `shown` are all links there were, followed or not.
    """

    pages: dict[str, int] = field(default_factory=dict)
    buttons: dict[str, Fields] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)

    def opened(self) -> set[str]:
        """Return the paths of the pages that were shown."""
        return {path for path, status in self.pages.items() if status == HTTPStatus.OK}

    def dead_ends(self) -> set[str]:
        """Return where shown links led to a refusal or an error."""
        led = (path for path in self.pages if path not in STARTS)
        return {path for path in led if self.pages[path] >= HTTPStatus.BAD_REQUEST}


def route_of(path: str) -> str:
    """Return the route of a path, empty if no view answers there."""
    try:
        return str(resolve(path).route)
    except Resolver404:
        return ""


def walk(client: Client) -> Walk:
    """Follow what is shown, each route a few times; send nothing."""
    found, seen = Walk(), Counter[str]()
    waiting = deque(STARTS)
    while waiting and len(found.pages) < MOST_PAGES:
        path = waiting.popleft()
        route = route_of(path)
        is_left_out = not path or path.startswith(LEFT_OUT) or path in found.pages
        if is_left_out or not route or seen[route] >= MOST_OF_ONE_ROUTE:
            continue
        seen[route] += 1
        waiting.extend(_looked_at(client, path, found))
    return found


def _looked_at(client: Client, path: str, found: Walk) -> list[str]:
    """Open one page, keep what it answers and offers, and return where it leads."""
    answer: Any = client.get(path)
    found.pages[path] = answer.status_code
    leads = []
    if answer.status_code in REDIRECTS:
        leads.append(_within(path, answer.headers["Location"]))
    elif answer.streaming:
        read_out(answer)
    elif answer.headers.get("Content-Type", "").startswith("text/html") and answer.content.strip():
        page = html.fromstring(answer.content)
        leads += [_within(path, link) for link in _links(page)]
        found.shown.update(leads)
        for link, fields in _buttons(page):
            found.buttons.setdefault(_within(path, link), fields)
    return leads


def read_out(answer: Any) -> None:
    """Take a streamed answer to its end, which closes it."""
    if answer.streaming:
        for _ in answer.streaming_content:
            pass


def _links(page: Any) -> Iterator[str]:
    for one in page.iter():
        if link := one.get("href") or one.get("hx-get"):
            yield link


def _buttons(page: Any) -> Iterator[tuple[str, Fields]]:
    for one in page.iter():
        if one.tag == "form" and (one.get("method") or "").lower() == "post":
            fields = tuple(_fields(one))
            yield one.get("action") or "", fields
            for button in one.iter("button", "input"):
                if link := button.get("formaction"):
                    yield link, fields
        elif link := one.get("hx-post"):
            yield link, ()


def _fields(form: Any) -> Iterator[tuple[str, str]]:
    for one in form.iter("input", "textarea", "select", "button"):
        if (name := one.get("name")) and name != "csrfmiddlewaretoken":
            yield name, one.get("value") or "x"


def _within(path: str, link: str) -> str:
    """Return a link as a path of this site; empty for one that leads away."""
    parts = urlsplit(urljoin(f"http://testserver{path}", link))
    return parts.path if parts.netloc == "testserver" else ""


def of_one_kind(paths: Iterable[str], most: int = 1) -> list[str]:
    """Return the first few of each route, so that each view is asked and none too often."""
    seen = Counter[str]()
    kept = []
    for path in sorted(paths):
        seen[route_of(path)] += 1
        if seen[route_of(path)] <= most:
            kept.append(path)
    return kept
