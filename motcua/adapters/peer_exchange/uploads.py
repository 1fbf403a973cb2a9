"""Parcels that come in pieces, and parcels laid out for who comes for them: files on their way."""

import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from motcua.casework.exchange import api as exchange

from .packing import packed
from .receipts import Label, read_label

MOST_PACKED = 300_000_000
_HASH = re.compile(r"[0-9a-f]{64}")
_PARTNER = re.compile(r"[a-z0-9-]{2,40}")
_OLD_S = 3 * 24 * 3600


def _folder(name: str, partner: str) -> Path:
    if not _PARTNER.fullmatch(partner):
        raise ValueError(partner)
    folder = Path(settings.FILES_DIR) / name / partner
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def place_of(partner: str, packed_sha256: str) -> Path | None:
    """Return where the pieces of a parcel lie; None for what is no hash."""
    if not _HASH.fullmatch(packed_sha256):
        return None
    return _folder("arriving", partner) / packed_sha256


def have(place: Path) -> int:
    """Return how many bytes of a parcel are there."""
    try:
        return place.stat().st_size
    except FileNotFoundError:
        return 0


def take_piece(place: Path, offset: int, pieces: Iterator[bytes]) -> int:
    """Add a piece where it belongs; return how many bytes are there now.

    A piece at another place changes nothing.
    """
    exchange.check_space()
    if offset != have(place):
        return have(place)
    with place.open("ab") as target:
        for piece in pieces:
            if target.tell() + len(piece) > MOST_PACKED:
                break
            target.write(piece)
    return have(place)


@contextmanager
def laid_out(
    partner: str, name: str, write: Callable[[Any], None], label: Callable[[Any], Label]
) -> Iterator[tuple[Label, IO[bytes], int]]:
    """Hold a parcel that a partner comes for: its label, its bytes, how many they are.

    It is packed once, however many pieces are asked for.
    """
    folder = _folder("leaving", partner)
    place, beside = folder / name, folder / f"{name}.label"
    if not (place.exists() and beside.exists()):
        exchange.check_space()
        with packed(write) as ready:
            with place.open("wb") as target:
                shutil.copyfileobj(ready.file, target)
            beside.write_text(label(ready).as_json())
    with place.open("rb") as stream:
        yield read_label(beside.read_text()), stream, place.stat().st_size


def forget(partner: str, name: str) -> None:
    """Remove a parcel that was laid out."""
    folder = _folder("leaving", partner)
    (folder / name).unlink(missing_ok=True)
    (folder / f"{name}.label").unlink(missing_ok=True)


def sweep() -> int:
    """Remove what lies on its way for days; return how much."""
    gone = 0
    for name in ("arriving", "leaving"):
        for place in (Path(settings.FILES_DIR) / name).glob("*/*"):
            if place.stat().st_mtime < time.time() - _OLD_S:
                place.unlink(missing_ok=True)
                gone += 1
    return gone
