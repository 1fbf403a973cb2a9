"""What a partner asks of us, and what we answer: no sockets here.

Source: docs/law/exchange.md
"""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import IO, Any, cast
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

from motcua.casework.exchange import api as exchange
from motcua.casework.exchange.api import CounterpartInfo, MessageKind, PairCount
from motcua.foundation.organisation import api as organisation

from . import uploads
from .bundles import parts_of
from .client import LABEL, MOST_MESSAGE, UPLOAD, line_of
from .packing import Damaged, Packed, TooMuch, Unpacking
from .receipts import BadLabel, BadReceipt, Label, read_label, read_receipt, write_receipt

logger = logging.getLogger(__name__)
PIECE = 1_000_000
_MOST_SAID = 2_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a partner that was recognised by its certificate."""

    partner: CounterpartInfo
    method: str
    target: str
    headers: Any
    body: IO[bytes]
    at: datetime

    @property
    def path(self) -> tuple[str, ...]:
        """Return the address in its parts."""
        return tuple(part for part in urlsplit(self.target).path.split("/") if part)

    @property
    def offset(self) -> int:
        """Return the place asked for. Raises: ValueError."""
        return int(parse_qs(urlsplit(self.target).query).get("offset", ["0"])[0])


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered, and how many parcels were taken."""

    status: HTTPStatus
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    taken: int = 0


def _said(**words: Any) -> Reply:
    return Reply(HTTPStatus.OK, json.dumps(words).encode())


def reply_to(asked: Asked) -> Reply:
    """Answer one request; what went wrong here is told by the status, and tried again there.

    Raises: OSError if the line broke.
    """
    act = _acts().get((asked.method, asked.path[1:2]))
    if asked.path[:1] != ("v1",) or act is None:
        return Reply(HTTPStatus.NOT_FOUND)
    try:
        return act(asked)
    except (BadLabel, ValueError):
        return Reply(HTTPStatus.BAD_REQUEST)
    except (TooMuch, exchange.TooLarge):
        return Reply(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except Damaged:
        return Reply(HTTPStatus.UNPROCESSABLE_ENTITY)
    except ConnectionError:
        raise
    except OSError as error:
        logger.warning("exchange_disk", extra={"error": str(error)})
        return Reply(HTTPStatus.INSUFFICIENT_STORAGE)


def _acts() -> dict[tuple[str, tuple[str, ...]], Callable[[Asked], Reply]]:
    return {
        ("GET", ("hello",)): _hello,
        ("POST", ("parcels",)): _take,
        ("POST", ("bundles",)): _take_all,
        ("GET", ("parcels",)): _give,
        ("GET", ("uploads",)): _how_far,
        ("PUT", ("uploads",)): _take_piece,
        ("GET", ("waiting",)): _waiting,
        ("POST", ("receipts",)): _receipt,
        ("POST", ("counts",)): _counts,
    }


def _hello(_: Asked) -> Reply:
    """Say who we are and which agencies are reached here."""
    living = (one for one in organisation.tree().agencies() if one.is_living and one.code)
    agencies = sorted((one.code, one.name) for one in living)
    return _said(site=settings.SITE["place"] or settings.SITE["name"], agencies=agencies)


def _take(asked: Asked) -> Reply:
    """Take one parcel: kept once, whatever is in it, then acknowledged with a receipt."""
    label = read_label(asked.headers.get(LABEL, ""))
    line = line_of(label, asked.partner)
    place = None
    if upload := asked.headers.get(UPLOAD, ""):
        place = uploads.place_of(asked.partner.code, upload)
        if place is None:
            raise BadLabel(upload)
        with place.open("rb") as stream:
            _keep(stream, label, line, asked.at)
        place.unlink(missing_ok=True)
    else:
        _keep(asked.body, label, line, asked.at)
    missing = exchange.missing_before(line)
    return replace(_said(missing=missing, **write_receipt(label, at=asked.at)), taken=1)


def _take_all(asked: Asked) -> Reply:
    """Take parcels that came together: each that is whole is kept and acknowledged by itself."""
    labels: list[Label] = []
    said: list[dict[str, Any]] = []
    with ExitStack() as held:
        came = []
        for label, part in parts_of(asked.body):
            message = Unpacking(cast("IO[bytes]", part), sha256_hex=label.sha256, most=MOST_MESSAGE)
            line = line_of(label, asked.partner)
            try:
                one = held.enter_context(exchange.taking(cast("IO[bytes]", message), line))
            except (TooMuch, exchange.TooLarge):
                said.append({"status": HTTPStatus.REQUEST_ENTITY_TOO_LARGE})
            except Damaged:
                said.append({"status": HTTPStatus.UNPROCESSABLE_ENTITY})
            else:
                came.append(one)
                labels.append(label)
                said.append({"status": HTTPStatus.OK, **write_receipt(label, at=asked.at)})
        exchange.keep_all(came, at=asked.at)
    last = {(one.kind, one.sender, one.receiver): one for one in labels}
    missing = [
        [*pair, exchange.missing_before(line_of(label, asked.partner))]
        for pair, label in last.items()
    ]
    return replace(_said(parcels=said, missing=missing), taken=len(came))


def _keep(stream: IO[bytes], label: Label, line: exchange.Line, at: datetime) -> None:
    message = Unpacking(stream, sha256_hex=label.sha256, most=MOST_MESSAGE)
    exchange.keep_in(cast("IO[bytes]", message), line, at=at)


def _how_far(asked: Asked) -> Reply:
    place = uploads.place_of(asked.partner.code, asked.path[2])
    if place is None:
        raise ValueError(asked.target)
    return _said(have=uploads.have(place))


def _take_piece(asked: Asked) -> Reply:
    place = uploads.place_of(asked.partner.code, asked.path[2])
    if place is None:
        raise ValueError(asked.target)
    return _said(have=uploads.take_piece(place, asked.offset, _pieces(asked.body)))


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(1 << 16):
        yield piece


def _waiting(asked: Asked) -> Reply:
    """Say what lies ready for a partner, and how far we have counted what goes to it."""
    code = asked.partner.code
    ready = [
        [str(one.kind), one.sender_code, one.receiver_code, one.number]
        for one in exchange.waiting_for(code)
    ]
    latest = [
        [str(one.kind), one.sender_code, one.receiver_code, one.latest]
        for one in exchange.sent_counts(code)
    ]
    return _said(waiting=ready, latest=latest)


def _pair(kind: str, sender: str, receiver: str, number: object) -> PairCount:
    """Raises: ValueError."""
    return PairCount(MessageKind(kind), sender, receiver, int(str(number)))


def _give(asked: Asked) -> Reply:
    """Give a piece of a parcel that a partner comes for."""
    if len(asked.path) != len(("v1", "parcels", "kind", "sender", "receiver", "number")):
        return Reply(HTTPStatus.NOT_FOUND)
    pair = _pair(*asked.path[2:])
    parcel = exchange.parcel_numbered(asked.partner, pair, at=asked.at)
    if parcel is None:
        return Reply(HTTPStatus.NOT_FOUND)

    def labelled(ready: Packed) -> Label:
        return Label(
            pair.kind,
            pair.sender_code,
            pair.receiver_code,
            pair.latest,
            ready.sha256,
            ready.size,
            parcel.code,
            parcel.about,
        )

    name = _name(pair)
    with uploads.laid_out(asked.partner.code, name, parcel.write, labelled) as (label, file, size):
        file.seek(asked.offset)
        body = file.read(PIECE)
    headers = ((LABEL, label.as_json()), ("X-Motcua-Size", str(size)))
    return Reply(HTTPStatus.PARTIAL_CONTENT, body, headers)


def _name(pair: PairCount) -> str:
    """Return the name under which a parcel lies ready; codes hold no sign that leads elsewhere."""
    codes = f"{pair.sender_code}_{pair.receiver_code}".replace("/", "_")
    return f"{pair.kind}_{codes}_{pair.latest}"


def _read(asked: Asked) -> dict[str, Any]:
    """Raises: ValueError."""
    said = json.loads(asked.body.read(_MOST_SAID))
    return said if isinstance(said, dict) else {}


def _receipt(asked: Asked) -> Reply:
    """Keep that a partner took what it came for."""
    said = _read(asked)
    label = read_label(str(said.get("label", "")))
    try:
        receipt = read_receipt(said, label, asked.partner)
    except BadReceipt as error:
        raise ValueError(str(error)) from error
    pair = PairCount(label.kind, label.sender, label.receiver, label.number)
    exchange.note_taken(asked.partner.code, pair, receipt, at=asked.at)
    uploads.forget(asked.partner.code, _name(pair))
    return _said(ok=True)


def _counts(asked: Asked) -> Reply:
    """Say what never came, by how far the partner says it has counted."""
    told = _read(asked).get("pairs")
    pairs = []
    for one in told if isinstance(told, list) else []:
        with suppress(ValueError, TypeError):
            pairs.append(_pair(*one))
    missing = exchange.missing_of(pairs)
    return _said(
        missing=[
            [str(pair.kind), pair.sender_code, pair.receiver_code, numbers]
            for pair, numbers in missing.items()
        ]
    )
