"""The demo province, built once for the tests of one module and taken back after them."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from demo import catalogue, fees
from demo import organisation as build
from demo.cast import Cast, founder, gather
from demo.organisation import build_organisation
from motcua.casework.fees import api as fee_tables
from motcua.casework.procedures import api as procedures
from motcua.foundation.organisation import api as organisation

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def cast(
    django_db_setup: None,  # noqa: ARG001 -- asked for so that it runs first
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Cast]:
    """Yield everybody of a province with its organisation, duties and procedures."""
    with django_db_blocker.unblock():
        yield from _built()


@pytest.fixture(scope="module")
def small_cast(
    django_db_setup: None,  # noqa: ARG001 -- asked for so that it runs first
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Cast]:
    """Yield the same with two of its communes and no district of before: a fifth of the work."""
    few = [one for one in build.communes() if one.code in ("H18.101", "H18.135")]
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "communes", lambda: few)
        patch.setattr(build, "_build_district", lambda *_: None)
        yield from _built()


def _built() -> Iterator[Cast]:
    with transaction.atomic():
        build_organisation(by=founder(), at=AT)
        catalogue.set_duties(by=founder(), at=AT)
        fees.publish_tables(by=founder(), at=AT)
        catalogue.publish_procedures(by=founder(), at=AT)
        procedures.forget_kept()
        fee_tables.forget_kept()
        yield gather(AT)
        transaction.set_rollback(True)
    organisation.forget_tree()
    fee_tables.forget_kept()
    procedures.forget_kept()
