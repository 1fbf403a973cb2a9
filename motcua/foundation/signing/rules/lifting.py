"""Make signatures provable for longer: time stamps, evidence, and time stamps over both again.

Each step is one revision more (but a signature's own time stamp, which has its place kept in it);
nothing that was signed is touched. Renewing is the same as lifting once more.

Source: docs/law/signing.md
"""

import io
from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import new as new_hash
from typing import TypeAlias

from asn1crypto import cms
from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import SignatureValidationError

from motcua.foundation.signing.errors import DocumentUnfit
from motcua.foundation.trust.api import Evidence

from .pdf import opened, written

# What asks a service: imprint and name of the hash in, a checked token out.
Ask: TypeAlias = Callable[[bytes, str], bytes]
DIGEST = "sha256"
RESERVED = 24_576
_OWN_STAMP = "signature_time_stamp_token"


class Asked(TimeStamper):
    """Lets the engine have the time stamps that `ask` brings."""

    def __init__(self, ask: Ask) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # -- the engine is typed in parts
        self._ask = ask

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        return cms.ContentInfo.load(self._ask(message_digest, md_algorithm))


def with_own_stamp(pdf: bytes, ask: Ask) -> bytes:
    """Return the document whose newest signature carries a time stamp over its value (B-T).

    Nothing else changes, and only while nothing follows the signature.

    Raises: DocumentUnfit, and whatever `ask` raises.
    """
    newest = _signatures(pdf)[-1]
    _, first, second, length = (int(edge) for edge in newest.byte_range)
    if second + length != len(pdf):
        raise DocumentUnfit("Sau chữ ký đã có phần thêm, không đóng dấu thời gian vào được.")
    info = cms.ContentInfo.load(newest.pkcs7_content)
    signer = info["content"]["signer_infos"][0]
    imprint = new_hash(DIGEST, signer["signature"].native).digest()
    token = cms.ContentInfo.load(ask(imprint, DIGEST))
    stamp = cms.CMSAttribute({"type": _OWN_STAMP, "values": [token]})
    signer["unsigned_attrs"] = cms.CMSAttributes([stamp])
    value = info.dump().hex().encode()
    room = second - first - 2
    if len(value) > room:
        raise DocumentUnfit("Không đủ chỗ cho dấu thời gian trong chữ ký.")
    return b"".join([pdf[:first], b"<", value.ljust(room, b"0"), b">", pdf[second:]])


def can_take_stamp(pdf: bytes) -> bool:
    """Say whether the newest signature has no time stamp yet, and nothing follows it."""
    newest = _signatures(pdf)[-1]
    ends_file = int(newest.byte_range[2]) + int(newest.byte_range[3]) == len(pdf)
    return ends_file and _own_stamp(newest) is None


def with_document_stamp(pdf: bytes, ask: Ask) -> bytes:
    """Return the document with a time stamp over the whole of it, as one revision more."""
    made = io.BytesIO()
    stamper = PdfTimeStamper(Asked(ask))
    stamper.timestamp_pdf(opened(pdf), DIGEST, bytes_reserved=RESERVED, output=made)
    return made.getvalue()


def with_evidence(pdf: bytes, evidence: Evidence) -> bytes:
    """Return the document with the evidence that its certificates held, as one revision more."""
    writer = opened(pdf)
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,  # for the whole document: entries for single signatures are no longer advised
        certs=[asn1_x509.Certificate.load(der) for der in evidence.certificates],
        crls=[asn1_crl.CertificateList.load(der) for der in evidence.crls],
        ocsps=[asn1_ocsp.OCSPResponse.load(der) for der in evidence.ocsps],
    )
    return written(writer)


def are_all_timed(pdf: bytes) -> bool:
    """Say whether a time stamp proves of each signature when it was there at the latest."""
    found = _everything(pdf)
    is_stamped_later = False
    for one in reversed(found):
        if one.sig_object_type == "/DocTimeStamp":
            is_stamped_later = True
        elif not is_stamped_later and _own_stamp(one) is None:
            return False
    return bool(found)


def signers_in(pdf: bytes) -> tuple[dict[bytes, datetime], tuple[bytes, ...]]:
    """Return who signed or stamped the time, and when last; and all certificates that came along.

    The moment is the proven one, where there is no stamp the claimed one.
    """
    signers: dict[bytes, datetime] = {}
    others: dict[bytes, None] = {}
    for data, moment in _signed_parts(pdf):
        for one in (each.chosen for each in data["certificates"]):
            der = one.dump()
            others[der] = None
            if has_signed(one, data):
                signers[der] = max(moment, signers.get(der, moment))
    return signers, tuple(others)


def newest_stamp_ends(pdf: bytes) -> datetime | None:
    """Return until when the certificate of the document's newest time stamp runs."""
    stamps = [one for one in _everything(pdf) if one.sig_object_type == "/DocTimeStamp"]
    if not stamps:
        return None
    ends: datetime = stamps[-1].signer_cert.not_valid_after
    return ends


def _signed_parts(pdf: bytes) -> Iterator[tuple[cms.SignedData, datetime]]:
    """Yield each signature, each document time stamp, the stamps inside signatures; with when."""
    for one in _everything(pdf):
        inner = _own_stamp(one)
        if inner is not None:
            yield inner, stamped_at(inner)
            yield one.signed_data, stamped_at(inner)
        elif one.sig_object_type == "/DocTimeStamp":
            yield one.signed_data, stamped_at(one.signed_data)
        elif (claimed := one.self_reported_timestamp) is not None:
            yield one.signed_data, claimed


def stamped_at(stamp: cms.SignedData) -> datetime:
    """Return the moment that a time stamp says."""
    moment: datetime = stamp["encap_content_info"]["content"].parsed["gen_time"].native
    return moment


def _own_stamp(one: EmbeddedPdfSignature) -> cms.SignedData | None:
    for attribute in one.signer_info["unsigned_attrs"]:
        if attribute["type"].native == _OWN_STAMP:
            return attribute["values"][0]["content"]
    return None


def has_signed(one: asn1_x509.Certificate, data: cms.SignedData) -> bool:
    """Say whether a certificate is that of who signed."""
    name = data["signer_infos"][0]["sid"]
    if name.name == "subject_key_identifier":
        return bool(one.key_identifier == name.native)
    serial = name.chosen["serial_number"].native
    return bool(one.issuer == name.chosen["issuer"] and one.serial_number == serial)


def _signatures(pdf: bytes) -> list[EmbeddedPdfSignature]:
    found = [one for one in _everything(pdf) if one.sig_object_type != "/DocTimeStamp"]
    if not found:
        raise DocumentUnfit("Văn bản chưa có chữ ký nào.")
    return found


def _everything(pdf: bytes) -> list[EmbeddedPdfSignature]:
    """Return signatures and document time stamps in the order they were made.

    Raises: DocumentUnfit.
    """
    try:
        return list(PdfFileReader(io.BytesIO(pdf)).embedded_signatures)
    except (PdfError, SignatureValidationError, ValueError, RecursionError) as error:
        raise DocumentUnfit("Tệp đã ký bị hỏng, không nâng mức chữ ký được.") from error
