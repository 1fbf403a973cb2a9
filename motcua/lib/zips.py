"""What `zipfile` raises on bytes that a stranger made, all of it.

An entry without a name is an IndexError there, an impossible offset a ValueError, a damaged extra
field a struct.error: whoever opens a stranger's ZIP catches `BROKEN_ZIP`. An archive of little
bytes may list millions of entries, each an object in memory: `Bounded` stops at the first too many.
"""

import struct
import zipfile
import zlib
from typing import IO

BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    OverflowError,
    RuntimeError,  # a password; NotImplementedError (an unknown way of packing) is one too
    ValueError,
)


class TooManyEntries(zipfile.BadZipFile):
    """The archive lists more entries than whoever opened it takes."""


class _Few(list[zipfile.ZipInfo]):
    """A list that takes so many entries and no more."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def append(self, entry: zipfile.ZipInfo) -> None:
        """Raises: TooManyEntries."""
        if len(self) >= self._most:
            message = f"more than {self._most} entries"
            raise TooManyEntries(message)
        super().append(entry)


class Bounded(zipfile.ZipFile):
    """A ZIP opened for reading, refused while its entries are listed if they are too many.

    Raises: TooManyEntries, or what `BROKEN_ZIP` names.
    """

    def __init__(self, content: IO[bytes] | str, most: int) -> None:
        self._most = most
        super().__init__(content)

    def __setattr__(self, name: str, value: object) -> None:
        """Let the list that `zipfile` fills be one that refuses."""
        super().__setattr__(name, _Few(self._most) if name == "filelist" else value)
