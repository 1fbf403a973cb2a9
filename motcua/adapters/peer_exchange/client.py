"""Our end towards a partner: hand over, come for what waits there, compare counts.

A partner that answers 200 is believed only with a receipt that fits; anything else is tried again.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from threading import local
from typing import IO, Any, cast

from motcua.casework.exchange import api as exchange
from motcua.casework.exchange.api import (
    CarrierAway,
    CarrierRefuses,
    CounterpartInfo,
    Greeting,
    Handed,
    MessageKind,
    PairCount,
    Parcel,
    Way,
)
from motcua.lib.clock import now

from .packing import Damaged, Packed, TooMuch, Unpacking, packed
from .receipts import BadLabel, BadReceipt, Label, read_label, read_receipt, write_receipt
from .wire import Answer, HttpsWire, Request, Wire

LABEL, UPLOAD = "X-Motcua-Label", "X-Motcua-Upload"
AT_ONCE = 1_000_000  # bytes: what is larger goes in pieces
PIECE = 1_000_000
MOST_MESSAGE = 400_000_000
_IN_MEMORY = 1_000_000
_FINAL = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Đối tác không nhận gói tin lớn như vậy.",
    HTTPStatus.BAD_REQUEST: "Đối tác không hiểu nhãn của gói tin.",
}
_AWAY = {
    HTTPStatus.FORBIDDEN: "Đối tác chưa khai báo, hoặc đã thôi dùng chứng thư của ta.",
    HTTPStatus.INSUFFICIENT_STORAGE: "Đối tác hết chỗ lưu; hệ thống tự gửi lại.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Gói tin tới nơi bị hỏng; hệ thống tự gửi lại.",
}
OpenWire = Callable[[CounterpartInfo], Wire]


class PeerCarrier:
    """Implements `exchange.Carrier`; every thread has lines of its own."""

    name = Way.PEER.value

    def __init__(self, open_wire: OpenWire = HttpsWire) -> None:
        self._open_wire = open_wire
        self._kept = local()

    def carry(self, parcel: Parcel) -> Handed:
        """Hand a parcel over. Raises: CarrierAway, CarrierRefuses."""
        partner = parcel.counterpart
        wire = self._wire(partner)
        with packed(parcel.write) as ready:
            label = _label_of(parcel, ready)
            headers = {LABEL: label.as_json()}
            body = b""
            if ready.packed_size > AT_ONCE:
                _upload(wire, ready)
                headers[UPLOAD] = ready.packed_sha256
            else:
                body = ready.file.read()
            said = _checked(wire.send(Request("POST", "/v1/parcels", headers, body)))
        try:
            receipt = read_receipt(said, label, partner)
        except BadReceipt as error:
            message = f"{partner.name} trả lời đã nhận nhưng {error}; hệ thống tự gửi lại."
            raise CarrierAway(message) from error
        _send_missing(partner, _place(label), said.get("missing"))
        return Handed(is_delivered=True, receipt=receipt)

    def fetch(self, counterpart: CounterpartInfo, *, at: datetime) -> int:
        """Take in what waits for us there, and what is missing in the count.

        Raises: CarrierAway, CarrierRefuses.
        """
        wire = self._wire(counterpart)
        said = _checked(wire.send(Request("GET", "/v1/waiting")))
        waiting = [*_pairs(said.get("waiting")), *_missing(_pairs(said.get("latest")))]
        return sum(_fetch_one(wire, counterpart, one, at) for one in dict.fromkeys(waiting))

    def ask(self, counterpart: CounterpartInfo) -> Greeting:
        """Return who answers there. Raises: CarrierAway, CarrierRefuses."""
        said = _checked(self._wire(counterpart).send(Request("GET", "/v1/hello")))
        named = said.get("agencies")
        agencies = tuple(
            (str(one[0]), str(one[1]))
            for one in (named if isinstance(named, list) else [])
            if isinstance(one, list) and len(one) > 1
        )
        return Greeting(str(said.get("site", ""))[:200], agencies)

    def compare(self, counterpart: CounterpartInfo, *, at: datetime) -> int:
        """Tell how far we have counted, and queue again what never came; return how much.

        Raises: CarrierAway, CarrierRefuses.
        """
        counts = exchange.sent_counts(counterpart.code)
        if not counts:
            return 0
        told = [[str(one.kind), one.sender_code, one.receiver_code, one.latest] for one in counts]
        body = json.dumps({"pairs": told}).encode()
        said = _checked(self._wire(counterpart).send(Request("POST", "/v1/counts", body=body)))
        found = said.get("missing")
        again = 0
        for kind, sender, receiver, numbers in found if isinstance(found, list) else []:
            pair = PairCount(MessageKind(kind), str(sender), str(receiver), 0)
            again += exchange.send_again(counterpart.code, pair, _numbers(numbers), at=at)
        return again

    def _wire(self, partner: CounterpartInfo) -> Wire:
        """Return this thread's line to a partner, a new one when what we know of it changed."""
        kept: dict[str, tuple[CounterpartInfo, Wire]] = self._kept.__dict__
        known, wire = kept.get(partner.code, (None, None))
        if wire is not None and known == partner:
            return wire
        if wire is not None:
            wire.close()
        made = self._open_wire(partner)
        kept[partner.code] = (partner, made)
        return made


def _label_of(parcel: Parcel, ready: Packed) -> Label:
    return Label(
        kind=parcel.kind,
        sender=parcel.sender_code,
        receiver=parcel.receiver_code,
        number=parcel.number,
        sha256=ready.sha256,
        size=ready.size,
        code=parcel.code,
        about=parcel.about,
    )


def _place(label: Label) -> PairCount:
    return PairCount(label.kind, label.sender, label.receiver, label.number)


def _checked(answer: Answer) -> dict[str, Any]:
    """Return what an answer says. Raises: CarrierAway, CarrierRefuses."""
    status = answer.status
    if status in _FINAL:
        raise CarrierRefuses(_FINAL[HTTPStatus(status)])
    if status in _AWAY:
        raise CarrierAway(_AWAY[HTTPStatus(status)])
    if status != HTTPStatus.OK:
        raise CarrierAway(f"Đối tác trả lời lỗi {status}; hệ thống tự gửi lại.")
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise CarrierAway("Đối tác trả lời điều không hiểu được.") from error
    if not isinstance(said, dict) or "error" in said:
        raise CarrierAway("Đối tác trả lời 200 nhưng báo lỗi bên trong; hệ thống tự gửi lại.")
    return said


def _upload(wire: Wire, ready: Packed) -> None:
    """Send a large parcel in pieces, from where an earlier try was cut.

    Raises: CarrierAway, CarrierRefuses.
    """
    path = f"/v1/uploads/{ready.packed_sha256}"
    have = _have(wire.send(Request("GET", path)))
    stuck = 0
    while have < ready.packed_size:
        ready.file.seek(have)
        piece = ready.file.read(PIECE)
        said = _have(wire.send(Request("PUT", f"{path}?offset={have}", body=piece)))
        stuck = 0 if said > have else stuck + 1
        if stuck > 1 or said > ready.packed_size:
            raise CarrierAway("Đối tác không nhận tiếp các phần của gói tin.")
        have = said


def _have(answer: Answer) -> int:
    """Return how much of a parcel is there. Raises: CarrierAway, CarrierRefuses."""
    try:
        return int(_checked(answer)["have"])
    except (KeyError, ValueError, TypeError) as error:
        raise CarrierAway("Đối tác trả lời điều không hiểu được.") from error


def _send_missing(partner: CounterpartInfo, pair: PairCount, missing: object) -> None:
    """Queue again what the partner says never came."""
    if numbers := _numbers(missing):
        exchange.send_again(partner.code, pair, numbers, at=now())


def _numbers(found: object) -> list[int]:
    return [one for one in found if isinstance(one, int)] if isinstance(found, list) else []


def _pairs(found: object) -> list[PairCount]:
    pairs = []
    for one in found if isinstance(found, list) else []:
        with suppress(ValueError, TypeError, IndexError):
            kind, sender, receiver, number = one
            pairs.append(PairCount(MessageKind(kind), str(sender), str(receiver), int(number)))
    return pairs


def _missing(latest: Sequence[PairCount]) -> Iterable[PairCount]:
    """Return, one by one, what never came though the partner has counted further."""
    for pair, numbers in exchange.missing_of(latest).items():
        for number in numbers:
            yield PairCount(pair.kind, pair.sender_code, pair.receiver_code, number)


def _fetch_one(wire: Wire, partner: CounterpartInfo, one: PairCount, at: datetime) -> int:
    """Take in one parcel and say so with a receipt; what is no more there is left out."""
    path = f"/v1/parcels/{one.kind}/{one.sender_code}/{one.receiver_code}/{one.latest}"
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as target:
        label = _download(wire, path, target)
        if label is None:
            return 0
        target.seek(0)
        line = line_of(label, partner)
        try:
            message = Unpacking(target, sha256_hex=label.sha256, most=MOST_MESSAGE)
            exchange.keep_in(cast("IO[bytes]", message), line, at=at)
        except (Damaged, TooMuch) as error:
            raise CarrierAway("Gói tin lấy về bị hỏng; hệ thống tự lấy lại.") from error
    receipt = {"label": label.as_json(), **write_receipt(label, at=at)}
    _checked(wire.send(Request("POST", "/v1/receipts", body=json.dumps(receipt).encode())))
    return 1


def _download(wire: Wire, path: str, target: IO[bytes]) -> Label | None:
    """Take a parcel piece by piece; None if there is none. Raises: CarrierAway."""
    have, whole = 0, 1
    label: Label | None = None
    while have < whole:
        answer = wire.send(Request("GET", f"{path}?offset={have}"))
        if answer.status == HTTPStatus.NOT_FOUND:
            return None
        if answer.status != HTTPStatus.PARTIAL_CONTENT or not answer.body:
            raise CarrierAway(f"Đối tác không giao gói tin (lỗi {answer.status}).")
        headers = {name.lower(): value for name, value in answer.headers.items()}
        try:
            label = read_label(headers[LABEL.lower()])
            whole = int(headers["x-motcua-size"])
        except (KeyError, ValueError, BadLabel) as error:
            raise CarrierAway("Đối tác giao gói tin không có nhãn.") from error
        target.write(answer.body)
        have += len(answer.body)
    return label


def line_of(label: Label, partner: CounterpartInfo) -> exchange.Line:
    """Return how something came, by its label."""
    return exchange.Line(
        counterpart=partner.code,
        sender_code=label.sender,
        receiver_code=label.receiver,
        number=label.number,
        kind=label.kind,
        their_code=label.code,
        about=label.about,
        sha256=label.sha256,
    )
