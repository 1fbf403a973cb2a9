"""Files that came in a message and are not opened here: old Office forms, to be saved anew.

Nothing of them is kept apart: they are read out of the message as it came, whenever asked for.

Source: docs/law/exchange.md
"""

from dataclasses import dataclass
from datetime import datetime

from motcua.casework.exchange.errors import NoSuchEnvelope
from motcua.casework.exchange.models import EnvelopeFile
from motcua.casework.exchange.rules.edxml.contents import Content
from motcua.casework.exchange.rules.edxml.kinds import extension_of
from motcua.casework.exchange.rules.edxml.messages import Attachment, DocumentMessage
from motcua.casework.exchange.rules.edxml.reader import read_message
from motcua.foundation.files import api as files

from .intake import raw_of

# By how a file of the kind begins: a program with such a name is none.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD = {
    "doc": _OLE,
    "xls": _OLE,
    "ppt": _OLE,
    "rtf": b"{\\rtf",
    "pptx": b"PK",
    "odt": b"PK",
    "ods": b"PK",
    "odp": b"PK",
}


@dataclass(frozen=True, slots=True)
class SetAside:
    """One file that is not opened here; `number` is its place in the message."""

    number: int
    name: str
    content: Content


def set_aside(envelope_code: str, *, at: datetime) -> list[SetAside]:
    """Return the old Office files of a message from outside that were not taken.

    A file whose name marks it as a state secret is none of them.

    Raises: NoSuchEnvelope if the message is not kept, FileLocked. Costs: two queries; reads the
    whole message.
    """
    raw = raw_of(envelope_code)
    if raw is None:
        raise NoSuchEnvelope("Bản gốc của gói tin này không còn.")
    with files.open_file(raw) as stream:
        message = read_message(stream, at=at).message
    if not isinstance(message, DocumentMessage):
        return []
    kept = set(
        EnvelopeFile.objects.filter(envelope__code=envelope_code).values_list("name", flat=True)
    )
    return [
        SetAside(number, one.name, one.content)
        for number, one in enumerate(message.attachments, start=1)
        if one.name not in kept and _is_old_office(one)
    ]


def _is_old_office(one: Attachment) -> bool:
    beginning = _OLD.get(extension_of(one.name))
    if beginning is None or files.mark_in_name(one.name):
        return False
    with one.content.open() as stream:
        return stream.read(len(beginning)) == beginning
