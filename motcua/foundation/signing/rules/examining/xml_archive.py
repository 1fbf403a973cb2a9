"""What an archive time stamp in XML lies over: all that was signed, and all that was added since.

Source: ETSI EN 319 132-1, 5.5.2 (the form that is not distributed).
"""

from collections.abc import Iterator

from lxml import etree

from .xml_parts import DS, OBJECT, Beside, Element, bytes_of, canonical_of, contents_of
from .xml_properties import X132, X141, Stamp, archive_stamps_in

ARCHIVE_STAMP = f"{X141}ArchiveTimeStamp"
_SIGNED_PARTS = ("SignedInfo", "SignatureValue", "KeyInfo")


def archive_stamps_of(signature: Element, beside: Beside = None) -> Iterator[Stamp]:
    """Yield the archive time stamps of a signature in their order. Raises: BadForm, NotReadHere."""
    for row in archive_stamps_in(signature):
        stamped = archived_bytes(signature, row, beside)
        for token in row.findall(f"{X132}EncapsulatedTimeStamp"):
            yield Stamp(bytes_of(token), stamped)


def archived_bytes(signature: Element, stamp: Element, beside: Beside = None) -> bytes:
    """Return what an archive time stamp is taken of.

    What is referred to; the signature itself; what was added to it before the stamp; objects that
    lie in it. Raises: BadForm, NotReadHere, NothingSigned.
    """
    method = stamp.find(f"{{{DS}}}CanonicalizationMethod")
    parts = [*contents_of(signature, beside, method)]
    for name in _SIGNED_PARTS:
        found = signature.find(f"{{{DS}}}{name}")
        if found is not None:
            parts.append(canonical_of(found, method))
    parts += [canonical_of(one, method) for one in _before(stamp)]
    parts += [canonical_of(one, method) for one in signature.findall(OBJECT) if not _says_who(one)]
    return b"".join(parts)


def _before(stamp: Element) -> Iterator[Element]:
    """Yield what was added to the signature before a stamp."""
    earlier = list(stamp.itersiblings(etree.Element, preceding=True))
    yield from reversed(earlier)


def _says_who(node: Element) -> bool:
    return node.find(f"{X132}QualifyingProperties") is not None
