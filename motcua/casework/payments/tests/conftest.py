from collections.abc import Iterator

import pytest

from motcua.casework.payments.choices import Channel
from motcua.casework.payments.ports import register_gateway, unregister_gateway

from .make import Partner


@pytest.fixture
def partner() -> Iterator[Partner]:
    """Return a partner that is there for one test."""
    one = Partner()
    register_gateway(one)
    yield one
    for channel in Channel:
        unregister_gateway(channel)
