"""What the time stamps of a signature in XML prove, the newest first.

The newest has to hold now; it proves that whatever it lies over was there at its time, so an older
stamp is judged as of then, and the signature in the end as of the earliest.

Source: ETSI EN 319 102-1 (proof of existence).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from .chains import stamp_time
from .report import World
from .words import clean
from .xml_archive import archive_stamps_of
from .xml_facts import Facts
from .xml_parts import BadForm, Beside, NothingSigned, NotReadHere
from .xml_properties import archive_stamps_in, stamps_of

_NOT_ARCHIVED = (
    "Dấu thời gian lưu trữ không đúng hoặc không tin được: bằng chứng kèm chữ ký có thể đã bị thay."
)
Moment = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class Proof:
    """When the signature is proven to have been there, by whom; whether its evidence is sealed."""

    proven_at: datetime | None
    proven_by: str
    is_archived: bool
    warnings: tuple[str, ...] = ()


def proof_of(facts: Facts, world: World, beside: Beside) -> Proof:
    """Return what the time stamps prove. Raises: BadForm, NotReadHere for those over the value."""
    is_asked = bool(archive_stamps_in(facts.signature))
    archived = _archived(facts, world, beside) if is_asked else ()
    at = archived[-1][0] if archived else None
    found = [stamp_time(one.token, one.stamped, world, at=at) for one in stamps_of(facts.signature)]
    moments = [*archived, *(one for one in found if one is not None)]
    warnings = (_NOT_ARCHIVED,) if is_asked and not archived else ()
    if not moments:
        return Proof(None, "", is_archived=False, warnings=warnings)
    proven_at, name = min(moments)
    return Proof(proven_at, clean(name), is_archived=bool(archived), warnings=warnings)


def _archived(facts: Facts, world: World, beside: Beside) -> Sequence[Moment]:
    """Return what the archive stamps prove, the newest first; nothing if the newest is wrong."""
    try:
        return tuple(_unbroken(facts, world, beside))
    except (BadForm, NotReadHere, NothingSigned):
        return ()


def _unbroken(facts: Facts, world: World, beside: Beside) -> Iterator[Moment]:
    at = None
    for one in reversed(list(archive_stamps_of(facts.signature, beside))):
        found = stamp_time(one.token, one.stamped, world, at=at)
        if found is None:
            return
        at = found[0]
        yield found
