"""How an order travels to the program that examines.

One line of JSON, then the file beside a signature, if there is one, then the file itself.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from .report import World


def order_of(world: World, content: bytes, beside: bytes | None = None) -> bytes:
    """Return whom to believe and what to examine, as it is sent."""
    plain = {
        "at": world.at.isoformat(),
        "anchors": [[_text(der), name] for der, name in world.anchors.items()],
        "others": list(map(_text, world.others)),
        "crls": list(map(_text, world.crls)),
        "ocsps": list(map(_text, world.ocsps)),
        "revoked": {digest: since.isoformat() for digest, since in world.revoked.items()},
        "beside": None if beside is None else len(beside),
    }
    return json.dumps(plain).encode() + b"\n" + (beside or b"") + content


def read_order(source: BinaryIO) -> tuple[World, bytes, bytes | None]:
    """Return the world, the file, and what lies beside it."""
    plain = json.loads(source.readline())
    beside = None if plain["beside"] is None else source.read(plain["beside"])
    content = source.read()
    world = World(
        at=datetime.fromisoformat(plain["at"]),
        anchors={b64decode(der): name for der, name in plain["anchors"]},
        others=_bytes(plain["others"]),
        crls=_bytes(plain["crls"]),
        ocsps=_bytes(plain["ocsps"]),
        revoked={one: datetime.fromisoformat(at) for one, at in plain["revoked"].items()},
    )
    return world, content, beside


def _text(der: bytes) -> str:
    return b64encode(der).decode()


def _bytes(texts: Iterable[str]) -> tuple[bytes, ...]:
    return tuple(map(b64decode, texts))
