"""A signature without a time stamp of its own, proven by a stamp over the whole document.

EN 319 142 counts it as B-T; the engine knows only stamps inside signatures. So are documents that
were signed while no service stamped the time.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.ades import (
    AdESWithTimeValidationResult,
    ades_basic_validation,
    ades_timestamp_validation,
)
from pyhanko.sign.validation.policy_decl import LocalKnowledge, SignatureValidationSpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

from .report import World


async def judged_by_later_stamp(
    one: EmbeddedPdfSignature, spec: SignatureValidationSpec, at: datetime
) -> AdESWithTimeValidationResult | None:
    """Return what a signature is worth by the stamps that follow it, None if none of them holds.

    The certificate is judged as of the newest stamp, which covers the evidence in the document;
    the earliest one proves when the signature was there.
    """
    knowing = replace(spec, local_knowledge=_with_evidence_of(one, spec.local_knowledge))
    moments = [moment async for moment in _good_stamps(one, knowing, at)]
    if not moments:
        return None
    timing = ValidationTimingInfo(max(moments), min(moments), point_in_time_validation=True)
    found = await ades_basic_validation(
        one.signed_data, knowing, timing_info=timing, raw_digest=one.compute_digest()
    )
    return AdESWithTimeValidationResult(
        ades_subindic=found.ades_subindic,
        api_status=found.api_status,
        failure_msg=found.failure_msg,
        validation_objects=found.validation_objects,
        best_signature_time=min(moments),
        signature_not_before_time=None,
    )


async def _good_stamps(
    one: EmbeddedPdfSignature, spec: SignatureValidationSpec, at: datetime
) -> Any:
    """Yield the moments of the stamps after a signature that hold now."""
    for stamp in one.reader.embedded_timestamp_signatures:
        if stamp.signed_revision <= one.signed_revision:
            continue
        timing = ValidationTimingInfo(at, at, point_in_time_validation=True)
        found = await ades_timestamp_validation(
            stamp.signed_data, spec, partial(_digest_of, stamp), timing_info=timing
        )
        if isinstance(found.ades_subindic, AdESPassed):
            yield stamp.signed_data["encap_content_info"]["content"].parsed["gen_time"].native


def _digest_of(stamp: EmbeddedPdfSignature, _algorithm: str) -> bytes:
    return stamp.compute_digest()


def _with_evidence_of(one: EmbeddedPdfSignature, known: LocalKnowledge) -> LocalKnowledge:
    """Return what we know, and what the document brings along."""
    crls = [CRLContainer(asn1_crl.CertificateList.load(der)) for der in _kept(one, "/CRLs")]
    ocsps = [OCSPContainer(asn1_ocsp.OCSPResponse.load(der)) for der in _kept(one, "/OCSPs")]
    certs = [asn1_x509.Certificate.load(der) for der in _kept(one, "/Certs")]
    return replace(
        known,
        known_certs=[*known.known_certs, *certs],
        known_crls=[*known.known_crls, *crls],
        known_ocsps=[*known.known_ocsps, *ocsps],
    )


def with_evidence_in(reader: PdfFileReader, world: World) -> World:
    """Return what is known of revoked certificates, and what the document brings along."""
    return replace(
        world,
        crls=(*world.crls, *_kept_in(reader, "/CRLs")),
        ocsps=(*world.ocsps, *_kept_in(reader, "/OCSPs")),
        others=(*world.others, *_kept_in(reader, "/Certs")),
    )


def _kept(one: EmbeddedPdfSignature, name: str) -> Iterator[bytes]:
    return _kept_in(one.reader, name)


def _kept_in(reader: PdfFileReader, name: str) -> Iterator[bytes]:
    root = reader.root
    if "/DSS" not in root:
        return
    store = root["/DSS"]
    if name in store:
        for stream in store[name]:
            yield stream.get_object().data
