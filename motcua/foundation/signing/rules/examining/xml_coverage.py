"""Which parts of an XML document no signature covers: there a forger would put his own."""

from collections.abc import Collection, Iterator

from lxml import etree

from .words import clean
from .xml_parts import DS, OBJECT, SIGNATURE, Covered, Element, signatures_in

_OWN_PARTS = frozenset(f"{{{DS}}}{name}" for name in ("SignedInfo", "SignatureValue", "KeyInfo"))
_MOST = 5
_Comment = etree._Comment  # noqa: SLF001 -- lxml gives its class no other name
_ROOT, _BESIDE, _WITHIN = "toàn bộ tệp", "tệp đi kèm", "nội dung nằm trong chữ ký"


def covers(parts: Collection[Covered]) -> str:
    """Return in words what a signature covers of what people read."""
    return ", ".join(dict.fromkeys(_named(part) for part in parts)) or "không rõ"


def _named(part: Covered) -> str:
    if part.target is None:
        return _BESIDE
    if part.target.tag == OBJECT:
        return _WITHIN
    return _ROOT if part.target.getparent() is None else f"phần “{_name(part.target)}”"


def content_of(signature: Element, covered: Collection[Covered]) -> list[Covered]:
    """Return those references that speak of content, not of the signature itself."""
    return [part for part in covered if not _is_about_itself(part.target, signature)]


def _is_about_itself(target: Element | None, signature: Element) -> bool:
    if target is None or signature not in (target, *target.iterancestors()):
        return False
    objects = [node for node in (target, *target.iterancestors()) if node.tag == OBJECT]
    return not objects or _is_properties(target)


def _is_properties(node: Element) -> bool:
    return etree.QName(node).localname in ("SignedProperties", "SignatureProperties")


def loose_parts(root: Element, covered: Collection[Element]) -> tuple[str, ...]:
    """Return the names of what no signature covers, at most 5."""
    found = [*_loose(root, covered)]
    for signature in signatures_in(root):
        found += _loose_within(signature, covered)
    return tuple(dict.fromkeys(found))[:_MOST]


def _loose(node: Element, covered: Collection[Element]) -> Iterator[str]:
    """Yield what is not covered below a part: text, values, whatever is more than a frame."""
    if node in covered or node.tag == SIGNATURE or isinstance(node, _Comment):
        return
    inner = list(node)
    texts = [node.text, *(child.tail for child in inner)]
    if not inner or any(text and text.strip() for text in texts) or _says_something(node):
        yield _name(node)
        return
    for child in inner:
        yield from _loose(child, covered)


def _says_something(node: Element) -> bool:
    """Say whether a frame carries more than its id and where its schema lies."""
    names = (etree.QName(str(name)).localname.lower() for name in node.attrib)
    return any(name not in ("id", "schemalocation", "nonamespaceschemalocation") for name in names)


def _loose_within(signature: Element, covered: Collection[Element]) -> Iterator[str]:
    """Yield what lies inside a signature and is neither part of it nor signed."""
    for child in signature.iterchildren(etree.Element):
        if child.tag in _OWN_PARTS or child in covered:
            continue
        if child.tag != OBJECT:
            yield _name(child)
            continue
        for inner in child.iterchildren(etree.Element):
            if etree.QName(inner).localname != "QualifyingProperties":
                yield from _loose(inner, covered)


def _name(node: Element) -> str:
    if not isinstance(node.tag, str):
        return "lệnh xử lý"
    return clean(etree.QName(node).localname)
