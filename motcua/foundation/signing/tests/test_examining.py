"""What a document with signatures is worth, told in the standard's terms."""

import io
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from asn1crypto import x509 as asn1_x509
from asn1crypto.crl import CertificateList
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.validation import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext

from motcua.foundation.signing.choices import TurnRole
from motcua.foundation.signing.rules.examining.files import examine_file
from motcua.foundation.signing.rules.examining.report import Indication
from motcua.foundation.trust.tests.make import (
    A_YEAR,
    MONDAY,
    make_between,
    make_crl,
    make_leaf,
    make_root,
)

from .corpus import HOA, make_stamper, signed_by_others
from .make import make_prepared, make_signed
from .test_engine import SEAL, make_sealed, make_world


def judged(content: bytes) -> tuple[Indication, str]:
    verdict = examine_file(content, make_world()).verdict
    return verdict.indication, verdict.sub


def test_a_document_without_signatures_is_unsigned() -> None:
    assert judged(make_prepared()) == (Indication.UNSIGNED, "")


def test_a_signature_of_an_unknown_authority_is_not_trusted_and_not_false() -> None:
    world = replace(make_world(), anchors={})

    verdict = examine_file(make_sealed(), world).verdict

    expected = (Indication.INDETERMINATE, "NO_CERTIFICATE_CHAIN_FOUND")
    assert (verdict.indication, verdict.sub) == expected


def test_without_word_of_revocation_nothing_passes() -> None:
    verdict = examine_file(make_sealed(), replace(make_world(), crls=())).verdict

    assert verdict.indication == Indication.INDETERMINATE


def test_a_certificate_reported_as_revoked_no_longer_passes() -> None:
    digest = sha256(make_leaf(SEAL).der).hexdigest()

    report = examine_file(make_sealed(), replace(make_world(), revoked={digest: MONDAY - A_YEAR}))

    assert [one.verdict.sub for one in report.signatures] == ["", "REVOKED"]
    assert report.verdict.indication == Indication.INDETERMINATE


def test_each_signature_tells_what_came_after_it() -> None:
    report = examine_file(make_sealed(), make_world())

    assert [one.changes for one in report.signatures] == [
        (
            "Ô “so”: điền “15”.",
            "Ô “ngay”: điền “ngày 02 tháng 3 năm 2026”.",
            "Thêm chữ ký ở ô “SIG_ORG”.",
        ),
        (),
    ]


def test_the_state_of_the_certificate_is_told_for_then_and_for_now() -> None:
    world = replace(make_world(), at=MONDAY + 2 * A_YEAR)

    (leader, _) = examine_file(make_sealed(), world).signatures

    assert (leader.then, leader.now) == ("còn hiệu lực", "đã hết hạn từ 02/03/2027")


def test_a_certificate_that_has_ended_does_not_pass_without_a_time_stamp() -> None:
    world = replace(make_world(), at=MONDAY + 2 * A_YEAR)

    verdict = examine_file(make_sealed(), world).verdict

    assert verdict.indication == Indication.INDETERMINATE


def test_trust_names_the_anchor() -> None:
    (leader, _) = examine_file(make_sealed(), make_world()).signatures

    assert (leader.trust.is_trusted, leader.trust.anchor) == (True, "Gốc thử nghiệm")


def test_an_authority_that_only_bears_the_name_of_ours_is_not_trusted() -> None:
    forged = make_root.__wrapped__()  # another key under the same name

    report = examine_file(make_sealed(), replace(make_world(), anchors={forged.der: "Giả"}))

    assert [one.trust.is_trusted for one in report.signatures] == [False, False]
    assert report.verdict.indication == Indication.INDETERMINATE


def test_a_time_stamp_proves_the_moment_and_says_by_whom() -> None:
    world = replace(make_world(), at=MONDAY + timedelta(hours=1))

    signed = signed_by_others(make_leaf(HOA), stamper=make_stamper())
    (one,) = examine_file(signed, world).signatures

    assert (one.level, one.proven_at, one.proven_by, one.verdict.indication) == (
        "PAdES B-T",
        MONDAY,
        "Dấu thời gian thử nghiệm",
        Indication.PASSED,
    )


def test_a_signer_whose_clock_is_a_day_ahead_is_warned_of() -> None:
    earlier = replace(make_world(), at=MONDAY - timedelta(days=1))

    (one,) = examine_file(signed_by_others(make_leaf(HOA)), earlier).signatures

    assert one.proven_at is None
    assert "Giờ ghi trong chữ ký muộn hơn thời điểm kiểm tra." in one.warnings


def test_a_signer_whose_clock_is_a_day_off_his_time_stamp_is_warned_of() -> None:
    stamper = make_stamper(MONDAY + timedelta(days=1))
    later = replace(make_world(), at=MONDAY + timedelta(days=1, hours=1))

    (one,) = examine_file(signed_by_others(make_leaf(HOA), stamper=stamper), later).signatures

    assert one.proven_at == MONDAY + timedelta(days=1)
    assert one.warnings == ("Giờ ghi trong chữ ký lệch với dấu thời gian hơn 5 phút.",)


def test_a_time_stamp_of_a_stranger_proves_nothing() -> None:
    world = replace(make_world(), at=MONDAY + timedelta(hours=1), anchors={})

    signed = signed_by_others(make_leaf(HOA), stamper=make_stamper())
    (one,) = examine_file(signed, world).signatures

    assert (one.proven_at, one.proven_by) == (None, "")


def test_a_document_time_stamp_with_its_evidence_is_the_longest_level() -> None:
    world = replace(make_world(), at=MONDAY + timedelta(hours=1))

    (one,) = examine_file(stamped_for_long(), world).signatures

    assert (one.level, one.proven_at, one.verdict.indication) == (
        "PAdES B-LTA",
        MONDAY,
        Indication.PASSED,
    )
    assert one.changes == ("Thêm dấu thời gian.", "Thêm dữ liệu để kiểm tra lâu dài.")


def stamped_for_long() -> bytes:
    """Return a paper with its evidence inside and a time stamp over all of it."""
    signed = signed_by_others(make_leaf(HOA), stamper=make_stamper())
    context = ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(make_root().der)],
        other_certs=[asn1_x509.Certificate.load(make_between().der)],
        crls=[make_crl(make_root()), make_crl(make_between())],
        moment=MONDAY,
        best_signature_time=MONDAY,
        allow_fetching=False,
    )
    target = io.BytesIO(signed)
    (one,) = PdfFileReader(target).embedded_regular_signatures
    DocumentSecurityStore.add_dss(
        output_stream=target,
        sig_contents=one.pkcs7_content.hex().encode(),
        certs=list(context.certificate_registry),
        crls=[CertificateList.load(make_crl(of)) for of in (make_root(), make_between())],
    )
    stamper = PdfTimeStamper(make_stamper())
    stamped = stamper.timestamp_pdf(IncrementalPdfFileWriter(target), "sha256", context)
    content: bytes = stamped.getvalue()
    return content


def test_a_file_that_trips_the_engine_is_damaged_and_no_more() -> None:
    stream = b"%PDF-1.7\n1 0 obj\n<</Type/Nope/Length 0>>\nstream\n\nendstream\nendobj\n"

    verdict = examine_file(stream + b"startxref\n9\n%%EOF\n", make_world()).verdict

    assert (verdict.indication, verdict.words) == (
        Indication.INDETERMINATE,
        "Tệp PDF bị hỏng, không đọc được.",
    )


def test_an_initialled_signed_and_sealed_document_passes_as_unchanged() -> None:
    roles = (TurnRole.INITIAL, TurnRole.LEADER, TurnRole.SEAL)
    content = make_prepared(roles)
    for name, role in (("Quàng Thị Mai", roles[0]), ("Nguyễn Thị Hoa", roles[1])):
        content = make_signed(content, make_leaf(name), role, roles=roles)
    seal = make_leaf("UBND xã Mường Phăng")
    content = make_signed(content, seal, TurnRole.SEAL, roles=roles, number=15)

    report = examine_file(content, make_world())

    assert report.verdict.indication == Indication.PASSED
    assert [one.verdict.indication for one in report.signatures] == [Indication.PASSED] * 3
    assert [one.changes for one in report.signatures][-1] == ()
