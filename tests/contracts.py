"""The order of the building, read from the import contracts, so that there is one truth."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def layers_of(container: str) -> list[list[str]]:
    """Return the layers of `container` from the top, each as the names that share it."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    [layers] = [
        contract["layers"]
        for contract in linter["contracts"]
        if contract.get("containers") == [container]
    ]
    return [re.findall(r"\w+", layer) for layer in layers]


def heights() -> dict[str, int]:
    """Return how high each room that may exist stands; rooms beside each other are as high."""
    places = list(_from_the_ground())
    return {room: height for height, rooms in enumerate(places) for room in rooms}


def _from_the_ground() -> Iterator[list[str]]:
    for floor in ("motcua.foundation", "motcua.casework"):
        for names in reversed(layers_of(floor)):
            yield [f"{floor}.{name}" for name in names]
    adapters = ROOT / "motcua" / "adapters"
    yield [f"motcua.adapters.{place.parent.name}" for place in adapters.glob("*/apps.py")]
    for names in reversed(layers_of("motcua.channels")):
        yield [f"motcua.channels.{name}" for name in names]
