"""Read XML of strangers: no declarations of types or entities, nothing from outside, no giants."""

from lxml import etree

MOST_BYTES = 20_000_000
_HEAD = 1_000


class UnsafeXml(ValueError):
    """XML that is not read here: too large, or bringing declarations of its own (DTD)."""


class BrokenXml(ValueError):
    """Not XML, or damaged."""


def read_xml(content: bytes, *, most_bytes: int = MOST_BYTES) -> etree._Element:
    """Return the root of a document.

    Raises: UnsafeXml, BrokenXml.
    """
    if len(content) > most_bytes:
        message = "too large"
        raise UnsafeXml(message)
    try:
        root: etree._Element = etree.fromstring(content, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenXml(str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        message = "declares a document type"
        raise UnsafeXml(message)
    return root


def looks_like_xml(content: bytes) -> bool:
    """Say whether a file begins as XML does, in any of the usual encodings."""
    head = content[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith(b"<")


def _parser() -> etree.XMLParser:
    """Return a parser of its own for each document: one that is shared would keep its ids."""
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        no_network=True,
        huge_tree=False,
        recover=False,
    )
