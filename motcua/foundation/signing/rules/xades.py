"""Sign XML in two halves (XAdES, enveloped): receipts, and what is exchanged with other agencies.

Canonical XML 1.1, inclusive: what signxml makes by the exclusive form does not verify (5.2).

Source: docs/law/signing.md
"""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import new as new_hash
from typing import Any, TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from lxml import etree
from signxml.algorithms import (
    CanonicalizationMethod,
    DigestAlgorithm,
    SignatureConstructionMethod,
    SignatureMethod,
)
from signxml.xades.xades import XAdESSigner

from motcua.foundation.signing.errors import DocumentUnfit
from motcua.lib.safexml import BrokenXml, UnsafeXml, read_xml

from .algorithms import digest_for
from .halves import check_raw
from .lifting import Ask

Element: TypeAlias = etree._Element  # noqa: SLF001 -- the library has no other name for it
C14N = CanonicalizationMethod.CANONICAL_XML_1_1
DS, XADES = "http://www.w3.org/2000/09/xmldsig#", "http://uri.etsi.org/01903/v1.3.2#"
_METHODS = {
    ("rsa", "sha256"): SignatureMethod.RSA_SHA256,
    ("rsa", "sha384"): SignatureMethod.RSA_SHA384,
    ("rsa", "sha512"): SignatureMethod.RSA_SHA512,
    ("ec", "sha256"): SignatureMethod.ECDSA_SHA256,
    ("ec", "sha384"): SignatureMethod.ECDSA_SHA384,
}
_DIGESTS = {
    "sha256": DigestAlgorithm.SHA256,
    "sha384": DigestAlgorithm.SHA384,
    "sha512": DigestAlgorithm.SHA512,
}


@dataclass(frozen=True, slots=True)
class XmlOrder:
    """Who signs, as of when; the chain goes along, nearest first."""

    certificate: bytes = field(repr=False)
    chain: tuple[bytes, ...] = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class XmlHalf:
    """A signature half made: the document with its place, and what is to be signed."""

    document: bytes = field(repr=False)
    to_sign: bytes = field(repr=False)
    digest: str


class _Recorder:
    """Stands where the library expects a key: keeps what it is to sign, signs nothing."""

    def __init__(self, kind: str, bits: int) -> None:
        self.kind, self.key_size = kind, bits
        self.to_sign = b""

    def sign(self, content: bytes, **_: object) -> bytes:
        """Keep the content; return something of the right form."""
        self.to_sign = content
        return encode_dss_signature(1, 1) if self.kind == "ec" else bytes(self.key_size // 8)


class _Punctual(XAdESSigner):
    """Writes the moment it is told as the claimed one."""

    at: datetime

    def add_signing_time(
        self,
        signed_signature_properties: Any,
        sig_root: Any,  # noqa: ARG002 -- the library's own shape
        signing_settings: Any,  # noqa: ARG002 -- the library's own shape
    ) -> None:
        place = signed_signature_properties
        moment = etree.SubElement(place, f"{{{XADES}}}SigningTime", nsmap=self.namespaces)
        moment.text = self.at.astimezone(UTC).isoformat(timespec="seconds")


def begin_xml(xml: bytes, order: XmlOrder) -> XmlHalf:
    """Put a signature into the document that still lacks its value; say what is to be signed.

    Raises: DocumentUnfit, WrongCertificate.
    """
    root = read(xml)
    if root.find(f".//{{{DS}}}Signature") is not None:
        raise DocumentUnfit("Tệp XML đã có chữ ký.", field="file")
    certificate = x509.load_der_x509_certificate(order.certificate)
    kind, bits = key_of(certificate)
    digest = digest_for(kind, bits)
    signer = _Punctual(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=_METHODS[kind, digest],
        digest_algorithm=_DIGESTS[digest],
        c14n_algorithm=C14N,
    )
    signer.at = order.at
    chain = [certificate, *(x509.load_der_x509_certificate(one) for one in order.chain)]
    recorder: Any = _Recorder(kind, bits)
    made = signer.sign(root, key=recorder, cert=chain, always_add_key_value=False)
    return XmlHalf(written_xml(made), recorder.to_sign, digest)


def finish_xml(half: XmlHalf, raw: bytes, *, certificate: bytes) -> bytes:
    """Return the signed document.

    Raises: WrongSignature if the raw signature is not the certificate's over what was to be signed.
    """
    check_raw(certificate, half.to_sign, raw, half.digest)
    root = etree.fromstring(half.document, parser=_parser())
    key = x509.load_der_x509_certificate(certificate).public_key()
    value = raw
    if isinstance(key, ec.EllipticCurvePublicKey):
        size = key.key_size // 8
        value = b"".join(part.to_bytes(size) for part in decode_dss_signature(raw))
    part_of(root, DS, "SignatureValue").text = b64encode(value).decode()
    return written_xml(root)


def with_xml_stamp(xml: bytes, ask: Ask) -> bytes:
    """Return the signed document with a time stamp over the signature's value (XAdES-B-T).

    Raises: DocumentUnfit, and whatever `ask` raises.
    """
    root = read(xml)
    value = part_of(root, DS, "SignatureValue")
    imprint = new_hash("sha256", canonical(value)).digest()
    properties = part_of(root, XADES, "QualifyingProperties")
    unsigned = etree.SubElement(properties, f"{{{XADES}}}UnsignedProperties")
    inner = etree.SubElement(unsigned, f"{{{XADES}}}UnsignedSignatureProperties")
    stamp = etree.SubElement(inner, f"{{{XADES}}}SignatureTimeStamp")
    etree.SubElement(stamp, f"{{{DS}}}CanonicalizationMethod", Algorithm=C14N.value)
    token = etree.SubElement(stamp, f"{{{XADES}}}EncapsulatedTimeStamp")
    token.text = b64encode(ask(imprint, "sha256")).decode()
    return written_xml(root)


def canonical(node: Element) -> bytes:
    """Return the canonical form of a part, with the names that hold where it stands."""
    written: bytes = etree.tostring(node, method="c14n", with_comments=False, exclusive=False)
    return written


def sign_xml(
    xml: bytes, order: XmlOrder, sign: Callable[[bytes, str], bytes], ask: Ask | None = None
) -> bytes:
    """Return the document signed at once: `sign` is given what to sign and the name of the hash.

    With `ask` it carries its time stamp.

    Raises: DocumentUnfit, WrongCertificate, WrongSignature, and whatever the two raise.
    """
    half = begin_xml(xml, order)
    signed = finish_xml(half, sign(half.to_sign, half.digest), certificate=order.certificate)
    return with_xml_stamp(signed, ask) if ask else signed


def method_of(kind: str, digest: str) -> str:
    """Return how the standard calls a way of signing."""
    name: str = _METHODS[kind, digest].value
    return name


def key_of(certificate: x509.Certificate) -> tuple[str, int]:
    """Return the kind of a certificate's key and its bits."""
    key = certificate.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "ec", key.key_size
    return "rsa", key.key_size if isinstance(key, rsa.RSAPublicKey) else 0


def read(xml: bytes) -> Element:
    """Return the document, if it is one to sign or to go on with. Raises: DocumentUnfit."""
    try:
        return read_xml(xml)
    except (UnsafeXml, BrokenXml) as error:
        raise DocumentUnfit("Tệp XML bị hỏng hoặc không an toàn.", field="file") from error


def part_of(root: Element, space: str, name: str) -> Element:
    """Return a part of the signature. Raises: DocumentUnfit if the document has none."""
    found = root.find(f".//{{{space}}}{name}")
    if found is None:
        raise DocumentUnfit("Tệp XML chưa có chữ ký.", field="file")
    return found


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def written_xml(root: Element) -> bytes:
    """Return the whole document as bytes."""
    written: bytes = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)
    return written
