"""Signatures in XML as the standard carries them out: what is referred to, changed how, hashed how.

Only what leaves no doubt about what was signed is read: the whole document, a part by an id that
occurs once, or one file given beside it; the changes that every program understands alike.
Source: XML Signature Syntax and Processing 1.1; Canonical XML 1.0, 1.1 and Exclusive 1.0.
"""

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import new as new_digest
from typing import TypeAlias
from urllib.parse import unquote

from lxml import etree

from motcua.lib.safexml import read_xml

Element = etree._Element  # noqa: SLF001 -- lxml gives its class no other name
DS = "http://www.w3.org/2000/09/xmldsig#"
SIGNATURE = f"{{{DS}}}Signature"
OBJECT = f"{{{DS}}}Object"
ENVELOPED = f"{DS}enveloped-signature"
BASE64 = f"{DS}base64"
XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"
# The way to leave out every signature, written in the one form that programs write.
_NO_SIGNATURES = re.compile(r"\s*not\s*\(\s*ancestor-or-self::\w+:Signature\s*\)\s*")
_POINTER = re.compile(r"""#xpointer\(id\(['"]([^'"]+)['"]\)\)""")
_XML = "{http://www.w3.org/XML/1998/namespace}"
_INHERITED = (f"{_XML}lang", f"{_XML}space")
_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_INCLUSIVE_11 = "http://www.w3.org/2006/12/xml-c14n11"
_CANONICAL = frozenset(
    form + suffix
    for form in (_INCLUSIVE, _INCLUSIVE_11, _EXCLUSIVE.rstrip("#"))
    for suffix in ("", "#", "#WithComments")
)
DIGESTS: Mapping[str, str] = {
    f"{DS}sha1": "sha1",
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}
MOST_REFERENCES = 500  # a container names each of its files
Beside: TypeAlias = bytes | Mapping[str, bytes] | None  # a file, or files by their names


class NotReadHere(ValueError):
    """A form of signature that is not read here; nothing is said against it."""


class BadForm(ValueError):
    """Not what the standard asks for, or with two meanings."""


class Ambiguous(BadForm):
    """Several parts bear the id that a signature refers to."""


class NothingSigned(ValueError):
    """What was signed is not here."""


@dataclass(frozen=True, slots=True)
class Covered:
    """What one reference speaks of: a part of the document, or the file beside it (None)."""

    target: Element | None
    uri: str
    kind: str
    digest: str
    is_intact: bool


def one(above: Element, path: str) -> Element:
    """Return the only such part. Raises: BadForm."""
    found = all_of(above, path)
    if len(found) != 1:
        message = f"{path}: {len(found)}"
        raise BadForm(message)
    return found[0]


def all_of(above: Element, path: str) -> list[Element]:
    """Return the parts on a path of names of the standard, like `SignedInfo/Reference`."""
    return above.findall("/".join(f"{{{DS}}}{name}" for name in path.split("/")))


def bytes_of(node: Element) -> bytes:
    """Return what is written in base64. Raises: BadForm."""
    try:
        return b64decode("".join((node.text or "").split()), validate=True)
    except ValueError as error:
        raise BadForm(str(error)) from error


def signatures_in(root: Element) -> list[Element]:
    """Return every signature of a document, in the order of the document."""
    return list(root.iter(SIGNATURE))


def ids_of(root: Element) -> dict[str, list[Element]]:
    """Return the parts by everything that anybody may take for their id."""
    found: dict[str, list[Element]] = {}
    for node in root.iter(etree.Element):
        for name, value in node.attrib.items():
            if etree.QName(name).localname.lower() == "id":
                found.setdefault(str(value), []).append(node)
    return found


def covered_by(signature: Element, beside: Beside) -> Iterator[Covered]:
    """Yield what a signature refers to, and whether it still is as it was signed.

    Raises: NotReadHere, BadForm, NothingSigned.
    """
    references = all_of(signature, "SignedInfo/Reference")
    if len(references) > MOST_REFERENCES:
        message = "too many references"
        raise NotReadHere(message)
    ids = ids_of(signature.getroottree().getroot())
    for reference in references:
        yield _covered(reference, signature, ids, beside)


def _covered(
    reference: Element, signature: Element, ids: Mapping[str, list[Element]], beside: Beside
) -> Covered:
    uri = _address(reference)
    target = _target(uri, signature, ids)
    content = _content(reference, target, signature, beside)
    algorithm = one(reference, "DigestMethod").get("Algorithm")
    digest = DIGESTS.get(str(algorithm))
    if digest is None:
        raise NotReadHere(str(algorithm))
    written = bytes_of(one(reference, "DigestValue"))
    return Covered(
        target=target,
        uri=uri,
        kind=str(reference.get("Type", "")),
        digest=digest,
        is_intact=new_digest(digest, content).digest() == written,
    )


def contents_of(signature: Element, beside: Beside, method: Element | None) -> Iterator[bytes]:
    """Yield the bytes of what a signature refers to, one after the other.

    What no change brings into canonical form is brought there by `method`.

    Raises: NotReadHere, BadForm, NothingSigned.
    """
    ids = ids_of(signature.getroottree().getroot())
    for reference in all_of(signature, "SignedInfo/Reference")[:MOST_REFERENCES]:
        target = _target(_address(reference), signature, ids)
        yield _content(reference, target, signature, beside, method)


def _address(reference: Element) -> str:
    """Raises: NotReadHere."""
    uri = reference.get("URI")
    if uri is None:
        message = "a reference without an address"
        raise NotReadHere(message)
    return str(uri)


def _content(
    reference: Element,
    target: Element | None,
    signature: Element,
    beside: Beside,
    method: Element | None = None,
) -> bytes:
    """Return the bytes that a reference means. Raises: NotReadHere, BadForm, NothingSigned."""
    uri = _address(reference)
    if target is None:
        named = beside.get(unquote(uri)) if isinstance(beside, Mapping) else beside
        return _beside(named, reference)
    return _hashed(target, uri, reference, signature, method)


def _beside(content: bytes | None, reference: Element) -> bytes:
    """Return what was hashed of the file that lies beside the signature.

    Raises: NothingSigned, NotReadHere, BrokenXml, UnsafeXml.
    """
    if content is None:
        message = "the signed file is not here"
        raise NothingSigned(message)
    steps = all_of(reference, "Transforms/Transform")
    if not steps:
        return content
    algorithm = str(steps[0].get("Algorithm"))
    if len(steps) > 1 or algorithm not in _CANONICAL:
        raise NotReadHere(algorithm)
    return _canonical(read_xml(content), steps[0], None)


def _target(uri: str, signature: Element, ids: Mapping[str, list[Element]]) -> Element | None:
    """Return the part an address means, None for a file outside.

    Raises: Ambiguous, NothingSigned.
    """
    if uri == "":
        return signature.getroottree().getroot()
    if not uri.startswith("#"):
        return None
    pointed = _POINTER.fullmatch(uri)
    found = ids.get(pointed[1] if pointed else uri[1:], [])
    if len(found) > 1:
        message = f"{len(found)} parts are called {uri}"
        raise Ambiguous(message)
    if not found:
        message = f"nothing is called {uri}"
        raise NothingSigned(message)
    return found[0]


def _hashed(
    target: Element, uri: str, reference: Element, signature: Element, method: Element | None
) -> bytes:
    """Return what was hashed of a part. Raises: NotReadHere, BadForm."""
    origin = None if uri == "" else target
    copy = _copied(target, is_whole=origin is None)
    own = _same_place(copy, target, signature)
    steps = all_of(reference, "Transforms/Transform")
    for number, step in enumerate(steps, start=1):
        algorithm = str(step.get("Algorithm"))
        if algorithm == ENVELOPED and own is not None:
            _cut(own)
        elif algorithm == XPATH and _NO_SIGNATURES.fullmatch(_xpath_of(step)):
            for inner in signatures_in(copy):
                _cut(inner)
        elif algorithm == BASE64 and number == len(steps):
            return bytes_of_text(copy)
        elif algorithm in _CANONICAL and number == len(steps):
            return _canonical(copy, step, origin)
        else:
            raise NotReadHere(algorithm)
    return _canonical(copy, method, origin)


def bytes_of_text(node: Element) -> bytes:
    """Return what the whole text of a part says in base64. Raises: BadForm."""
    try:
        return b64decode("".join("".join(map(str, node.itertext())).split()), validate=True)
    except ValueError as error:
        raise BadForm(str(error)) from error


def _xpath_of(step: Element) -> str:
    """Return an expression whose prefix means what it seems to. Raises: BadForm."""
    node = one(step, "XPath")
    text = node.text or ""
    found = re.search(r"::(\w+):Signature", text)
    return text if found and node.nsmap.get(found[1]) == DS else ""


def canonical_info(signature: Element) -> bytes:
    """Return the part that the value of a signature signs. Raises: NotReadHere, BadForm."""
    info = one(signature, "SignedInfo")
    return canonical_of(info, one(info, "CanonicalizationMethod"))


def canonical_of(node: Element, method: Element | None) -> bytes:
    """Return a part in the form that a method names; without one, in the oldest.

    Raises: NotReadHere.
    """
    if method is not None and method.get("Algorithm") not in _CANONICAL:
        raise NotReadHere(str(method.get("Algorithm")))
    is_commented = method is not None and str(method.get("Algorithm")).endswith("WithComments")
    copy = _copied(node, is_whole=False)
    return _canonical(copy, method, node, keeps_comments=is_commented)


def _canonical(
    copy: Element, method: Element | None, origin: Element | None, *, keeps_comments: bool = False
) -> bytes:
    """Return the canonical form of a copy; without origin, of a whole document.

    What is referred to by an id loses its comments whatever the method says: so the standard.
    """
    is_exclusive = method is not None and str(method.get("Algorithm")).startswith(_EXCLUSIVE[:-1])
    if origin is not None and not is_exclusive:
        _inherit(copy, origin)
    content: bytes = etree.tostring(
        copy.getroottree() if origin is None else copy,
        method="c14n",
        exclusive=is_exclusive,
        with_comments=keeps_comments,
        inclusive_ns_prefixes=_prefixes_of(method) if is_exclusive else None,
    )
    return content


def _prefixes_of(method: Element | None) -> list[str] | None:
    named = None if method is None else method.find(f"{{{_EXCLUSIVE}}}InclusiveNamespaces")
    return None if named is None else str(named.get("PrefixList", "")).split()


def _copied(node: Element, *, is_whole: bool) -> Element:
    """Return a document of its own of a part.

    Written and read again: so the part brings the namespaces in force where it stood.
    """
    source = node.getroottree() if is_whole else node
    written = etree.tostring(source, encoding="utf-8", with_tail=False)
    copy: Element = etree.fromstring(written, etree.XMLParser(resolve_entities=False))
    return copy


def _inherit(copy: Element, origin: Element) -> None:
    """Give a copy the language and spacing that were in force where it stood."""
    for above in origin.iterancestors():
        for name in _INHERITED:
            if name in above.attrib and name not in copy.attrib:
                copy.set(name, above.attrib[name])


def _same_place(copy: Element, target: Element, signature: Element) -> Element | None:
    """Return the signature in the copy of a part that contains it; None if it stands outside."""
    way: list[int] = []
    node = signature
    while node is not target:
        above = node.getparent()
        if above is None:
            return None
        way.append(above.index(node))
        node = above
    for place in reversed(way):
        copy = copy[place]
    return copy


def _cut(node: Element) -> None:
    """Take a part out; the text behind it stays. Raises: BadForm."""
    above, before = node.getparent(), node.getprevious()
    if above is None:
        message = "a signature over itself"
        raise BadForm(message)
    if node.tail and before is not None:
        before.tail = (before.tail or "") + node.tail
    elif node.tail:
        above.text = (above.text or "") + node.tail
    above.remove(node)
