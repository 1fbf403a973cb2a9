"""What a test wrote and rolled back must not stay in memory."""

from collections.abc import Iterator

import pytest

from motcua.foundation.calendar.queries import forget_facts


@pytest.fixture(autouse=True)
def _fresh_calendars() -> Iterator[None]:
    forget_facts()
    yield
    forget_facts()
