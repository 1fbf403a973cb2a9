"""The demo province, built once for all tests; what one module leaves is taken back after it."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from conftest import Apart
from demo.cast import Cast

from .provinces import build_province, build_small_province, forget


@pytest.fixture(scope="module")
def cast(apart: Apart, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """Yield everybody of a province with its organisation, duties and procedures."""
    with django_db_blocker.unblock():
        yield from _within(apart, "province", build_province)


@pytest.fixture(scope="module")
def small_cast(apart: Apart, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """Yield the same with two of its communes and no district of before: a fifth of the work."""
    with django_db_blocker.unblock():
        yield from _within(apart, "small", build_small_province)


def _within(apart: Apart, name: str, build: Callable[[], Cast]) -> Iterator[Cast]:
    with apart(name, build) as cast, transaction.atomic():
        forget()
        yield cast
        transaction.set_rollback(True)
    forget()
