"""The process of exchange: what it reads, and when it gives way."""

from threading import Event

import pytest

from config import exchanging


class Stopped(Event):
    """Ends the rounds after so many waits, and counts them."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most, self.waits = most, 0

    def wait(self, timeout: float | None = None) -> bool:  # noqa: ARG002 -- as declared
        self.waits += 1
        if self.waits >= self.most:
            self.set()
        return self.is_set()


def rounds(monkeypatch: pytest.MonkeyPatch, stopped: Stopped, *, pressed: bool) -> list[int]:
    """Return after how many waits each reading was."""
    found: list[int] = []

    def read_arrivals(**_: object) -> int:
        found.append(stopped.waits)
        return 0

    monkeypatch.setattr("config.exchanging.exchange.read_arrivals", read_arrivals)
    exchanging.read(stopped, lambda: pressed)
    return found


def test_what_came_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert rounds(monkeypatch, Stopped(3), pressed=False) == [0, 1, 2]


def test_while_much_comes_reading_waits_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    most = exchanging.MOST_PRESSED_PAUSES

    assert rounds(monkeypatch, Stopped(most + 1), pressed=True) == [most]
