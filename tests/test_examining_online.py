"""Authorities are asked during an examination: only ours, only in time, and not again at once."""

from datetime import timedelta
from functools import lru_cache
from time import monotonic, sleep

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.db import connection
from pytest_django import Settings

from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import Indication, TurnRole
from motcua.foundation.signing.operations import examining
from motcua.foundation.signing.rules.examining.files import examine_file
from motcua.foundation.signing.rules.examining.report import World
from motcua.foundation.signing.tests.make import make_prepared, make_signed
from motcua.foundation.trust import api as trust
from motcua.foundation.trust import ports
from motcua.foundation.trust.api import Purpose, ServiceIn, ServiceKind
from motcua.foundation.trust.operations import asking
from motcua.foundation.trust.rules.asking import Allowed, Permit, Question, questions_about
from motcua.foundation.trust.tests.make import MONDAY, QUANG, SEN, Pair

from .proof import Line, issued, make_authority

pytestmark = pytest.mark.django_db
ADDRESS = "http://ca.example.vn"
ASKED = "Đã hỏi ca.example.vn về “Lò Thị Lan”: trả lời lập lúc 09:00:00 02/03/2026."
DOWN = "Đã hỏi ca.example.vn về “Lò Thị Lan”: không ai trả lời."


@lru_cache(maxsize=4)
def signed_by(name: str) -> bytes:
    """Return a paper signed with a certificate that is not registered here."""
    der, pem = issued(name)
    pair = Pair(x509.load_der_x509_certificate(der), load_pem_private_key(pem, None))  # type: ignore[arg-type]  # -- an RSA key
    between = (make_authority().between.der,)
    return make_signed(make_prepared(), pair, TurnRole.LEADER, chain=between)


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Line:
    """Believe the authority's root and nothing else; ask on the line, examine in this process."""

    def here(content: bytes, world: World, beside: bytes | None = None) -> signing.Report:
        return examine_file(content, world, beside)

    settings.EXAMINE_ONLINE = "anchors"
    made = Line()
    monkeypatch.setattr(ports, "lines", {"test": lambda: made})
    monkeypatch.setattr(examining, "examine_apart", here)
    anchor = trust.propose_anchor(make_authority().root.der, Purpose.DEMO, by=QUANG, at=MONDAY)
    trust.approve_anchor(anchor.sha256, anchor.sha256[-8:], by=SEN, at=MONDAY)
    return made


def examined(name: str = "Lò Thị Lan", *, minutes: int = 0) -> signing.Report:
    return signing.examine(signed_by(name), at=MONDAY + timedelta(minutes=minutes))


def verdict_of(report: signing.Report) -> tuple[str, str]:
    return report.verdict.indication, report.verdict.sub


def test_the_authority_is_asked_and_the_signature_passes(line: Line) -> None:
    report = examined()

    assert verdict_of(report) == (Indication.PASSED, "")
    assert (sorted(line.asked), ASKED in report.asked) == (["/crl/root", "/ocsp"], True)
    shown = [(one.role, one.then, one.now, one.known_by[:4]) for one in certificates_of(report)]
    assert shown == [
        ("người ký", "còn hiệu lực", "còn hiệu lực", "OCSP"),
        ("nơi cấp", "còn hiệu lực", "còn hiệu lực", "CRL,"),
    ]


def certificates_of(report: signing.Report) -> tuple[signing.CertificateShown, ...]:
    return report.signatures[0].certificates


@pytest.mark.parametrize("permit", ["off", "listed"])
def test_where_nobody_may_be_asked_it_is_as_it_was(
    permit: str, line: Line, settings: Settings
) -> None:
    settings.EXAMINE_ONLINE = permit

    report = examined()

    assert verdict_of(report) == (Indication.INDETERMINATE, "TRY_LATER")
    assert (line.asked, report.asked) == ([], ())


def test_a_machine_that_an_administrator_entered_may_be_asked(
    line: Line, settings: Settings
) -> None:
    settings.EXAMINE_ONLINE = "listed"
    service = ServiceIn("ocsp-ca", "Nơi cấp", ServiceKind.OCSP, f"{ADDRESS}/ocsp")
    trust.set_service(service, by=QUANG, at=MONDAY)

    assert verdict_of(examined()) == (Indication.PASSED, "")
    assert sorted(line.asked) == ["/crl/root", "/ocsp"]


def test_what_was_answered_serves_for_an_hour(line: Line) -> None:
    examined()
    first = len(line.asked)

    again = examined(minutes=59)
    within = line.asked[first:]
    line.at = MONDAY + timedelta(minutes=61)
    examined(minutes=61)

    assert (verdict_of(again), within) == ((Indication.PASSED, ""), [])
    assert line.asked[first:] == ["/ocsp"]


def test_an_authority_that_says_revoked_is_believed(line: Line) -> None:
    name = "Người đã mất thẻ"
    serial = x509.load_der_x509_certificate(issued(name)[0]).serial_number
    make_authority().revoke(serial, at=MONDAY - timedelta(hours=1))

    report = examined(name)

    assert report.verdict.indication == Indication.INDETERMINATE
    assert report.signatures[0].now == "đã bị thu hồi từ 02/03/2026"
    assert "/ocsp" in line.asked


def test_without_an_answer_it_stays_open_and_says_why(line: Line) -> None:
    line.faults["all"] = "down"

    report = examined()

    assert verdict_of(report) == (Indication.INDETERMINATE, "TRY_LATER")
    assert DOWN in report.verdict.words


def test_who_gave_no_answer_is_not_waited_for_again_for_five_minutes(line: Line) -> None:
    line.faults["all"] = "down"
    examined()
    first = len(line.asked)

    again = examined(minutes=4)
    within = line.asked[first:]
    line.faults.clear()
    later = examined(minutes=6)

    assert (within, DOWN in again.verdict.words) == ([], True)
    assert verdict_of(later) == (Indication.PASSED, "")


@pytest.mark.parametrize("fault", ["garbage", "page"])
def test_nonsense_is_as_good_as_no_answer(fault: str, line: Line) -> None:
    line.faults["all"] = fault

    assert verdict_of(examined()) == (Indication.INDETERMINATE, "TRY_LATER")


def test_where_the_answer_is_nonsense_the_list_is_taken(line: Line) -> None:
    line.faults["/ocsp"] = "garbage"

    report = examined()

    assert verdict_of(report) == (Indication.PASSED, "")
    assert [one.known_by[:3] for one in certificates_of(report)] == ["CRL", "CRL"]


def test_nobody_waits_longer_than_the_time_allows(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(*_: object) -> bytes:
        sleep(1)
        return b""

    monkeypatch.setattr(line, "ocsp", slowly)
    monkeypatch.setattr(line, "crl", slowly)
    questions = [one for one in _questions() if one.answers]
    begun = monotonic()

    inquiry = asking.inquire(questions, at=MONDAY, seconds=0.2)

    assert monotonic() - begun < 0.8
    assert [one.error for one in inquiry.said] == ["không trả lời trong thời gian cho phép"]


def _questions() -> list[Question]:
    allowed = Allowed(Permit.ANCHORS, frozenset())
    known, anchors = [make_authority().between.der], [make_authority().root.der]
    return list(questions_about([issued("Lò Thị Lan")[0]], known, anchors, allowed))


def test_addresses_in_certificates_of_strangers_are_never_asked(line: Line) -> None:
    trust.withdraw_anchor(trust.anchors_on(MONDAY)[0].sha256, "thử", by=QUANG, at=MONDAY)

    report = examined(minutes=1)

    assert verdict_of(report) == (Indication.INDETERMINATE, "NO_CERTIFICATE_CHAIN_FOUND")
    assert line.asked == []


@pytest.mark.parametrize(
    ("address", "is_asked"),
    [
        ("http://ca.example.vn/ocsp", True),
        ("https://ca.example.vn:443/ocsp", True),
        ("http://ca.example.vn:8500/ocsp", False),
        ("http://10.0.0.5:318/ocsp", True),
        ("http://10.0.0.5:22/", False),
        ("http://ca.example.vn:x/", False),
    ],
)
def test_a_port_that_is_not_usual_is_asked_of_entered_machines_only(
    address: str, *, is_asked: bool
) -> None:
    allowed = Allowed(Permit.ANCHORS, frozenset({"10.0.0.5:318"}))

    assert bool(allowed.of([address])) is is_asked


def test_no_connection_of_a_thread_is_left_behind(line: Line) -> None:
    examined()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend'"
        )
        assert cursor.fetchone()[0] == 1
    assert "/ocsp" in line.asked
