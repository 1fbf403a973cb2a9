"""Carries messages to an axis and takes in what waits there, whatever the axis speaks.

At least once in both directions: a message whose answer was lost is sent again, one whose state
was lost is listed again; exchange knows both by their names.
"""

import logging
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from motcua.casework.exchange import api as exchange
from motcua.lib.clock import local_day
from motcua.lib.httpclient import Bounds

from .lines import (
    DOCUMENT,
    DONE,
    FAIL,
    ODD,
    OPEN,
    STATUS,
    Away,
    AxisLine,
    Broken,
    Letter,
    Listed,
    Patience,
    Place,
    Refused,
    host_of,
)

logger = logging.getLogger(__name__)
_IN_MEMORY, _CHUNK = 1_000_000, 1 << 18
_MOST_REMEMBERED = 20_000
_MOST_BROKEN = 5
_MOST_IN_A_ROW = 3
NO_ROOM = "Máy chủ hết chỗ lưu; gói tin mới còn nằm trên trục, hệ thống tự thử lại."
LOOKS_EVERY = timedelta(minutes=1)
_NUMBERS = re.compile(r"\d+")
Memory = OrderedDict[tuple[str, str, str], int]


class AxisCarrier:
    """Implements `exchange.Carrier` for axes of one way."""

    def __init__(
        self,
        way: exchange.Way,
        make: Callable[[Place], AxisLine],
        patience: Patience = Patience(),  # noqa: B008 -- frozen
    ) -> None:
        self.name = way.value
        self._make, self._patience = make, patience
        self._lines: dict[str, tuple[Place, AxisLine]] = {}
        self._looked: dict[str, datetime] = {}
        self._done: Memory = OrderedDict()

    def carry(self, parcel: exchange.Parcel) -> exchange.Handed:
        """Hand one message to the axis. Raises: CarrierAway, CarrierRefuses."""
        line = self._line(parcel.counterpart)
        with SpooledTemporaryFile(max_size=_IN_MEMORY) as kept:
            content = cast("IO[bytes]", kept)
            parcel.write(content)
            try:
                ref = line.send(_letter(parcel, content))
            except Away as error:
                raise exchange.CarrierAway(str(error), is_line_down=True) from error
            except Refused as error:
                raise exchange.CarrierRefuses(str(error)) from error
        return exchange.Handed(is_delivered=False, ref=ref)

    def fetch(self, counterpart: exchange.CounterpartInfo, *, at: datetime) -> int:
        """Take in what waits, then hear what became of ours; return how many were new.

        Raises: CarrierAway, after everything that could be taken was.
        """
        line = self._line(counterpart)
        try:
            rows = sorted((one for one in line.received() if one.state in OPEN), key=_when)
            taken, trouble = self._take_all(line, counterpart, rows, at)
            self._look(line, counterpart, at)
        except OSError as error:
            raise exchange.CarrierAway(NO_ROOM) from error
        except (Away, Refused) as error:
            raise exchange.CarrierAway(str(error), is_line_down=True) from error
        if trouble is not None:
            raise exchange.CarrierAway(str(trouble)) from trouble
        return taken

    def ask(self, counterpart: exchange.CounterpartInfo) -> exchange.Greeting:
        """Ask the axis who is there. Raises: CarrierAway."""
        try:
            found = tuple(self._line(counterpart).agencies())
        except (Away, Refused) as error:
            raise exchange.CarrierAway(str(error), is_line_down=True) from error
        return exchange.Greeting(f"Trục trả lời tốt, có {len(found)} cơ quan.", found)

    def _take_all(
        self,
        line: AxisLine,
        counterpart: exchange.CounterpartInfo,
        rows: Iterable[Listed],
        at: datetime,
    ) -> tuple[int, Exception | None]:
        """Take each by itself, so that one that is broken does not hold up the others."""
        taken, in_a_row = 0, 0
        trouble: Exception | None = None
        for row in rows:
            try:
                taken += self._take(line, counterpart, row, at)
                in_a_row = 0
            except (Away, Refused) as error:
                trouble, in_a_row = error, in_a_row + (not isinstance(error, Broken))
                if in_a_row == _MOST_IN_A_ROW:
                    break
        return taken, trouble

    def _take(
        self, line: AxisLine, counterpart: exchange.CounterpartInfo, row: Listed, at: datetime
    ) -> bool:
        """Take one message in, if it is not here yet, and tell the axis; say whether it is new."""
        known = (counterpart.code, row.ref, "taken")
        state, is_new = DONE if self._done.get(known, 1) else FAIL, False
        if known not in self._done:
            state, is_new = self._take_in(line, counterpart, row, at)
            self._remember(known, int(state == DONE))
        line.mark(row.ref, state)
        return is_new

    def _take_in(
        self, line: AxisLine, counterpart: exchange.CounterpartInfo, row: Listed, at: datetime
    ) -> tuple[str, bool]:
        with SpooledTemporaryFile(max_size=_IN_MEMORY) as kept:
            content = cast("IO[bytes]", kept)
            try:
                line.fetch(row.ref, content)
            except Broken:
                return self._give_up(counterpart, row), False
            content.seek(0)
            try:
                taken = exchange.take_in(content, _line_of(counterpart, row, at), at=at)
            except exchange.TooLarge:
                return FAIL, False
        return (FAIL if taken.kind is None else DONE), taken.is_new

    def _give_up(self, counterpart: exchange.CounterpartInfo, row: Listed) -> str:
        """Return the state of a message that the axis itself cannot hand out any more.

        Raises: Broken while it is worth trying again.
        """
        tried = (counterpart.code, row.ref, "broken")
        self._remember(tried, self._done.get(tried, 0) + 1)
        if self._done[tried] < _MOST_BROKEN:
            raise Broken(ODD)
        logger.warning("axis_message_broken", extra={"code": counterpart.code, "ref": row.ref})
        return FAIL

    def _look(self, line: AxisLine, counterpart: exchange.CounterpartInfo, at: datetime) -> None:
        """Hear once a minute what became of our own messages on the axis."""
        before = self._looked.get(counterpart.code)
        if before is not None and at < before + LOOKS_EVERY:
            return
        self._looked[counterpart.code] = at
        for row in line.sent():
            key = (counterpart.code, row.ref, row.state)
            if row.state not in (DONE, FAIL) or key in self._done:
                continue
            if row.state == DONE:
                exchange.note_delivered(counterpart.code, row.ref, at=at)
            else:
                words = row.words or "Nơi nhận không đọc được gói tin."
                exchange.note_failed(counterpart.code, row.ref, words, at=at)
            self._remember(key, 1)

    def _remember(self, key: tuple[str, str, str], value: int) -> None:
        self._done[key] = value
        self._done.move_to_end(key)
        if len(self._done) > _MOST_REMEMBERED:
            self._done.popitem(last=False)

    def _line(self, counterpart: exchange.CounterpartInfo) -> AxisLine:
        """Return the line of a partner, the same while nothing about it changes."""
        address = counterpart.address.rstrip("/")
        secret = exchange.secret_of(counterpart.code)
        bounds = Bounds(frozenset({host_of(address)}), allows_private=True)
        place = Place(address, counterpart.client_ref, secret, bounds, self._patience)
        held = self._lines.get(counterpart.code)
        if held is None or held[0] != place:
            held = self._lines[counterpart.code] = (place, self._make(place))
        return held[1]


def _letter(parcel: exchange.Parcel, content: IO[bytes]) -> Letter:
    size, made = content.tell(), sha256()
    content.seek(0)
    while chunk := content.read(_CHUNK):
        made.update(chunk)
    kind = STATUS if parcel.kind == exchange.MessageKind.STATUS else DOCUMENT
    return Letter(kind, parcel.sender_code, parcel.receiver_code, content, size, made.digest())


def _line_of(counterpart: exchange.CounterpartInfo, row: Listed, at: datetime) -> exchange.Line:
    """Return what the axis says of a message; a receiver it names that is not ours is left out."""
    is_ours = exchange.route_to(row.receiver, local_day(at)).agency_id is not None
    return exchange.Line(
        counterpart=counterpart.code,
        sender_code=row.sender,
        receiver_code=row.receiver if is_ours else "",
        ref=row.ref,
    )


def _when(row: Listed) -> tuple[list[int], bool]:
    """Return what sorts lines by their moment, a document before what is said of it."""
    numbers = [int(one) for one in _NUMBERS.findall(row.made_at)]
    if len(numbers) > 2 and numbers[2] > numbers[0]:  # noqa: PLR2004 -- day, month, year
        numbers[0], numbers[2] = numbers[2], numbers[0]
    return numbers, row.kind == STATUS
