"""Containers of evidence (ASiC-E with XAdES): files that belong together, signed as one.

The signature stands in the container, names every file with its hash, and may carry a time stamp.
Files are read piece by piece. Source: ETSI EN 319 162-1; docs/law/exchange.md
"""

import zipfile
from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC
from hashlib import new as new_hash
from typing import IO
from urllib.parse import quote

from cryptography import x509
from lxml import etree

from motcua.foundation.signing.ports import HeldFile

from .algorithms import digest_for
from .xades import C14N, DS, XADES, Element, XmlHalf, XmlOrder, canonical, key_of, method_of

ASIC = "http://uri.etsi.org/02918/v1.2.1#"
MIME = "application/vnd.etsi.asic-e+zip"
SIGNATURES = "META-INF/signatures.xml"
_PROPERTIES_TYPE = "http://uri.etsi.org/01903#SignedProperties"
_HASHES = {
    "sha256": "http://www.w3.org/2001/04/xmlenc#sha256",
    "sha384": "http://www.w3.org/2001/04/xmldsig-more#sha384",
    "sha512": "http://www.w3.org/2001/04/xmlenc#sha512",
}
_ID = "S0"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def begin_container(files: Sequence[HeldFile], order: XmlOrder) -> XmlHalf:
    """Write the signature over all files, still without its value; say what is to be signed.

    `xades.finish_xml` sets the value, `xades.with_xml_stamp` the time stamp.

    Raises: WrongCertificate.
    Costs: reads every file once.
    """
    certificate = x509.load_der_x509_certificate(order.certificate)
    kind, bits = key_of(certificate)
    digest = digest_for(kind, bits)
    root = etree.Element(f"{{{ASIC}}}XAdESSignatures", nsmap={"asic": ASIC, "ds": DS})
    signature = etree.SubElement(root, f"{{{DS}}}Signature", Id=_ID)
    info = etree.SubElement(signature, f"{{{DS}}}SignedInfo")
    etree.SubElement(info, f"{{{DS}}}CanonicalizationMethod", Algorithm=C14N.value)
    etree.SubElement(info, f"{{{DS}}}SignatureMethod", Algorithm=method_of(kind, digest))
    for number, one in enumerate(files, start=1):
        _refer(info, f"r{number}", quote(one.name), digest, _hashed(one, digest))
    etree.SubElement(signature, f"{{{DS}}}SignatureValue")
    data = etree.SubElement(etree.SubElement(signature, f"{{{DS}}}KeyInfo"), f"{{{DS}}}X509Data")
    for der in (order.certificate, *order.chain):
        etree.SubElement(data, f"{{{DS}}}X509Certificate").text = b64encode(der).decode()
    properties = _properties(signature, files, order, digest)
    whole = new_hash(digest, canonical(properties)).digest()
    reference = _refer(info, "r0", f"#{_ID}-properties", digest, whole)
    reference.set("Type", _PROPERTIES_TYPE)
    steps = etree.Element(f"{{{DS}}}Transforms")
    etree.SubElement(steps, f"{{{DS}}}Transform", Algorithm=C14N.value)
    reference.insert(0, steps)
    document = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)
    return XmlHalf(document, canonical(info), digest)


def _hashed(one: HeldFile, digest: str) -> bytes:
    found = new_hash(digest)
    for piece in one.chunks():
        found.update(piece)
    return found.digest()


def _refer(info: Element, own_id: str, uri: str, digest: str, value: bytes) -> Element:
    reference = etree.SubElement(info, f"{{{DS}}}Reference", Id=own_id, URI=uri)
    etree.SubElement(reference, f"{{{DS}}}DigestMethod", Algorithm=_HASHES[digest])
    written = etree.SubElement(reference, f"{{{DS}}}DigestValue")
    written.text = b64encode(value).decode()
    return reference


def _properties(
    signature: Element, files: Sequence[HeldFile], order: XmlOrder, digest: str
) -> Element:
    """Add who signs, when, and of which type each file is."""
    place = etree.SubElement(signature, f"{{{DS}}}Object")
    qualifying = etree.SubElement(
        place, f"{{{XADES}}}QualifyingProperties", nsmap={"xades": XADES}, Target=f"#{_ID}"
    )
    signed = etree.SubElement(qualifying, f"{{{XADES}}}SignedProperties", Id=f"{_ID}-properties")
    about = etree.SubElement(signed, f"{{{XADES}}}SignedSignatureProperties")
    moment = etree.SubElement(about, f"{{{XADES}}}SigningTime")
    moment.text = order.at.astimezone(UTC).isoformat(timespec="seconds")
    named = etree.SubElement(about, f"{{{XADES}}}SigningCertificateV2")
    named = etree.SubElement(etree.SubElement(named, f"{{{XADES}}}Cert"), f"{{{XADES}}}CertDigest")
    etree.SubElement(named, f"{{{DS}}}DigestMethod", Algorithm=_HASHES[digest])
    value = new_hash(digest, order.certificate).digest()
    etree.SubElement(named, f"{{{DS}}}DigestValue").text = b64encode(value).decode()
    formats = etree.SubElement(signed, f"{{{XADES}}}SignedDataObjectProperties")
    for number, one in enumerate(files, start=1):
        form = etree.SubElement(
            formats, f"{{{XADES}}}DataObjectFormat", ObjectReference=f"#r{number}"
        )
        etree.SubElement(form, f"{{{XADES}}}MimeType").text = one.media_type
    return signed


def write_container(files: Sequence[HeldFile], signatures: bytes, target: IO[bytes]) -> None:
    """Write the container: its type first and plain, the files, then the signature over them."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = zipfile.ZipInfo("mimetype", _FIRST_DAY)
        archive.writestr(kind, MIME, zipfile.ZIP_STORED)
        for one in files:
            entry = zipfile.ZipInfo(one.name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as place:
                for piece in one.chunks():
                    place.write(piece)
        entry = zipfile.ZipInfo(SIGNATURES, _FIRST_DAY)
        archive.writestr(entry, signatures, zipfile.ZIP_DEFLATED)
