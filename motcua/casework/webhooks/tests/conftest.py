"""The receiver of every test, on this machine."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from .receiver import Receiver, receiving


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    settings.WEBHOOKS_LOCAL = True
    with receiving() as one:
        yield one
