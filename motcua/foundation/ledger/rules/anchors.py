"""Read a leaf that binds a private stream to the public one."""

import json
from typing import NamedTuple

from .heads import read_word


class Anchor(NamedTuple):
    """Size and root of a private stream, as the public one states them."""

    stream: str
    size: int
    root: bytes


def read_anchor(public: bytes) -> Anchor:
    """Return what the public part of an anchor says."""
    plain = json.loads(public)
    return Anchor(plain["t"], plain["n"], read_word(plain["r"]))
