"""Judge the signatures of a PDF by ETSI EN 319 102-1, with our own rule of what may change.

Runs on a file whose maker may be hostile: only where a limit on time and memory holds.
"""

import asyncio
import io
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESPassed, AdESSubIndic
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    FormUpdatingRule,
    ModificationLevel,
    StandardDiffPolicy,
    SuspiciousModification,
)
from pyhanko.sign.diff_analysis.rules.form_field_rules import (
    GenericFieldModificationRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
)
from pyhanko.sign.general import SigningError as EngineRefuses
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.ades import (
    AdESBasicValidationResult,
    ades_basic_validation,
    ades_lta_validation,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

from .report import Indication, Report, SignatureShown, Verdict, World, worst_of
from .words import (
    CHANGED,
    DAMAGED_FILE,
    NOT_PDF,
    REPORTED_REVOKED,
    UNREADABLE,
    UNSIGNED,
    verdict,
)

Result = AdESBasicValidationResult[Any]
_MARK = b"/ByteRange"
_MAGIC = b"%PDF-"
# The default allows a field's looks to be changed in place by the latest revision only, and so
# calls a document changed that was filled, signed and then lifted; what is forbidden stays so.
OURS = StandardDiffPolicy(
    global_rules=DEFAULT_DIFF_POLICY.global_rules,
    form_rule=FormUpdatingRule(
        field_rules=[
            SigFieldCreationRule(),
            SigFieldModificationRule(),
            GenericFieldModificationRule(allow_in_place_appearance_stream_changes=False),
        ]
    ),
)
_COVERS = {
    "ENTIRE_FILE": "toàn bộ tệp",
    "ENTIRE_REVISION": "toàn bộ nội dung lúc ký",
    "CONTIGUOUS_BLOCK_FROM_START": "một phần tệp",
    "UNCLEAR": "không rõ",
}
_CHANGES = {
    ModificationLevel.NONE: "",
    ModificationLevel.LTA_UPDATES: "Thêm dữ liệu để kiểm tra lâu dài.",
    ModificationLevel.FORM_FILLING: "Điền ô được phép, thêm chữ ký.",
    ModificationLevel.ANNOTATIONS: "Thêm ghi chú.",
    ModificationLevel.OTHER: "Thay đổi khác.",
}
DAMAGED = (PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


def examine_pdf(content: bytes, world: World) -> Report:
    """Return what the signatures of a PDF are worth at the moment of `world`."""
    digest, size = sha256(content).hexdigest(), len(content)
    if _MAGIC not in content[:1024]:
        return Report(digest, size, NOT_PDF, unreadable="pdf")
    try:
        shown = list(_signatures(content, world))
    except (*DAMAGED, EngineRefuses) as error:
        return _unreadable(content, digest, type(error).__name__)
    if not shown:
        is_hurt = _MARK in content
        return _unreadable(content, digest, "") if is_hurt else Report(digest, size, UNSIGNED)
    return Report(digest, size, worst_of([one.verdict for one in shown]), shown)


def _unreadable(content: bytes, digest: str, why: str) -> Report:
    """Tell a damaged signature from a damaged file without one."""
    is_signed = _MARK in content
    found = Indication.FAILED if is_signed else Indication.INDETERMINATE
    words = verdict(found, UNREADABLE)
    if not is_signed:
        words = DAMAGED_FILE
    return Report(digest, len(content), words, unreadable=why or "signature")


def _signatures(content: bytes, world: World) -> Iterator[SignatureShown]:
    count = len(PdfFileReader(io.BytesIO(content)).embedded_regular_signatures)
    for place in range(count):
        # Read anew for each: what one judgement keeps must not reach the next.
        yield _shown(PdfFileReader(io.BytesIO(content)).embedded_regular_signatures[place], world)


def _shown(one: EmbeddedPdfSignature, world: World) -> SignatureShown:
    signer = one.signer_cert
    der = signer.dump()
    result, judged = _judged(one, world)
    return SignatureShown(
        field_name=one.field_name,
        signer=_part(signer, "common_name"),
        organisation=_part(signer, "organization_name"),
        issuer=signer.issuer.human_friendly,
        serial=f"{signer.serial_number:x}",
        certificate_sha256=sha256(der).hexdigest(),
        valid_from=signer.not_valid_before,
        valid_to=signer.not_valid_after,
        claimed_at=one.self_reported_timestamp,
        proven_at=_proven_at(result),
        algorithm=_algorithm(one),
        covers=_COVERS.get(getattr(one.coverage, "name", ""), "không rõ"),
        changes=_changes(one),
        anchor=_anchor_of(der, world) if judged.indication == Indication.PASSED else "",
        verdict=_with_reports(judged, der, world),
    )


def _judged(one: EmbeddedPdfSignature, world: World) -> tuple[Result | None, Verdict]:
    try:
        one.compute_integrity_info(diff_policy=OURS)
        result = asyncio.run(_judge(one, world))
    except SignatureValidationError as error:
        sub = error.ades_subindication
        if sub is None:
            return None, verdict(Indication.FAILED, UNREADABLE)
        return None, verdict(_indication(sub), _name(sub))
    if isinstance(one.diff_result, SuspiciousModification):
        return result, verdict(Indication.FAILED, CHANGED)
    return result, verdict(_indication(result.ades_subindic), _name(result.ades_subindic))


async def _judge(one: EmbeddedPdfSignature, world: World) -> Result:
    """Judge with all that time stamps prove; one without any is judged as of the moment alone."""
    spec = _spec(world)
    timing = ValidationTimingInfo(world.at, world.at, point_in_time_validation=True)
    stamps = list(extract_tst_data_iter(one.signer_info, signed=False))
    if stamps or one.reader.embedded_timestamp_signatures:
        return await ades_lta_validation(one, spec, timing_info=timing)
    basic = spec.signature_validation_spec
    return await ades_basic_validation(
        one.signed_data, basic, timing_info=timing, raw_digest=one.compute_digest()
    )


def _name(sub: AdESSubIndic) -> str:
    """Return the standard's word for a reason, nothing if all is well."""
    return sub.name if isinstance(sub, AdESFailure | AdESIndeterminate) else ""


def _indication(sub: AdESSubIndic) -> Indication:
    if isinstance(sub, AdESPassed):
        return Indication.PASSED
    return Indication.FAILED if isinstance(sub, AdESFailure) else Indication.INDETERMINATE


def _spec(world: World) -> PdfSignatureValidationSpec:
    """Return what is believed: our anchors, what authorities told us; nothing from the network."""
    roots = [asn1_x509.Certificate.load(der) for der in world.anchors]
    knowledge = LocalKnowledge(
        known_certs=[asn1_x509.Certificate.load(der) for der in world.others],
        known_crls=[CRLContainer(asn1_crl.CertificateList.load(der)) for der in world.crls],
        known_ocsps=[OCSPContainer(asn1_ocsp.OCSPResponse.load(der)) for der in world.ocsps],
    )
    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(roots),
        revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
    )
    return PdfSignatureValidationSpec(
        SignatureValidationSpec(
            cert_validation_policy=policy,
            revinfo_gathering_policy=RevocationInfoGatheringSpec(
                online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY
            ),
            local_knowledge=knowledge,
        ),
        diff_policy=OURS,
    )


def _with_reports(found: Verdict, der: bytes, world: World) -> Verdict:
    """Let a revocation that was reported to us alone count as well."""
    since = world.revoked.get(sha256(der).hexdigest())
    if since is None or since > world.at or found.indication == Indication.FAILED:
        return found
    return verdict(Indication.INDETERMINATE, REPORTED_REVOKED)


def _anchor_of(der: bytes, world: World) -> str:
    """Return the name of the anchor in which the chain of a certificate ends."""
    known = {
        one.subject.hashable: (one, name)
        for one, name in [
            *((asn1_x509.Certificate.load(raw), name) for raw, name in world.anchors.items()),
            *((asn1_x509.Certificate.load(raw), "") for raw in world.others),
        ]
    }
    below = asn1_x509.Certificate.load(der)
    for _ in range(len(known)):
        above, name = known.get(below.issuer.hashable, (None, ""))
        if above is None or name:
            return str(name)
        below = above
    return ""


def _proven_at(result: Result | None) -> datetime | None:
    status = result.api_status if result else None
    validity = getattr(status, "timestamp_validity", None)
    stamped = getattr(validity, "timestamp", None)
    return stamped if isinstance(stamped, datetime) else None


def _part(certificate: asn1_x509.Certificate, name: str) -> str:
    value = certificate.subject.native.get(name, "")
    return ", ".join(value) if isinstance(value, list) else str(value)


def _algorithm(one: EmbeddedPdfSignature) -> str:
    info = one.signer_info
    digest = info["digest_algorithm"]["algorithm"].native
    key = one.signer_cert.public_key
    return f"{key.algorithm.upper()}-{key.bit_size}, {digest.upper()}"


def _changes(one: EmbeddedPdfSignature) -> str:
    found = one.diff_result
    if found is None:
        return ""
    is_refused = isinstance(found, SuspiciousModification)
    level = ModificationLevel.OTHER if is_refused else found.modification_level
    return _CHANGES[level]
