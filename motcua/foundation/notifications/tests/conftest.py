"""A kind of message to test with, and only that one."""

import pytest

from motcua.foundation.notifications import api as notifications

RECEIVED = notifications.Kind(
    "tests.received",
    "Hồ sơ được tiếp nhận",
    subject="Hồ sơ {code} đã được tiếp nhận",
    body="Trả kết quả {due}.",
)


@pytest.fixture(autouse=True)
def received(monkeypatch: pytest.MonkeyPatch) -> notifications.Kind:
    for known in list(notifications.kinds):
        monkeypatch.delitem(notifications.kinds, known)
    monkeypatch.setitem(notifications.kinds, RECEIVED.code, RECEIVED)
    return RECEIVED
