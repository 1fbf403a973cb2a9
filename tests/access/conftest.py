"""A province that lives, and what each of its people is shown; built once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.core.cache import cache
from django.test import Client

from demo import accounts, contracts, partners, paying
from demo import receipts as demo_receipts
from demo.cast import Cast, founder, gather
from demo.collected import collect
from demo.directives import set_directives, set_neighbours
from demo.duties import set_tasks, set_weeks
from demo.filing import fill_work_files
from demo.letters import incoming, outgoing
from demo.mails import fill_mailbox
from demo.present import begin_drafts, set_scenes
from demo.proof import set_up_signing
from demo.registry import fill_incoming
from demo.tests.conftest import small_cast
from demo.writing import fill_outgoing
from motcua.foundation.identity import api as identity
from motcua.lib.clock import HANOI
from tests.journeys.wall_clock import WallClock

from .walking import Walk, walk

__all__ = ["small_cast"]
AT = datetime(2026, 9, 22, 10, 0, tzinfo=HANOI)
LETTERS = 12
WARD, COMMUNE, BUILDING, OFFICE, PROVINCE = "ward", "commune", "building", "office", "province"
# One of each sort of post, and where they sit; a citizen is a place of their own.
PEOPLE = {
    "binh": {WARD},
    "hanh": {WARD},
    "minh": {WARD},
    "van": {WARD},
    "hoa": {WARD},
    "thom": {WARD},
    "pao": {WARD},
    "dung": {COMMUNE},
    "sinh": {COMMUNE},
    "chu": {COMMUNE},
    "yen": {OFFICE, BUILDING},
    "long": {BUILDING},
    "tam": {PROVINCE},
    "cuc": {PROVINCE},
    "lan@dienbien.example": {"lan"},
    "khanh@dienbien.example": {"khanh"},
    "vnpay": {"gateway"},
    # The whole province is theirs to look at, by their posts.
    "quantri": set[str](),
}
EVERYWHERE = ("quantri",)


@dataclass(frozen=True, slots=True)
class Person:
    """One person in a browser, where they belong, and what they were shown."""

    login: str
    places: frozenset[str]
    client: Client
    walk: Walk

    def may_know(self, others: "frozenset[str] | set[str]") -> bool:
        """Say whether somebody of the same place was shown it, or all the province is theirs."""
        return self.login in EVERYWHERE or bool(self.places & others)


@pytest.fixture(scope="module")
def people(small_cast: Cast) -> Iterator[dict[str, Person]]:
    """Yield everybody, after each has walked through all that is shown to them."""
    assert small_cast.seats
    with pytest.MonkeyPatch.context() as patch:
        WallClock(patch, AT)
        _live()
        found = {}
        for login, places in PEOPLE.items():
            cache.clear()
            client = browser_of(login)
            found[login] = Person(login, frozenset(places), client, walk(client))
        yield found


def browser_of(login: str) -> Client:
    """Return the browser of somebody who has signed in; errors are answers, as for people."""
    account = identity.find_account(login)
    assert account is not None
    client = Client(raise_request_exception=False)
    client.force_login(account)
    return client


def _live() -> None:
    """Open accounts, let dossiers, documents, tasks, files and money be where people have work."""
    by = founder()
    accounts.open_accounts(by=by, at=AT)
    contracts.sign_contracts(by=by, at=AT)
    partners.open_people(by=by, at=AT)
    demo_receipts.register_receipts(by=by, at=AT)
    paying.open_accounts(by=by, at=AT)
    cast = gather(AT)
    set_up_signing(cast, AT)
    set_tasks(cast, AT)
    set_weeks(cast, AT)
    list(set_scenes(cast, AT))
    begin_drafts(AT)
    fill_incoming(cast, AT, incoming()[:LETTERS])
    set_directives(cast, AT)
    set_neighbours(cast, AT)
    # of those at one stage by one hand only the first
    written = {(one.pace, one.doer): one for one in reversed(outgoing())}
    fill_outgoing(cast, AT, reversed(written.values()))
    fill_work_files(cast, AT)
    fill_mailbox(AT)
    collect(cast, AT)
