"""Make signatures in XML provable for longer (XAdES-B-T, B-LT, B-LTA), and renew them.

Each step only adds to the unsigned properties of the signature; what a time stamp lies over is not
touched any more. Of several signatures in a document the only one is ours: no more are made.

Source: ETSI EN 319 132-1; docs/law/signing.md
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import new as new_hash

from asn1crypto import cms
from cryptography import x509
from lxml import etree

from motcua.foundation.signing.errors import DocumentUnfit
from motcua.foundation.trust.api import Evidence

from .examining.xml_archive import ARCHIVE_STAMP, archived_bytes
from .examining.xml_parts import SIGNATURE, BadForm, NothingSigned, NotReadHere
from .examining.xml_properties import X132, X141
from .lifting import Ask, has_signed, stamped_at
from .xades import C14N, DS, Element, part_of, read, with_xml_stamp, written_xml

_OWN_STAMP = f"{X132}SignatureTimeStamp"
_TOKEN = f"{X132}EncapsulatedTimeStamp"
_CERTIFICATE = f"{X132}EncapsulatedX509Certificate"
_VALUES = {
    "certificates": ("CertificateValues", _CERTIFICATE),
    "crls": ("RevocationValues/CRLValues", f"{X132}EncapsulatedCRLValue"),
    "ocsps": ("RevocationValues/OCSPValues", f"{X132}EncapsulatedOCSPValue"),
}
_HASH = "sha256"

with_own_stamp = with_xml_stamp


def can_take_stamp(xml: bytes) -> bool:
    """Say whether the signature has no time stamp yet."""
    return next(_tokens(read(xml), _OWN_STAMP), None) is None


def are_all_timed(xml: bytes) -> bool:
    """Say whether a time stamp proves of each signature when it was there at the latest."""
    signatures = list(read(xml).iter(SIGNATURE))
    return bool(signatures) and all(one.find(f".//{_OWN_STAMP}") is not None for one in signatures)


def with_evidence(xml: bytes, evidence: Evidence) -> bytes:
    """Return the document with the evidence that its certificates held; what is there stays.

    What comes after an archive stamp goes into a part of its own, so that the stamp still holds.
    """
    root = read(xml)
    unsigned = part_of(root, X132[1:-1], "UnsignedSignatureProperties")
    place = unsigned
    known = _held(unsigned)
    if unsigned.find(ARCHIVE_STAMP) is not None:
        place = etree.Element(f"{X141}TimeStampValidationData", nsmap={"xades141": X141[1:-1]})
    given = {"certificates": evidence.certificates, "crls": evidence.crls, "ocsps": evidence.ocsps}
    for name, values in given.items():
        new = [der for der in values if der not in known]
        if new:
            _write(place, *_VALUES[name], new)
    if place is not unsigned and len(place):
        unsigned.append(place)
    return written_xml(root)


def _held(unsigned: Element) -> set[bytes]:
    """Return all the evidence that is there."""
    names = [name for _, name in _VALUES.values()]
    return {b64decode(one.text or "") for one in unsigned.iter(*names)}


def _write(place: Element, path: str, name: str, values: Sequence[bytes]) -> None:
    for step in path.split("/"):
        found = place.find(f"{X132}{step}")
        place = etree.SubElement(place, f"{X132}{step}") if found is None else found
    for der in values:
        etree.SubElement(place, name).text = b64encode(der).decode()


def with_document_stamp(xml: bytes, ask: Ask) -> bytes:
    """Return the document with an archive time stamp over all that is in its signature.

    Raises: DocumentUnfit, and whatever `ask` raises.
    """
    root = read(xml)
    signature = part_of(root, DS, "Signature")
    unsigned = part_of(root, X132[1:-1], "UnsignedSignatureProperties")
    stamp = etree.SubElement(unsigned, ARCHIVE_STAMP, nsmap={"xades141": X141[1:-1]})
    etree.SubElement(stamp, f"{{{DS}}}CanonicalizationMethod", Algorithm=C14N.value)
    try:
        stamped = archived_bytes(signature, stamp)
    except (BadForm, NotReadHere, NothingSigned) as error:
        raise DocumentUnfit("Chữ ký trong tệp XML có dạng không lưu trữ được.") from error
    token = etree.SubElement(stamp, _TOKEN)
    token.text = b64encode(ask(new_hash(_HASH, stamped).digest(), _HASH)).decode()
    return written_xml(root)


def signers_in(xml: bytes) -> tuple[dict[bytes, datetime], tuple[bytes, ...]]:
    """Return who signed or stamped the time, and when last; and all certificates that came along.

    The moment is the proven one, where there is no stamp the claimed one.
    """
    root = read(xml)
    given = [b64decode(one.text or "") for one in root.iter(f"{{{DS}}}X509Certificate")]
    if not given:
        raise DocumentUnfit("Chữ ký trong tệp XML không kèm chứng thư.", field="file")
    tokens = [*_tokens(root, _OWN_STAMP), *_tokens(root, ARCHIVE_STAMP)]
    moment = stamped_at(tokens[0]) if tokens else _claimed(root)
    signers, others = {given[0]: moment}, dict.fromkeys(given)
    for data in tokens:
        for one in (each.chosen for each in data["certificates"]):
            der = one.dump()
            others[der] = None
            if has_signed(one, data):
                signers[der] = max(stamped_at(data), signers.get(der, stamped_at(data)))
    return signers, tuple(others)


def newest_stamp_ends(xml: bytes) -> datetime | None:
    """Return until when the certificate of the newest archive stamp runs."""
    stamps = list(_tokens(read(xml), ARCHIVE_STAMP))
    if not stamps:
        return None
    makers = [each.chosen for each in stamps[-1]["certificates"]]
    maker = next(one for one in makers if has_signed(one, stamps[-1]))
    return x509.load_der_x509_certificate(maker.dump()).not_valid_after_utc


def _tokens(root: Element, name: str) -> Iterator[cms.SignedData]:
    """Yield the time stamps of one sort, in their order."""
    for stamp in root.iter(name):
        token = stamp.find(_TOKEN)
        if token is not None:
            yield cms.ContentInfo.load(b64decode(token.text or ""))["content"]


def _claimed(root: Element) -> datetime:
    return datetime.fromisoformat(part_of(root, X132[1:-1], "SigningTime").text or "")
