"""Where a reader stands: in the first reading of everything, or among the changes since."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.core.signing import BadSignature, Signer

from motcua.casework.extracts.choices import Stream
from motcua.foundation.outbox.api import Place
from motcua.lib.errors import BadInput

KEPT = timedelta(days=85)  # changes are kept for ninety
Key = tuple[int, int]  # an object's key, and a number inside it


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in one stream.

    `key` is the last object of the first reading, None when that is done; `place` is after which
    fact changes are read, `on` the day when that was the newest.
    """

    stream: Stream
    place: Place
    on: date
    key: Key | None = None

    def at_key(self, key: Key) -> "Cursor":
        """Return the cursor after this object."""
        return replace(self, key=key)

    def encode(self) -> str:
        """Return the cursor as an opaque, signed word."""
        place = [self.place.epoch, self.place.xid, self.place.fact_id]
        plain = [self.stream, place, self.on.toordinal(), self.key]
        text = json.dumps(plain, separators=(",", ":")).encode()
        return _signer().sign(urlsafe_b64encode(text).decode().rstrip("="))


def decode(word: str, stream: Stream) -> Cursor:
    """Return the cursor a word stands for. Raises: BadInput if it is none of this stream."""
    try:
        plain = _signer().unsign(word)
        text = urlsafe_b64decode(plain + "=" * (-len(plain) % 4))
        name, place, day, key = json.loads(text)
    except (BadSignature, ValueError) as error:
        raise BadInput("Con trỏ không do hệ thống này cấp.", field="since") from error
    if name != stream:
        raise BadInput("Con trỏ này thuộc luồng khác.", field="since")
    where = (int(key[0]), int(key[1])) if key else None
    return Cursor(stream, Place(*place), date.fromordinal(day), where)


def _signer() -> Signer:
    return Signer(salt="motcua.extracts", sep="~")
