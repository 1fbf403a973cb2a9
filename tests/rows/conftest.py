"""The demo province, built once for all rows; what a walk leaves behind is taken back after it."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django import DjangoDbBlocker

from demo import accounts, catalogue, fees
from demo import organisation as build
from demo.cast import Cast, founder, gather
from motcua.casework.fees import api as fee_tables
from motcua.casework.procedures import api as procedures
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import now
from tests.journeys.wall_clock import WallClock

from .hall import Hall

TWO_COMMUNES = ("H18.101", "H18.135")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the rows follow each other in any order of the tests: the province is built once."""
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
    keeping: Callable[[], Callable[[], None]],
    clock: WallClock,  # noqa: ARG001 -- everything is built at its hour
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[tuple[Cast, Callable[[], None]]]:
    """Yield everybody of a province with two communes, and what puts it back as it was built."""
    few = [one for one in build.communes() if one.code in TWO_COMMUNES]
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        empty = keeping()
        patch.setattr(build, "communes", lambda: few)
        patch.setattr(build, "_build_district", lambda *_: None)
        build.build_organisation(by=founder(), at=now())
        catalogue.set_duties(by=founder(), at=now())
        fees.publish_tables(by=founder(), at=now())
        catalogue.publish_procedures(by=founder(), at=now())
        forget()
        open_accounts()
        yield gather(now()), keeping()
        empty()
        forget()


@pytest.fixture
def hall(province: tuple[Cast, Callable[[], None]], clock: WallClock) -> Iterator[Hall]:
    """Yield the people of the province on a Wednesday at nine."""
    cast, put_back = province
    clock.reset()
    forget()
    yield Hall(cast, clock)
    put_back()


def open_accounts() -> None:
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


def forget() -> None:
    organisation.forget_tree()
    fee_tables.forget_kept()
    procedures.forget_kept()
