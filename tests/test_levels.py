"""Papers reach the level their policy wants, at once or as soon as services answer again."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings

from motcua.foundation.outbox.models import Fact
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import DocumentVersion, Level, SignedPaper, SigningRequest
from motcua.foundation.signing.operations.carrying import carry_on
from motcua.foundation.signing.operations.examining import world_at
from motcua.foundation.signing.operations.lifting import LEASE, lift_due
from motcua.foundation.signing.rules.examining.pdf import examine_pdf
from motcua.foundation.signing.rules.examining.report import Report
from motcua.foundation.signing.rules.lifting import are_all_timed
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.tests.make import MONDAY
from motcua.lib.clock import local_day

from .proof import TSA, Line, ask, issued, make_authority, make_hoa, sign_and_seal

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def line(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """Let services answer without a network."""
    one = Line()
    settings.TSA_ADDRESS = TSA
    monkeypatch.setitem(trust.lines, "http", lambda: one)
    yield one
    (make_authority().folder / "revoked.json").unlink(missing_ok=True)


def versions_of(request: SigningRequest) -> list[tuple[str, str]]:
    rows = DocumentVersion.objects.filter(request=request).order_by("seq")
    return [(one.made_by, one.level) for one in rows]


def report_of(request: SigningRequest) -> Report:
    return examine_pdf(signing.document_of(request), world_at(LATER + timedelta(hours=1)))


def verdict_of(request: SigningRequest) -> list[str]:
    report = report_of(request)
    return [f"{one.verdict.indication} {one.verdict.sub}".strip() for one in report.signatures]


def test_each_signature_gets_its_time_stamp_at_once() -> None:
    request = sign_and_seal(Level.B_T)

    assert versions_of(request)[2:] == [("signed", "B_T"), ("sealed", "B_T")]
    assert request.lift_at is None


def test_the_last_signature_brings_evidence_and_archive_stamp() -> None:
    request = sign_and_seal(Level.B_LTA)

    assert versions_of(request)[3:] == [("sealed", "B_LTA"), ("lifted", "B_LTA")]
    assert verdict_of(request) == ["TOTAL-PASSED", "TOTAL-PASSED"]


def test_what_is_issued_is_the_lifted_document() -> None:
    request = sign_and_seal(Level.B_LT)

    paper = SignedPaper.objects.get(request_id=request.pk)
    newest = DocumentVersion.objects.select_related("file").get(request=request, seq=4)
    assert paper.sha256 == newest.file.sha256


@pytest.mark.parametrize("fault", ["down", "page", "garbage", "other", "nonce", "clock"])
def test_without_a_good_time_stamp_the_paper_is_signed_all_the_same(fault: str, line: Line) -> None:
    line.faults["/tsa"] = fault

    request = sign_and_seal(Level.B_LTA)

    assert (request.state, signing.is_work_due(MONDAY)) == ("completed", True)
    assert versions_of(request)[2:] == [("signed", "B_B"), ("sealed", "B_B")]
    assert request.lift_at == MONDAY


def test_a_service_that_is_away_is_left_alone_for_a_while(line: Line) -> None:
    line.faults["/tsa"] = "down"

    sign_and_seal(Level.B_T)

    assert line.asked == ["/tsa"]


def test_a_time_stamp_that_was_missing_is_put_in_before_the_next_one_signs(line: Line) -> None:
    line.faults["/tsa"] = "down"
    hoa = make_hoa()
    request = ask(hoa, Level.B_LTA)
    signing.begin_attempt(request.code, by=hoa, at=MONDAY)
    carry_on(at=MONDAY)
    line.faults.clear()
    line.at = LATER

    lift_due(at=LATER)
    signing.number_and_seal(request.code, by=hoa, at=LATER)
    carry_on(at=LATER)

    assert versions_of(request)[2:] == [
        ("signed", "B_B"),
        ("lifted", "B_T"),
        ("sealed", "B_LTA"),
        ("lifted", "B_LTA"),
    ]
    request.refresh_from_db()
    assert verdict_of(request) == ["TOTAL-PASSED", "TOTAL-PASSED"]


def test_it_is_lifted_when_the_service_answers_again(line: Line) -> None:
    line.faults["/tsa"] = "down"
    request = sign_and_seal(Level.B_LTA)
    line.faults.clear()
    line.at = LATER

    assert lift_due(at=LATER) == 1

    request.refresh_from_db()
    assert versions_of(request)[4:] == [("lifted", "B_LTA")]
    assert are_all_timed(signing.document_of(request))
    assert verdict_of(request) == ["TOTAL-PASSED", "TOTAL-PASSED"]
    assert [one.proven_at for one in report_of(request).signatures] == [LATER, LATER]


def test_who_asked_for_the_signatures_hears_of_the_lifted_file(line: Line) -> None:
    line.faults["/tsa"] = "down"
    request = sign_and_seal(Level.B_T)
    line.faults.clear()

    lift_due(at=MONDAY)

    fact = Fact.objects.get(topic="signing.lifted")
    request.refresh_from_db()
    assert (fact.payload["owner"], fact.payload["level"]) == ("test:1", "B_T")
    newest = DocumentVersion.objects.get(request=request, seq=request.latest_seq)
    assert fact.payload["file_id"] == newest.file_id


def test_both_the_paper_as_issued_and_as_lifted_are_known_by_the_mark(line: Line) -> None:
    line.faults["/tsa"] = "down"
    request = sign_and_seal(Level.B_T)
    as_issued = signing.document_of(request)
    line.faults.clear()
    lift_due(at=MONDAY)
    request.refresh_from_db()

    paper = signing.paper_by_token(request.paper_token, on=local_day(MONDAY))

    assert paper is not None
    same = [paper.is_same([copy]) for copy in (as_issued, signing.document_of(request), b"other")]
    assert same == [True, True, False]


def test_lifting_waits_longer_each_time_and_says_why(line: Line) -> None:
    line.faults["/tsa"] = "down"
    request = sign_and_seal(Level.B_T)

    lift_due(at=MONDAY)
    lift_due(at=LATER)

    request.refresh_from_db()
    expected = (2, "Không ai trả lời.", LATER + timedelta(minutes=2))
    assert (request.lift_tries, request.lift_error, request.lift_at) == expected


def test_when_nobody_says_whether_certificates_hold_the_evidence_is_added_later(
    line: Line,
) -> None:
    line.faults |= {"/ocsp": "garbage", "/crl/between": "page", "/crl/root": "page"}
    request = sign_and_seal(Level.B_LT)

    line.faults.clear()
    lift_due(at=MONDAY)

    assert versions_of(request)[2:] == [("signed", "B_T"), ("sealed", "B_T"), ("lifted", "B_LT")]


def test_where_status_is_not_answered_the_list_is_taken(line: Line) -> None:
    line.faults["/ocsp"] = "down"

    request = sign_and_seal(Level.B_LTA)

    assert verdict_of(request) == ["TOTAL-PASSED", "TOTAL-PASSED"]


def test_a_certificate_revoked_before_it_signed_is_never_lifted() -> None:
    seal = trust.read_certificate(issued("UBND xã Mường Phăng")[0])
    make_authority().revoke(int(seal.serial, 16), at=MONDAY - timedelta(hours=1))

    request = sign_and_seal(Level.B_LT)
    lift_due(at=MONDAY)

    request.refresh_from_db()
    assert versions_of(request)[-1] == ("sealed", "B_T")
    assert (request.lift_at, request.lift_error[:26]) == (None, "Chứng thư đã bị thu hồi từ")


def test_an_archive_stamp_is_renewed_a_year_before_its_certificate_ends(line: Line) -> None:
    request = sign_and_seal(Level.B_LTA)
    ends = make_authority().stamper.certificate.not_valid_after_utc
    assert request.lift_at == ends - timedelta(days=365)

    line.at = request.lift_at
    assert (lift_due(at=request.lift_at - timedelta(seconds=1)), lift_due(at=line.at)) == (0, 1)

    request.refresh_from_db()
    assert versions_of(request)[-1] == ("renewed", "B_LTA")


def test_a_document_another_signer_works_on_is_left_to_it(line: Line) -> None:
    line.faults["/tsa"] = "down"
    request = sign_and_seal(Level.B_T)
    SigningRequest.objects.filter(pk=request.pk).update(lift_at=MONDAY + LEASE)

    assert lift_due(at=MONDAY) == 0
