"""Nobody sees or does what is not theirs: each page and each button, tried by everybody else.

What there is to try is what people are shown: everybody walks through a living province, and
whatever one was led to is then asked for by all the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from demo import accounts
from motcua.foundation.organisation.api import Post

from .conftest import EVERYWHERE, Person
from .walking import Fields, of_one_kind, read_out, route_of

People = Mapping[str, Person]
SHORT = 6  # letters: words as “06” or “khac” are no codes
# What is open to whoever knows the word in its address, or to everybody.
SHARED = (
    "bien-lai/<str:code>/",
    "giay-hen/<str:code>/",
    "kiem-tra-chu-ky/",
    "lich-cong-tac/",
    "mot-cua/niem-yet/<str:key>/",  # anybody may object at any desk to what is posted in public
    "niem-yet/<str:key>/",
    "thanh-toan/don/<str:token>/",
    "thu-tuc/<str:code>/",
    "tra-cuu/<str:code>/",
    "van-ban/danh-muc/<int:year>/",  # each agency's own list of that year
)
NO_ENTRY = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
# A form may also be refused with words on the page one came from; then nothing has changed.
REFUSED = NO_ENTRY | {HTTPStatus.FOUND, HTTPStatus.UNPROCESSABLE_ENTITY}
# What may change when somebody is refused: traces of the attempt, and that they were here.
NOISE = ("audit_", "identity_session", "identity_signin", "django_session", "jobs_")


def of_whom(people: People, kind: str) -> dict[str, set[str]]:
    """Return each path with an object in it that somebody was led to, and whose the object is.

    It belongs to the places of all who were shown any of its pages or buttons.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    tried = set()
    for one in people.values():
        if one.login not in EVERYWHERE:
            tried |= one.walk.opened() if kind == "pages" else set(one.walk.buttons)
            for path in one.walk.shown | one.walk.opened() | set(one.walk.buttons):
                owners[object_of(path)] |= one.places
    return {
        path: owners[object_of(path)]
        for path in tried
        if "<" in route_of(path) and not route_of(path).startswith(SHARED)
    }


def object_of(path: str) -> str:
    """Return the code in a path, which says whose it is wherever it stands; else the page of it."""
    parts, route = path.strip("/").split("/"), route_of(path).strip("/").split("/")
    at = next((at for at, part in enumerate(route) if "<" in part), len(parts) - 1)
    is_code = not parts[at].isdecimal() and len(parts[at]) > SHORT
    return parts[at] if is_code else "/".join(parts[: at + 1])


def somebody_else_s(people: People, person: Person, kind: str) -> list[str]:
    """Return paths of every route that only people of other places were led to."""
    whose = of_whom(people, kind)
    return of_one_kind(path for path, places in whose.items() if not person.may_know(places))


def test_no_link_leads_to_a_refusal(people: People) -> None:
    ends = {login: one.walk.dead_ends() for login, one in people.items()}
    # The portal shows officers how citizens file, and says there which account does it.
    told = {"/nop-ho-so/1.008004/"}

    assert {login: found - told for login, found in ends.items() if found - told} == {}


def test_everybody_was_shown_their_work(people: People) -> None:
    every = {route_of(path) for one in people.values() for path in one.walk.opened()}
    acts = {route_of(path) for one in people.values() for path in one.walk.buttons}

    assert (len(every) > 180, len(acts) > 90) == (True, True)
    assert all(one.walk.opened() for one in people.values())


def test_nobody_opens_what_only_others_were_led_to(people: People) -> None:
    opened = []
    for person in people.values():
        cache.clear()
        opened += [
            (person.login, path, status)
            for path in somebody_else_s(people, person, "pages")
            if (status := asked(person.client, path)) not in NO_ENTRY
        ]

    assert opened == []


def asked(client: Client, path: str) -> int:
    answer: Any = client.get(path)
    read_out(answer)
    return int(answer.status_code)


def test_a_stranger_is_sent_to_the_sign_in(people: People) -> None:
    client = Client(raise_request_exception=False)
    answers = {path: asked(client, path) for path in of_one_kind(of_whom(people, "pages"))}

    assert {path: one for path, one in answers.items() if one != HTTPStatus.FOUND} == {}


def test_nobody_does_what_only_others_may(people: People) -> None:
    sent = buttons_of(people)
    before, done = digest(), []
    for person in people.values():
        cache.clear()
        answers = {
            path: person.client.post(path, dict(sent[path])).status_code
            for path in somebody_else_s(people, person, "buttons")
        }
        after = digest()
        done += [(person.login, path) for path, one in answers.items() if one not in REFUSED]
        if tables := changed(before, after):
            said = [path for path, one in answers.items() if one == HTTPStatus.FOUND]
            done.append((person.login, f"{tables} by one of {said}"))
        before = after

    assert done == []


def buttons_of(people: People) -> dict[str, Fields]:
    """Return each button there is, with what it sends."""
    return {path: fields for one in people.values() for path, fields in one.walk.buttons.items()}


@pytest.mark.parametrize("login", ["binh", "hanh", "van", "thom", "pao", "minh"])
def test_a_colleague_without_the_power_changes_nothing(people: People, login: str) -> None:
    """What nobody of one role is offered in one agency may answer, but changes nothing."""
    person, sent, whose = people[login], buttons_of(people), of_whom(people, "buttons")
    offered = {
        route_of(path)
        for one in people.values()
        if one.login == login or role_of(one.login) == role_of(login)
        for path in one.walk.buttons
    }
    # Within an agency's documents who takes part may act, whatever their post: the room tests that.
    theirs = [
        path
        for path, places in whose.items()
        if places & person.places and route_of(path) not in offered
        if not path.startswith("/van-ban/")
    ]
    before = digest()
    cache.clear()
    answers = {
        path: person.client.post(path, dict(sent[path])).status_code for path in of_one_kind(theirs)
    }
    tables = changed(before, digest())

    done = [path for path, one in answers.items() if one not in NO_ENTRY] if tables else []
    assert theirs
    assert (tables, done) == ([], [])


def role_of(login: str) -> str:
    """Return the role of somebody's first post; of somebody without one the name."""
    seats = {one.username: one.post_code for one in accounts.OFFICERS}
    post = Post.objects.filter(code=seats.get(login, "")).first()
    return str(post.role) if post else login


def digest() -> dict[str, tuple[int, int]]:
    """Return a mark of what stands in each table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
            " AND relnamespace = 'public'::regnamespace ORDER BY relname"
        )
        tables = [name for (name,) in cursor.fetchall() if not name.startswith(NOISE)]
        marks = " UNION ALL ".join(
            f"SELECT '{name}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)"  # noqa: S608 -- tables of our own
            f' FROM "{name}" t'
            for name in tables
        )
        cursor.execute(marks)
        return {name: (int(count), int(mark)) for name, count, mark in cursor.fetchall()}


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """Return the tables in which something is not as it was."""
    return [name for name in sorted(_names(before, after)) if before.get(name) != after.get(name)]


def _names(*digests: Iterable[str]) -> set[str]:
    return {name for one in digests for name in one}
