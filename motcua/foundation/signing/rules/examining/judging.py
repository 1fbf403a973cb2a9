"""The judgement itself: ETSI EN 319 102-1 as the engine carries it out; asks no network."""

import asyncio
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import parser
from asn1crypto import x509 as asn1_x509
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESPassed, AdESSubIndic
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    FormUpdatingRule,
    StandardDiffPolicy,
    SuspiciousModification,
)
from pyhanko.sign.diff_analysis.rules.form_field_rules import (
    GenericFieldModificationRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
)
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.ades import (
    AdESBasicValidationResult,
    ades_basic_validation,
    ades_lta_validation,
    ades_with_time_validation,
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

from .later_stamps import judged_by_later_stamp
from .report import Indication, Verdict, World
from .shadows import REVEALED, revealed_later
from .words import CHANGED, NOT_COVERED, UNREADABLE, verdict

Result = AdESBasicValidationResult[Any]
_RANGES = 4
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


def judge(one: EmbeddedPdfSignature, content: bytes, world: World) -> tuple[Result | None, Verdict]:
    """Return the engine's result, if it came so far, and what it means here."""
    if not is_whole(one, content):
        return None, verdict(Indication.FAILED, NOT_COVERED)
    try:
        one.compute_integrity_info(diff_policy=OURS)
        result = asyncio.run(_judge(one, world))
    except SignatureValidationError as error:
        sub = error.ades_subindication
        if sub is None:
            return None, verdict(Indication.FAILED, UNREADABLE)
        return None, verdict(indication_of(sub), name_of_sub(sub))
    found = verdict(indication_of(result.ades_subindic), name_of_sub(result.ades_subindic))
    if found.indication == Indication.FAILED:
        return result, found
    return result, _changed(one) or found


def _changed(one: EmbeddedPdfSignature) -> Verdict | None:
    """Return the verdict on what came after the signature, if it was not allowed."""
    signed_end = one.byte_range[2] + one.byte_range[3]
    if revealed_later(one.reader, one.signed_revision, signed_end):
        return verdict(Indication.FAILED, CHANGED, REVEALED)
    if isinstance(one.diff_result, SuspiciousModification):
        return verdict(Indication.FAILED, CHANGED)
    return None


def is_whole(one: EmbeddedPdfSignature, content: bytes) -> bool:
    """Say whether a signature leaves out nothing but its own value, written in that very gap."""
    ranges = [int(part) for part in one.byte_range]
    if len(ranges) != _RANGES or min(ranges) < 0 or ranges[0] != 0:
        return False
    _, first, second, length = ranges
    if second + length > len(content) or second <= first:
        return False
    gap = content[first:second]
    is_value = gap[:1] == b"<" and gap[-1:] == b">" and _is_hex_of(gap[1:-1], one.pkcs7_content)
    return is_value and not any(_behind_value(one.pkcs7_content))


def _behind_value(value: bytes) -> bytes:
    """Return what fills the place kept free behind a signature: nothing but zeros, if honest."""
    _, _, _, head, content, tail = parser.parse(value)
    return value[len(head) + len(content) + len(tail) :]


def _is_hex_of(written: bytes, value: bytes) -> bool:
    return written.lower() == value.hex().encode()


async def _judge(one: EmbeddedPdfSignature, world: World) -> Result:
    """Judge with all that time stamps prove; one without any is judged as of the moment alone."""
    spec = _spec(world)
    timing = ValidationTimingInfo(world.at, world.at, point_in_time_validation=True)
    stamps = list(extract_tst_data_iter(one.signer_info, signed=False))
    basic, digest = spec.signature_validation_spec, one.compute_digest()
    if not stamps and not one.reader.embedded_timestamp_signatures:
        return await ades_basic_validation(
            one.signed_data, basic, timing_info=timing, raw_digest=digest
        )
    whole = await ades_lta_validation(one, spec, timing_info=timing)
    if not stamps and whole.ades_subindic == AdESIndeterminate.SIG_CONSTRAINTS_FAILURE:
        return await judged_by_later_stamp(one, basic, world.at) or whole
    if not stamps or not isinstance(whole.ades_subindic, AdESIndeterminate):
        return whole
    # What the long-term procedure leaves open for want of evidence, the one for a signature with
    # its own time stamp may settle with what we know ourselves.
    timed = await ades_with_time_validation(
        one.signed_data, basic, timing_info=timing, raw_digest=digest
    )
    return timed if isinstance(timed.ades_subindic, AdESPassed) else whole


def name_of_sub(sub: AdESSubIndic) -> str:
    """Return the standard's word for a reason, nothing if all is well."""
    return sub.name if isinstance(sub, AdESFailure | AdESIndeterminate) else ""


def indication_of(sub: AdESSubIndic) -> Indication:
    """Return which of the three answers a reason belongs to."""
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
