"""Whichever form a signed document has: how its level is raised, and how it is renewed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.trust.api import Evidence
from motcua.lib.safexml import looks_like_xml

from . import lifting, lifting_xml
from .lifting import Ask


@dataclass(frozen=True, slots=True)
class Lifter:
    """What can be asked of and done with a signed document of one form."""

    with_own_stamp: Callable[[bytes, Ask], bytes]
    can_take_stamp: Callable[[bytes], bool]
    with_document_stamp: Callable[[bytes, Ask], bytes]
    with_evidence: Callable[[bytes, Evidence], bytes]
    are_all_timed: Callable[[bytes], bool]
    signers_in: Callable[[bytes], tuple[dict[bytes, datetime], tuple[bytes, ...]]]
    newest_stamp_ends: Callable[[bytes], datetime | None]


_PDF = Lifter(
    lifting.with_own_stamp,
    lifting.can_take_stamp,
    lifting.with_document_stamp,
    lifting.with_evidence,
    lifting.are_all_timed,
    lifting.signers_in,
    lifting.newest_stamp_ends,
)
_XML = Lifter(
    lifting_xml.with_own_stamp,
    lifting_xml.can_take_stamp,
    lifting_xml.with_document_stamp,
    lifting_xml.with_evidence,
    lifting_xml.are_all_timed,
    lifting_xml.signers_in,
    lifting_xml.newest_stamp_ends,
)


def lifter_for(content: bytes) -> Lifter:
    """Return how documents of this form are lifted."""
    return _XML if looks_like_xml(content) else _PDF
