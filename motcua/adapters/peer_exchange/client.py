"""Our end towards a partner: hand over, come for what waits there, compare counts.

A partner that answers 200 is believed only with a receipt that fits; anything else is tried again.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from threading import local
from typing import IO, Any, cast

from motcua.casework.exchange import api as exchange
from motcua.casework.exchange.api import (
    Became,
    CannotWrite,
    CarrierAway,
    CarrierRefuses,
    CounterpartInfo,
    Greeting,
    Handed,
    MessageKind,
    PairCount,
    Parcel,
    Trouble,
    Way,
)
from motcua.lib.clock import now

from .bundles import bundled
from .packing import Damaged, Packed, TooMuch, Unpacking, packed
from .receipts import BadLabel, BadReceipt, Label, read_label, read_receipt, write_receipt
from .wire import Answer, HttpsWire, Request, Wire

LABEL, UPLOAD = "X-Motcua-Label", "X-Motcua-Upload"
AT_ONCE = 1_000_000  # bytes: what is larger goes in pieces
BUNDLE = 2_000_000  # bytes: what is smaller goes together, until there are so many
PIECE = 1_000_000
MOST_MESSAGE = 400_000_000
_IN_MEMORY = 1_000_000
_FINAL: dict[object, str] = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Đối tác không nhận gói tin lớn như vậy.",
    HTTPStatus.BAD_REQUEST: "Đối tác không hiểu nhãn của gói tin.",
}
_AWAY: dict[object, str] = {
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
        with packed(parcel.write) as ready:
            return self._hand(parcel.counterpart, _label_of(parcel, ready), ready)

    def carry_all(self, parcels: Sequence[Parcel]) -> Iterator[Became]:
        """Hand parcels over, small ones several in a request; yield what became of each.

        Once the line is down the rest is not tried.
        """
        bundle: dict[int, tuple[Label, bytes]] = {}
        left = dict(enumerate(parcels))
        while left:
            place = min(left)
            became: Became = {}
            try:
                with packed(left[place].write) as ready:
                    label = _label_of(left.pop(place), ready)
                    if parcels[place].is_again or ready.packed_size > AT_ONCE:
                        became[place] = self._hand(parcels[place].counterpart, label, ready)
                    else:
                        bundle[place] = (label, ready.file.read())
            except (CarrierAway, CarrierRefuses, CannotWrite, OSError) as error:
                left.pop(place, None)
                became[place] = error
            if not left or sum(len(body) for _, body in bundle.values()) > BUNDLE:
                became |= self._hand_bundle(parcels[place].counterpart, bundle)
                bundle = {}
            if (down := _line_down(became.values())) is not None:
                became = {**dict.fromkeys([*bundle, *left], down), **became}
                left.clear()
            if became:
                yield became

    def _hand(self, partner: CounterpartInfo, label: Label, ready: Packed) -> Handed:
        """Hand one parcel over. Raises: CarrierAway, CarrierRefuses."""
        if ready.packed_size <= AT_ONCE:
            return self._post(partner, label, ready.file.read())
        _upload(self._wire(partner), ready)
        return self._post(partner, label, b"", upload=ready.packed_sha256)

    def _post(
        self, partner: CounterpartInfo, label: Label, body: bytes, *, upload: str = ""
    ) -> Handed:
        """Raises: CarrierAway, CarrierRefuses."""
        headers = {LABEL: label.as_json(), **({UPLOAD: upload} if upload else {})}
        request = Request("POST", "/v1/parcels", headers, body)
        said = _checked(self._wire(partner).send(request))
        handed = _handed(said, label, partner)
        _send_missing(partner, _place(label), said.get("missing"))
        return handed

    def _hand_bundle(
        self, partner: CounterpartInfo, bundle: Mapping[int, tuple[Label, bytes]]
    ) -> Became:
        """Hand over what was put together, each known by its place; what became of each."""
        try:
            if len(bundle) == 1:
                [(place, (label, body))] = bundle.items()
                return {place: self._post(partner, label, body)}
            return self._post_all(partner, bundle) if bundle else {}
        except (CarrierAway, CarrierRefuses) as error:
            return dict.fromkeys(bundle, error)

    def _post_all(
        self, partner: CounterpartInfo, bundle: Mapping[int, tuple[Label, bytes]]
    ) -> Became:
        """Raises: CarrierAway, CarrierRefuses."""
        whole = b"".join(bundled(label, body) for label, body in bundle.values())
        said = _checked(self._wire(partner).send(Request("POST", "/v1/bundles", body=whole)))
        found = said.get("parcels")
        if not isinstance(found, list) or len(found) != len(bundle):
            raise CarrierAway("Đối tác trả lời điều không hiểu được.")
        for pair, numbers in _pairs_missing(said.get("missing")):
            _send_missing(partner, pair, numbers)
        answers = zip(bundle.items(), found, strict=True)
        return {place: _answered(one, label, partner) for (place, (label, _)), one in answers}

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


def _line_down(said: Iterable[Handed | Trouble]) -> CarrierAway | None:
    down = (one for one in said if isinstance(one, CarrierAway) and one.is_line_down)
    return next(down, None)


def _handed(said: Mapping[str, Any], label: Label, partner: CounterpartInfo) -> Handed:
    """Return that a partner has a parcel, by its receipt. Raises: CarrierAway."""
    try:
        return Handed(is_delivered=True, receipt=read_receipt(said, label, partner))
    except BadReceipt as error:
        message = f"{partner.name} trả lời đã nhận nhưng {error}; hệ thống tự gửi lại."
        raise CarrierAway(message) from error


def _answered(said: object, label: Label, partner: CounterpartInfo) -> Handed | Trouble:
    """Return what a partner says of one parcel among others."""
    told = said if isinstance(said, dict) else {}
    try:
        _check(told.get("status"))
        return _handed(told, label, partner)
    except (CarrierAway, CarrierRefuses) as error:
        return error


def _pairs_missing(found: object) -> Iterable[tuple[PairCount, object]]:
    for one in found if isinstance(found, list) else []:
        with suppress(ValueError, TypeError):
            kind, sender, receiver, numbers = one
            yield PairCount(MessageKind(kind), str(sender), str(receiver), 0), numbers


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
    _check(answer.status)
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise CarrierAway("Đối tác trả lời điều không hiểu được.") from error
    if not isinstance(said, dict) or "error" in said:
        raise CarrierAway("Đối tác trả lời 200 nhưng báo lỗi bên trong; hệ thống tự gửi lại.")
    return said


def _check(status: object) -> None:
    """Raises: CarrierAway, CarrierRefuses."""
    if status in _FINAL:
        raise CarrierRefuses(_FINAL[status])
    if status in _AWAY:
        raise CarrierAway(_AWAY[status])
    if status != HTTPStatus.OK:
        raise CarrierAway(f"Đối tác trả lời lỗi {str(status)[:20]}; hệ thống tự gửi lại.")


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
