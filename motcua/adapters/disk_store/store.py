"""A folder of files named by their hash, spread over 65,536 folders."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_KEY = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]+)?")


class DiskStore:
    """Implements `files.Store`; what is kept is read-only and survives a loss of power."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, source: Path) -> None:
        place = self._place(key)
        if place.exists():
            source.unlink()
            return
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        source.chmod(0o400)
        _sync(source, os.O_RDONLY)
        source.replace(place)
        _sync(place.parent, os.O_RDONLY | os.O_DIRECTORY)

    def open(self, key: str) -> BinaryIO:
        return self._place(key).open("rb")

    def delete(self, key: str) -> None:
        self._place(key).unlink(missing_ok=True)

    def keys(self) -> Iterator[str]:
        for place in self.root.glob("??/??/*"):
            if _KEY.fullmatch(place.name):
                yield place.name

    def _place(self, key: str) -> Path:
        """Raises: ValueError for anything but a hash; no key can lead out of the folder."""
        if not _KEY.fullmatch(key):
            raise ValueError("not a key of a stored file")
        return self.root / key[:2] / key[2:4] / key


def from_settings() -> DiskStore:
    """Return the store below the folder named by the settings."""
    return DiskStore(Path(settings.FILES_DIR) / "kept")


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
