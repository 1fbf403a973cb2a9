"""What a signature in XML says of itself: certificates, moment, time stamps, evidence (XAdES).

Source: ETSI EN 319 132-1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import new as new_digest

from lxml import etree

from motcua.lib.clock import HANOI

from .xml_parts import DIGESTS, DS, Covered, Element, all_of, bytes_of, canonical_of, one

X132 = "{http://uri.etsi.org/01903/v1.3.2#}"
X141 = "{http://uri.etsi.org/01903/v1.4.1#}"
_X = X132
_UNSIGNED = f"{_X}UnsignedProperties/{_X}UnsignedSignatureProperties"
_LATER = f"{X141}TimeStampValidationData"
_MOST = 20


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp over the value of a signature, not yet judged."""

    token: bytes
    stamped: bytes


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a signature brings along so that it can be judged later."""

    certificates: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    ocsps: tuple[bytes, ...]


def qualifying(signature: Element) -> Element | None:
    """Return the part that makes a signature one of XAdES."""
    path = f"{{{DS}}}Object/{_X}QualifyingProperties"
    found: Element | None = signature.find(path)
    return found


def certificates_of(signature: Element) -> list[bytes]:
    """Return the certificates given with the key. Raises: BadForm."""
    rows = all_of(signature, "KeyInfo/X509Data/X509Certificate")
    return [bytes_of(row) for row in rows[:_MOST]]


def evidence_of(signature: Element) -> Evidence:
    """Return the certificates and lists that lie inside. Raises: BadForm."""
    return Evidence(
        certificates=tuple(_values(signature, "CertificateValues/EncapsulatedX509Certificate")),
        crls=tuple(_values(signature, "RevocationValues/CRLValues/EncapsulatedCRLValue")),
        ocsps=tuple(_values(signature, "RevocationValues/OCSPValues/EncapsulatedOCSPValue")),
    )


def _values(signature: Element, path: str) -> Iterator[bytes]:
    """Yield what lies at a path, with the signature or, later, with its time stamps."""
    for row in [*_unsigned(signature, path), *_unsigned(signature, path, below=_LATER)]:
        yield bytes_of(row)


def _unsigned(signature: Element, path: str, *, below: str = "") -> list[Element]:
    above = qualifying(signature)
    if above is None:
        return []
    named = "/".join(f"{_X}{name}" for name in path.split("/"))
    way = "/".join(filter(None, (_UNSIGNED, below, named)))
    found: list[Element] = above.findall(way)
    return found[:_MOST]


def signed_properties(signature: Element, covered: Sequence[Covered]) -> Element | None:
    """Return what the signature says of itself, only if it signs that too."""
    above = qualifying(signature)
    found = None if above is None else above.find(f"{_X}SignedProperties")
    return next((one.target for one in covered if found is not None and one.target is found), None)


def claimed_at(signature: Element, covered: Sequence[Covered]) -> datetime | None:
    """Return the moment that a signature states and signs; without a zone it is that of Hà Nội."""
    for part in covered:
        if part.target is None or signature not in part.target.iterancestors():
            continue
        for node in part.target.iter(etree.Element):
            if etree.QName(node).localname == "SigningTime":
                return _moment(node.text)
    return None


def _moment(written: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat((written or "").strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=HANOI)


def names_certificate(properties: Element, der: bytes) -> bool:
    """Say whether the certificate that a signature binds itself to is this one. Raises: BadForm."""
    for name in ("SigningCertificateV2", "SigningCertificate"):
        path = f"{_X}SignedSignatureProperties/{_X}{name}/{_X}Cert/{_X}CertDigest"
        row = properties.find(path)
        if row is not None:
            digest = DIGESTS.get(str(one(row, "DigestMethod").get("Algorithm")), "")
            written = bytes_of(one(row, "DigestValue"))
            return bool(digest) and new_digest(digest, der).digest() == written
    return False


def stamps_of(signature: Element) -> Iterator[Stamp]:
    """Yield the time stamps over the value of a signature. Raises: BadForm, NotReadHere."""
    for row in _unsigned(signature, "SignatureTimeStamp"):
        stamped = canonical_of(
            one(signature, "SignatureValue"), row.find(f"{{{DS}}}CanonicalizationMethod")
        )
        for token in row.findall(f"{_X}EncapsulatedTimeStamp"):
            yield Stamp(bytes_of(token), stamped)


def archive_stamps_in(signature: Element) -> list[Element]:
    """Return the time stamps that lie over the evidence too, in their order."""
    above = qualifying(signature)
    if above is None:
        return []
    found: list[Element] = above.findall(f"{_UNSIGNED}/{X141}ArchiveTimeStamp")
    return found[:_MOST]


def level_of(signature: Element, properties: Element | None, *, is_archived: bool) -> str:
    """Return the level of XAdES by what is there; nothing for other forms.

    `is_archived`: the newest archive time stamp holds.
    """
    if properties is None:
        return ""
    if not _unsigned(signature, "SignatureTimeStamp"):
        return "XAdES B-B"
    if not _unsigned(signature, "RevocationValues"):
        return "XAdES B-T"
    return "XAdES B-LTA" if is_archived else "XAdES B-LT"
