"""What files needs from outside: a place for bytes, a virus scanner, an eye."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings


class Store(Protocol):
    """A place that keeps bytes under a key made of their hash; what is kept never changes."""

    def put(self, key: str, source: Path) -> None:
        """Keep the file at `source` durably under `key`, and remove it from `source`."""

    def open(self, key: str) -> BinaryIO:
        """Raises: FileNotFoundError if nothing is kept under `key`."""

    def delete(self, key: str) -> None:
        """Forget what is kept under `key`, if anything."""

    def keys(self) -> Iterator[str]:
        """Yield every key, in no order."""


class ScannerAway(Exception):
    """The scanner gives no answer: the file stays, marked as not scanned."""


class Scanner(Protocol):
    """Somebody who knows viruses."""

    def find_virus(self, content: BinaryIO) -> str:
        """Return the name of the virus found, or nothing.

        Raises: ScannerAway.
        """


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was seen when the file was really opened: its pages and a small WebP of the first.

    `words` are those of the first page, as far as they can be read.
    """

    pages: int
    preview: bytes
    words: str = ""


class Unreadable(Exception):
    """The file cannot be opened by anybody; the text says why, in Vietnamese."""


class Inspector(Protocol):
    """Somebody who opens files where a hostile one can do no harm."""

    def inspect(self, path: Path, media_type: str, *, is_drawn: bool = True) -> Inspection:
        """Return what was seen, the picture of the first page if it is to be drawn.

        Raises: Unreadable.
        """

    def read_text(self, path: Path, media_type: str) -> list[str]:
        """Return what stands on each page; nothing on pages that are only pictures.

        Raises: Unreadable.
        """


class NoScanner:
    """Stands in where no scanner is set up."""

    def find_virus(self, content: BinaryIO) -> str:  # noqa: ARG002 -- the port's shape
        raise ScannerAway("no scanner is set up")


stores: dict[str, Callable[[], Store]] = {}
scanners: dict[str, Callable[[], Scanner]] = {"none": NoScanner}
inspectors: dict[str, Callable[[], Inspector]] = {}


def store() -> Store:
    """Return the store named by the settings."""
    return stores[settings.FILES_STORE]()


def scanner() -> Scanner:
    """Return the scanner named by the settings."""
    return scanners[settings.FILES_SCANNER]()


def inspector() -> Inspector:
    """Return the inspector named by the settings."""
    return inspectors[settings.FILES_INSPECTOR]()
