"""The demo province, built once for all rows; what a walk leaves behind is taken back after it."""

from collections.abc import Iterator
from zlib import crc32

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from conftest import Apart
from demo import accounts
from demo.cast import Cast, founder, gather
from demo.tests.provinces import build_small_province, forget
from motcua.foundation.identity import api as identity
from motcua.lib.clock import now
from tests.journeys.wall_clock import WallClock

from .hall import Hall


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the rows follow each other in any order of the tests: the province is entered once."""
    here = [one for one in items if one.path.parent.name == "rows"]
    first = items.index(here[0]) if here else 0
    others = [one for one in items if one.path.parent.name != "rows"]
    items[:] = [*others[:first], *here, *others[first:]]


@pytest.fixture(scope="package")
def clock() -> Iterator[WallClock]:
    """Yield the clock of every office: a Wednesday at nine, until a walk sets it."""
    with pytest.MonkeyPatch.context() as patch:
        yield WallClock(patch)


@pytest.fixture(scope="package")
def province(
    apart: Apart,
    clock: WallClock,  # noqa: ARG001 -- accounts are opened at its hour
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Cast]:
    """Yield everybody of a province with two communes, all with accounts."""
    with (
        django_db_blocker.unblock(),
        apart("small", build_small_province),
        apart("rows", open_accounts) as cast,
    ):
        forget()
        yield cast
    forget()


@pytest.fixture
def hall(province: Cast, clock: WallClock) -> Iterator[Hall]:
    """Yield the people of the province on a Wednesday at nine; what they do is taken back."""
    clock.reset()
    forget()
    with transaction.atomic():
        yield Hall(province, clock)
        connection.check_constraints()
        transaction.set_rollback(True)


@pytest.fixture
def hall_of_its_own(
    province: Cast, clock: WallClock, apart: Apart, request: pytest.FixtureRequest
) -> Iterator[Hall]:
    """Yield the same where all is committed, as what is counted from facts must be: a copy."""
    clock.reset()
    with apart(f"row_{crc32(request.node.name.encode())}", lambda: province) as cast:
        forget()
        yield Hall(cast, clock)


def open_accounts() -> Cast:
    """Give everybody with a seat an account, not only the people of the stories."""
    accounts.open_accounts(by=founder(), at=now())
    cast = gather(now())
    logins = {
        seat.officer_id: seat.post_code.lower().replace(".", "-")
        for seat in cast.seats
        if seat.officer_id and seat.officer_id not in cast.accounts
    }
    identity.create_officer_accounts(
        logins, accounts.PASSWORD, by=founder(), at=now(), is_final=True
    )
    return gather(now())
