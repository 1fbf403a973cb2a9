"""XML files of officers reach the level asked for, and stay there: XAdES B-B to B-LTA, renewed."""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from asn1crypto import cms
from lxml import etree
from pytest_django import Settings

from motcua.foundation.access.api import Power
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import Level, SigningRequest, XmlIn
from motcua.foundation.signing.errors import DocumentUnfit, NotYourTurn
from motcua.foundation.signing.operations.carrying import carry_on
from motcua.foundation.signing.operations.examining import world_at
from motcua.foundation.signing.operations.lifting import lift_due
from motcua.foundation.signing.rules.examining.report import Report
from motcua.foundation.signing.rules.examining.xml import examine_xml
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.tests.make import MONDAY
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .proof import NAME, SEAL, TSA, Line, make_authority, make_hoa
from .test_xades import RECEIPT

pytestmark = pytest.mark.django_db
SOON = MONDAY + timedelta(hours=2)
DS = "{http://www.w3.org/2000/09/xmldsig#}"
X132, X141 = "{http://uri.etsi.org/01903/v1.3.2#}", "{http://uri.etsi.org/01903/v1.4.1#}"


@pytest.fixture(autouse=True)
def line(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """Let services answer without a network."""
    one = Line()
    settings.TSA_ADDRESS = TSA
    monkeypatch.setitem(trust.lines, "http", lambda: one)
    yield one
    (make_authority().folder / "revoked.json").unlink(missing_ok=True)


def given(level: Level, *, is_sealed: bool = False, content: bytes = RECEIPT) -> XmlIn:
    return XmlIn("bien-lai.xml", content, "Biên lai điện tử", level, is_sealed)


def signed(level: Level, *, hoa: Actor | None = None, is_sealed: bool = False) -> SigningRequest:
    by = hoa or make_hoa()
    asked = signing.sign_xml_file(given(level, is_sealed=is_sealed), by=by, at=MONDAY)
    carry_on(at=MONDAY)
    return SigningRequest.objects.get(pk=asked.pk)


def examined(xml: bytes, at: datetime = SOON) -> Report:
    return examine_xml(xml, world_at(at))


@pytest.mark.parametrize("level", list(Level))
def test_a_file_reaches_the_level_asked_for_and_passes(level: Level) -> None:
    request = signed(level)
    for crl in make_authority().crls(at=SOON):
        trust.keep_crl(crl, "thử", at=SOON)

    report = examined(signing.document_of(request))
    (one,) = report.signatures
    words = f"XAdES {level.replace('_', '-')}"
    assert (one.verdict.indication, one.signer, one.level) == ("TOTAL-PASSED", NAME, words)
    assert (one.covers, report.warnings) == ("toàn bộ tệp", ())


def test_a_clerk_signs_with_the_seal_and_no_number_is_given() -> None:
    request = signed(Level.B_B, is_sealed=True)

    (one,) = examined(signing.document_of(request)).signatures
    assert (one.signer, request.number_words, str(request.state)) == (SEAL, "", "completed")


def test_who_does_not_keep_the_seal_does_not_sign_with_it() -> None:
    hoa = make_hoa()
    mai = replace(hoa, powers={Power.SIGN_DOCUMENTS: hoa.powers[Power.SIGN_DOCUMENTS]})

    with pytest.raises(NotAllowed):
        signing.sign_xml_file(given(Level.B_B, is_sealed=True), by=mai, at=MONDAY)


def test_the_archive_stamp_lies_over_what_the_standard_says() -> None:
    root = etree.fromstring(signing.document_of(signed(Level.B_LTA)))
    signature = next(root.iter(f"{DS}Signature"))
    stamp = next(signature.iter(f"{X141}ArchiveTimeStamp"))
    unsigned = next(signature.iter(f"{X132}UnsignedSignatureProperties"))
    token = stamp.findtext(f"{X132}EncapsulatedTimeStamp") or ""

    def canonical(node: etree._Element) -> bytes:
        return bytes(etree.tostring(node, method="c14n", with_tail=False))

    properties = canonical(next(signature.iter(f"{X132}SignedProperties")))
    info = [canonical(next(signature.iter(f"{DS}{n}"))) for n in ("SignedInfo", "SignatureValue")]
    keys = canonical(next(signature.iter(f"{DS}KeyInfo")))
    added = [canonical(one) for one in unsigned if one is not stamp]
    assert signature.getparent() is root
    root.remove(signature)
    parts = [canonical(root), properties, keys, *info, keys, *added]
    assert imprint_of(token) == sha256(b"".join(parts)).digest()
    assert [etree.QName(one).localname for one in unsigned] == [
        "SignatureTimeStamp",
        "CertificateValues",
        "RevocationValues",
        "ArchiveTimeStamp",
    ]


def imprint_of(token: str) -> bytes:
    data = cms.ContentInfo.load(b64decode(token))["content"]
    imprint: bytes = (
        data["encap_content_info"]["content"].parsed["message_imprint"].native["hashed_message"]
    )
    return imprint


def test_an_archive_stamp_is_renewed_and_proves_a_signer_whose_certificate_has_ended(
    line: Line,
) -> None:
    request = signed(Level.B_LTA)
    assert request.lift_at is not None
    line.at = later = request.lift_at
    before = signing.document_of(request)

    lift_due(at=later)

    request.refresh_from_db()
    after = signing.document_of(request)
    (one,) = examined(after, later + timedelta(hours=1)).signatures
    stamps = [xml.count(b"</xades141:ArchiveTimeStamp>") for xml in (before, after)]
    assert (stamps, one.valid_to < later) == ([1, 2], True)
    assert (one.verdict.indication, one.level) == ("TOTAL-PASSED", "XAdES B-LTA")
    assert request.lift_at is not None
    assert request.lift_at > later


def test_what_no_service_stamped_is_lifted_later(line: Line) -> None:
    line.faults["/tsa"] = "down"
    request = signed(Level.B_LTA)
    first = examined(signing.document_of(request)).signatures[0].level
    line.faults.clear()

    lift_due(at=MONDAY + timedelta(minutes=5))

    request.refresh_from_db()
    assert (first, examined(signing.document_of(request)).signatures[0].level) == (
        "XAdES B-B",
        "XAdES B-LTA",
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"15000", b"15"), (b"L\xc3\xb2 Th\xe1\xbb\x8b Lan", b"D\xc5\xa9ng")],
)
def test_a_changed_word_is_found_however_it_was_archived(old: bytes, new: bytes) -> None:
    report = examined(signing.document_of(signed(Level.B_LTA)).replace(old, new, 1))

    assert str(report.verdict.indication) == "TOTAL-FAILED"


def test_evidence_taken_out_from_under_the_archive_stamp_is_told() -> None:
    root = etree.fromstring(signing.document_of(signed(Level.B_LTA)))
    values = next(root.iter(f"{X132}CertificateValues"))
    above = values.getparent()
    assert above is not None
    above.remove(values)

    (one,) = examined(etree.tostring(root)).signatures

    assert one.level == "XAdES B-LT"
    assert [words for words in one.warnings if "lưu trữ không đúng" in words]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<a><b></a>", "không phải XML"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "khai báo kiểu"),
        (b'<a><s:Signature xmlns:s="http://www.w3.org/2000/09/xmldsig#"/></a>', "đã có chữ ký"),
    ],
)
def test_a_file_that_cannot_be_signed_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(DocumentUnfit, match=words):
        signing.sign_xml_file(given(Level.B_B, content=content), by=make_hoa(), at=MONDAY)


def test_a_way_that_cannot_sign_xml_is_refused_and_others_are_named() -> None:
    hoa = make_hoa()
    elsewhere = replace(given(Level.B_B), hand=signing.ELSEWHERE)

    with pytest.raises(NotYourTurn, match="ký số từ xa"):
        signing.sign_xml_file(elsewhere, by=hoa, at=MONDAY)
