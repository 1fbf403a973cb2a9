"""XML documents signed by another library, and altered in the ways we know."""

import asyncio
from base64 import b64encode
from collections.abc import Mapping
from copy import deepcopy
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.algorithms import SignatureConstructionMethod as Way
from signxml.signer import XMLSigner
from signxml.xades.xades import XAdESSigner

from motcua.foundation.trust.tests.make import MONDAY, Pair, make_between, make_leaf

from .corpus import make_stamper

HOA = "Nguyễn Thị Hoa"
Element = etree._Element  # noqa: SLF001 -- lxml gives its class no other name
RECEIPT = (
    '<BienLai xmlns="https://mot-cua.example.vn/bien-lai" ma="BL-15">'
    "<NguoiNop>Lò Thị Lan</NguoiNop><SoTien>15000</SoTien></BienLai>"
)
ENVELOPE = f'<Goi><Phan Id="p1">{RECEIPT}</Phan></Goi>'
_DS = "{http://www.w3.org/2000/09/xmldsig#}"
_XADES = "{http://uri.etsi.org/01903/v1.3.2#}"


class _Punctual(XAdESSigner):
    """Says that it is Monday."""

    def add_signing_time(
        self, signed_signature_properties: Any, sig_root: Any, signing_settings: Any
    ) -> None:
        super().add_signing_time(signed_signature_properties, sig_root, signing_settings)
        signed_signature_properties[0].text = MONDAY.isoformat()


class _ForMany(_Punctual):
    """Leaves out every signature, by the expression that programs use for it."""

    def _build_transforms_for_reference(self, *, transforms_node: Any, **_: Any) -> None:
        expression = "http://www.w3.org/TR/1999/REC-xpath-19991116"
        step = etree.SubElement(transforms_node, f"{_DS}Transform", Algorithm=expression)
        etree.SubElement(step, f"{_DS}XPath").text = "not(ancestor-or-self::ds:Signature)"


class _Old(XMLSigner):
    """Still makes what nobody should make."""

    def check_deprecated_methods(self) -> None:
        pass


def signed(data: str = RECEIPT, *, pair: Pair | None = None, way: Way = Way.enveloped) -> bytes:
    """Return a document that Hoa signed by XAdES."""
    options: dict[str, Any] = {"c14n_algorithm": CanonicalizationMethod.CANONICAL_XML_1_1}
    if pair is not None:
        options["signature_algorithm"] = SignatureMethod.ECDSA_SHA256
    return _bytes(_make(_Punctual, etree.fromstring(data), pair, way, options))


def signed_plainly(data: str = RECEIPT, *, is_old: bool = False) -> bytes:
    """Return a document signed by XML-DSig alone, if need be by what is no longer safe."""
    options: dict[str, Any] = {}
    if is_old:
        options = {
            "signature_algorithm": SignatureMethod.RSA_SHA1,
            "digest_algorithm": DigestAlgorithm.SHA1,
        }
    return _bytes(_make(_Old, etree.fromstring(data), None, Way.enveloped, options))


def signed_part() -> bytes:
    """Return an envelope with a part that is signed, and its signature beside it."""
    root = etree.fromstring(ENVELOPE)
    part = etree.fromstring(etree.tostring(root[0]))
    root.append(_make(_Punctual, part, None, Way.detached, {}, reference_uri="#p1"))
    return _bytes(root)


def signed_beside() -> bytes:
    """Return a signature that lies apart from the receipt it speaks of."""
    receipt = etree.fromstring(RECEIPT)
    return _bytes(_make(XMLSigner, receipt, None, Way.detached, {}, reference_uri="bien-lai.xml"))


def _make(
    maker: type[XMLSigner],
    data: Element,
    pair: Pair | None,
    way: Way,
    options: Mapping[str, Any],
    **more: Any,
) -> Element:
    whose = pair or make_leaf(HOA)
    chain = [one.certificate.public_bytes(Encoding.PEM).decode() for one in (whose, make_between())]
    made: Element = maker(method=way, **options).sign(data, key=whose.key, cert=chain, **more)
    return made


def _bytes(root: Element) -> bytes:
    content: bytes = etree.tostring(root)
    return content


def wrapped() -> bytes:
    """Put the signed part where nobody looks, and another in its place."""
    root = etree.fromstring(signed_part())
    part = root[0]
    forged = deepcopy(part)
    del forged.attrib["Id"]
    amount = forged.find(".//{*}SoTien")
    assert amount is not None
    amount.text = "15"
    root.insert(0, forged)
    root.remove(part)
    etree.SubElement(root, "Kho").append(part)
    return _bytes(root)


def wrapped_under_one_id() -> bytes:
    """Put another part under the same id before the one that is signed."""
    root = etree.fromstring(signed_part())
    forged = deepcopy(root[0])
    root.insert(0, forged)
    return _bytes(root)


def with_something_beside() -> bytes:
    """Add a part that nobody signed."""
    root = etree.fromstring(signed_part())
    etree.SubElement(root, "GhiChu").text = "Đã thu đủ"
    return _bytes(root)


def with_other_amount() -> bytes:
    """Change what is signed."""
    return signed().replace(b"15000", b"15")


def with_other_value() -> bytes:
    """Take the value of another signature."""
    here, there = etree.fromstring(signed()), etree.fromstring(signed(ENVELOPE))
    value, other = (one.find(f".//{_DS}SignatureValue") for one in (here, there))
    assert value is not None
    assert other is not None
    value.text = other.text
    return _bytes(here)


def with_other_transform() -> bytes:
    """Ask for a transformation that could show anything."""
    xslt = b"http://www.w3.org/TR/1999/REC-xslt-19991116"
    return signed_plainly().replace(b"http://www.w3.org/2006/12/xml-c14n11", xslt, 2)


def with_other_time() -> bytes:
    """Change when it says that it was signed."""
    return signed().replace(MONDAY.isoformat().encode(), b"2020-03-02T02:00:00+00:00")


def with_declarations() -> bytes:
    """Let the document bring an entity of its own."""
    return b'<!DOCTYPE BienLai [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + signed()


def stamped() -> bytes:
    """Return a signed document with a time stamp over its signature, of that moment."""
    root = etree.fromstring(signed())
    value = root.find(f".//{_DS}SignatureValue")
    properties = root.find(f".//{_XADES}QualifyingProperties")
    assert value is not None
    assert properties is not None
    imprint = sha256(etree.tostring(value, method="c14n")).digest()
    token = asyncio.run(make_stamper().async_timestamp(imprint, "sha256"))
    unsigned = etree.SubElement(properties, f"{_XADES}UnsignedProperties")
    above = etree.SubElement(unsigned, f"{_XADES}UnsignedSignatureProperties")
    stamp = etree.SubElement(above, f"{_XADES}SignatureTimeStamp")
    etree.SubElement(stamp, f"{_XADES}EncapsulatedTimeStamp").text = b64encode(
        token.dump()
    ).decode()
    return _bytes(root)


def stamped_elsewhere() -> bytes:
    """Give a signature the time stamp of another."""
    here, there = (etree.fromstring(stamped()) for _ in range(2))
    path = f".//{_XADES}EncapsulatedTimeStamp"
    token, theirs = here.find(path), there.find(path)
    assert token is not None
    assert theirs is not None
    token.text = theirs.text
    return _bytes(here)


def with_other_signer() -> bytes:
    """Put somebody else's certificate in the place of the signer's."""
    root = etree.fromstring(signed())
    row = root.find(f".//{_DS}X509Certificate")
    assert row is not None
    row.text = b64encode(make_leaf("Kẻ gian").der).decode()
    return _bytes(root)


def with_a_certificate_that_is_none() -> bytes:
    """Write nonsense for a certificate."""
    root = etree.fromstring(signed_plainly())
    for row in root.iter(f"{_DS}X509Certificate"):
        row.text = b64encode(b"nonsense").decode()
    return _bytes(root)


def with_something_within_the_signature() -> bytes:
    """Hide words nobody signed in the signature itself."""
    root = etree.fromstring(signed())
    signature = root.find(f".//{_DS}Signature")
    assert signature is not None
    note = etree.SubElement(etree.SubElement(signature, f"{_DS}Object"), "GhiChu")
    note.text = "Đã thu đủ"
    return _bytes(root)


def signed_by_two() -> bytes:
    """Return a document with two signatures, each made as if there were no other."""
    first, second = (etree.fromstring(signed_for_many(name)) for name in (HOA, "Vì Thị Sen"))
    first.append(second[-1])
    return _bytes(first)


def signed_for_many(name: str) -> bytes:
    """Return a document with a signature that leaves out every signature."""
    made = _make(_ForMany, etree.fromstring(RECEIPT), make_leaf(name), Way.enveloped, {})
    return _bytes(made)
