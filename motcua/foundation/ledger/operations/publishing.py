"""Write what anybody may have as plain files: heads, leaves, tiles, keys, the tool that checks.

A file is written beside its place and moved there; only the latest of each sort ever grows.
"""

import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)
from django.conf import settings
from django.db import transaction

from motcua.foundation.ledger.choices import StreamName
from motcua.foundation.ledger.models import Head, HeadKey, Stream
from motcua.foundation.ledger.queries.heads import (
    SignatureShown,
    checkpoint_of,
    known_keys,
    latest_head,
    signatures_of,
    stamps_of,
)
from motcua.foundation.ledger.queries.leaves import leaves_between
from motcua.foundation.ledger.queries.published import CHECKPOINT, folder
from motcua.foundation.ledger.queries.tiles import consistency_of, tiles_of
from motcua.lib.canonical import moment
from motcua.lib.merkle import HASH, TILE, TILE_BITS, Key, leaf_hash

from .sealing import stop

TOOL, LIST = "verify_ledger.py", "files"
_FILES_AT_ONCE = 40
_PER_FOLDER = 1000


def publish(*, at: datetime, anew: bool = False) -> int:
    """Write the files of all heads not yet published; return the size of the latest, 0 for none.

    `anew` writes everything again from the rows. A leaf that is not what was sealed stops the
    stream, and nothing is written.
    Locks: the public stream's row, so that one process writes.
    """
    place = folder()
    head = latest_head()
    if place is None or head is None:
        return 0
    with transaction.atomic():
        stream = Stream.objects.select_for_update().get(pk=StreamName.PROMISES)
        begun = 0 if anew else stream.published_size
        if begun >= head.size:
            return 0
        wrong = first_wrong_line(begun, head.size)
        if wrong is not None:
            stop(stream, f"Lá số {wrong} không còn như lúc niêm phong.", at=at)
            return 0
        _write_entries(place, begun, head.size)
        _write_tiles(place, begun, head.size)
        _write_heads(place, begun)
        _write_tool_and_keys(place)
        _write(place / LIST, "".join(f"{name}\n" for name in _names(place, head.size)).encode())
        _write(place / CHECKPOINT, checkpoint_of(head).encode())
        Stream.objects.filter(pk=stream.pk).update(published_size=head.size)
    return head.size


def first_wrong_line(begun: int, size: int) -> int | None:
    """Return the first leaf to be published that is missing or not what was sealed."""
    read = tiles_of(StreamName.PROMISES)
    for number in range(begun // TILE, (size - 1) // TILE + 1):
        first, end = number * TILE, min((number + 1) * TILE, size)
        held = read([(0, number)]).get((0, number), b"")
        found = b"".join(leaf_hash(line) for line in leaves_between(first, end))
        if found != held[: (end - first) * HASH]:
            wrong = (i for i in range(end - first) if _at(found, i) != _at(held, i))
            return first + next(wrong, 0)
    return None


def _at(hashes: bytes, index: int) -> bytes:
    return hashes[index * HASH : (index + 1) * HASH]


def entry_path(number: int) -> str:
    """Return the name of the file with leaves 256·number and following."""
    return f"entries/{number // _PER_FOLDER:03}/{number % _PER_FOLDER:03}.jsonl"


def tile_path(key: Key) -> str:
    """Return the name of the file of a tile."""
    level, number = key
    return f"tile/{level}/{number // _PER_FOLDER:03}/{number % _PER_FOLDER:03}"


def head_path(head: Head) -> str:
    """Return the name of the file of a head."""
    return f"heads/{moment(head.at)[:7]}/{head.size}.json"


def _names(place: Path, size: int) -> Iterator[str]:
    """Yield the name of each file that belongs to a copy, the latest head last."""
    yield from (TOOL, "keys.json", LIST)
    yield from (entry_path(number) for number in range((size - 1) // TILE + 1))
    yield from (tile_path(key) for key in _grown(0, size))
    yield from sorted(f"{one.relative_to(place)}" for one in place.glob("heads/*/[!.]*"))
    yield CHECKPOINT


def _write_entries(place: Path, begun: int, size: int) -> None:
    first, end = begun // TILE, (size - 1) // TILE + 1
    for number in range(first, end, _FILES_AT_ONCE):
        until = min(number + _FILES_AT_ONCE, end)
        lines = leaves_between(number * TILE, min(until * TILE, size))
        for one in range(number, until):
            own = lines[(one - number) * TILE : (one - number + 1) * TILE]
            _write(place / entry_path(one), b"".join(line + b"\n" for line in own))


def _write_tiles(place: Path, begun: int, size: int) -> None:
    read = tiles_of(StreamName.PROMISES)
    for keys in _in_parts(list(_grown(begun, size)), _FILES_AT_ONCE):
        for (level, number), hashes in read(keys).items():
            held = min((size >> (TILE_BITS * level)) - number * TILE, TILE)
            _write(place / tile_path((level, number)), hashes[: held * HASH])


def _grown(begun: int, size: int) -> Iterator[Key]:
    """Yield the tiles that are new or longer since the tree had `begun` leaves."""
    level = 0
    while size:
        yield from ((level, number) for number in range(begun // TILE, (size - 1) // TILE + 1))
        level, begun, size = level + 1, begun // TILE, size // TILE


def _in_parts(keys: Sequence[Key], most: int) -> Iterator[Sequence[Key]]:
    return (keys[i : i + most] for i in range(0, len(keys), most))


def _write_heads(place: Path, begun: int) -> None:
    new = list(Head.objects.filter(stream=StreamName.PROMISES, size__gt=begun).order_by("size"))
    sizes = [head.size for head in new]
    signatures, stamps = signatures_of(sizes), stamps_of(sizes)
    for head in new:
        _write_head(place, head, signatures[head.size], stamps.get(head.size, b""))
    for month in {moment(head.at)[:7] for head in new}:
        _write_index(place, month)


def _write_index(place: Path, month: str) -> None:
    """Write the list of a month's heads, so that others find them."""
    sizes = sorted(int(file.stem) for file in (place / "heads" / month).glob("*.json"))
    _write(place / "heads" / month / "index", "".join(f"{size}\n" for size in sizes).encode())


def _write_head(
    place: Path, head: Head, signatures: Sequence[SignatureShown], stamp: bytes
) -> None:
    """Write a head; with a time stamp also what is stamped and the stamp, for other tools."""
    file = place / head_path(head)
    _write(file, head_json(head, signatures, stamp))
    if stamp:
        _write(file.with_suffix(".txt"), head.text.encode())
        _write(file.with_suffix(".tst"), stamp)


def head_json(head: Head, signatures: Sequence[SignatureShown], stamp: bytes = b"") -> bytes:
    """Return a head with its signatures and the proof that it extends the one before it."""
    before = head.previous_size
    proof = consistency_of(StreamName.PROMISES, before, head.size) if before else []
    plain = {
        "text": head.text,
        "signatures": [
            {"name": s.name, "kind": s.kind, "key": _word(s.public_key), "at": moment(s.at)}
            | {"signature": _word(s.signature)}
            for s in signatures
        ],
        "previous": before,
        "consistency": [_word(one) for one in proof],
    } | ({"time_stamp": _word(stamp)} if stamp else {})
    return json.dumps(plain, ensure_ascii=False, indent=1).encode()


def publish_signatures(size: int) -> None:
    """Write a head again after somebody sealed, countersigned or stamped it."""
    place = folder()
    head = Head.objects.get(stream=StreamName.PROMISES, size=size)
    if place is None or not (place / head_path(head)).exists():
        return
    _write_head(place, head, signatures_of([size])[size], stamps_of([size]).get(size, b""))
    _write_tool_and_keys(place)
    with transaction.atomic():
        stream = Stream.objects.select_for_update().get(pk=StreamName.PROMISES)
        if stream.published_size == size:
            _write(place / CHECKPOINT, checkpoint_of(head).encode())


def _write_tool_and_keys(place: Path) -> None:
    _write(place / TOOL, (Path(settings.ROOT) / "tools" / TOOL).read_bytes())
    keys = [_plain_key(key) for key in known_keys()]
    _write(place / "keys.json", json.dumps(keys, ensure_ascii=False, indent=1).encode())


def _plain_key(key: HeadKey) -> dict[str, str]:
    public = load_der_public_key(bytes(key.public_key))
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    ended = {"ended": moment(key.ended_at)} if key.ended_at else {}
    plain = {"name": key.name, "kind": str(key.kind), "sha256": key.sha256, "key": pem}
    return plain | {"added": moment(key.added_at)} | ended


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.new")
    beside.write_bytes(content)
    beside.replace(file)


def _word(content: bytes) -> str:
    return b64encode(content).decode()
