from collections.abc import Iterator

import pytest

from motcua.casework.payments.choices import Channel
from motcua.casework.payments.ports import gateways, register_gateway, unregister_gateway

from .make import Partner


@pytest.fixture
def partner() -> Iterator[Partner]:
    """Return the only partner there is for one test."""
    real = gateways()
    for channel in Channel:
        unregister_gateway(channel)
    one = Partner()
    register_gateway(one)
    yield one
    for channel in Channel:
        unregister_gateway(channel)
    for other in real:
        register_gateway(other)
