"""When a picture was taken, as the camera wrote it into the file."""

import re
from contextlib import suppress
from datetime import datetime, timedelta

from motcua.lib.clock import HANOI

HEAD_BYTES = 128 * 1024  # where cameras write it; the rest of the file is not read
_STAMP = re.compile(rb"(?:19|20)\d\d:[01]\d:[0-3]\d [0-2]\d:[0-5]\d:[0-5]\d")
_MARK = b"Exif\0\0"
_OLDEST = timedelta(days=3650)


def taken_at_in(head: bytes, *, at: datetime) -> datetime | None:
    """Return the earliest moment the camera noted, on the clocks of Hà Nội; None without one.

    A moment in the future or of ten years ago is a camera whose clock was never set.
    """
    place = head.find(_MARK)
    if place < 0:
        return None
    found = []
    for stamp in _STAMP.findall(head[place : place + HEAD_BYTES]):
        with suppress(ValueError):
            taken = datetime.strptime(stamp.decode(), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 -- a camera's own clock: its zone is added below
            found.append(taken.replace(tzinfo=HANOI))
    known = [one for one in found if at - _OLDEST < one <= at + timedelta(minutes=5)]
    return min(known, default=None)
