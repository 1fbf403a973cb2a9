"""The certificates with which people sign here: their authority is asked, what is revoked told."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from cryptography import x509

from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.notifications import api as notifications
from motcua.foundation.organisation.api import AgencyKind, Level, PostRole, forget_tree
from motcua.foundation.organisation.tests.make import make_agency, make_post, root_of
from motcua.foundation.trust import api as trust
from motcua.foundation.trust import ports
from motcua.foundation.trust.api import CertificateState, KnownState
from motcua.foundation.trust.models import Certificate
from motcua.foundation.trust.operations.statuses import forget_answers
from motcua.foundation.trust.tests.make import MONDAY, QUANG

from .proof import NAME, SEAL, Line, issued, make_authority, make_hoa

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=6)
REASON = "Nơi cấp báo đã bị thu hồi (OCSP)."


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    made = Line()
    monkeypatch.setattr(ports, "lines", {"test": lambda: made})
    yield made
    (make_authority().folder / "revoked.json").unlink(missing_ok=True)


def revoke(name: str) -> None:
    serial = x509.load_der_x509_certificate(issued(name)[0]).serial_number
    make_authority().revoke(serial, at=MONDAY - timedelta(hours=1))


def of(name: str) -> Certificate:
    return Certificate.objects.get(subject_name=name)


def test_each_certificate_shows_what_its_authority_said_and_when(line: Line) -> None:
    make_hoa()

    fallen = trust.refresh_statuses(at=MONDAY)

    one = of(NAME)
    assert (fallen, line.asked) == (0, ["/ocsp", "/ocsp"])
    found = (one.known_state, one.known_by, one.known_at, one.asked_at, one.ask_error)
    assert found == (KnownState.GOOD, "ocsp", MONDAY, MONDAY, "")


def test_what_the_authority_revoked_cannot_sign_here_any_more(line: Line) -> None:
    hoa = make_hoa()
    revoke(SEAL)

    fallen = trust.refresh_statuses(at=MONDAY)

    one = of(SEAL)
    assert (fallen, one.state, one.state_reason) == (1, CertificateState.REVOKED, REASON)
    assert one.state_at == MONDAY - timedelta(hours=1)
    assert trust.seal_of_agency(hoa.agency_id or 0, MONDAY) is None
    assert "/ocsp" in line.asked


def test_holder_clerk_and_administrators_hear_of_it_once(line: Line) -> None:
    hoa = make_hoa()
    province = make_agency(
        "H18", kind=AgencyKind.PROVINCE_COMMITTEE, level=Level.PROVINCE, place_code="11"
    )
    forget_tree()
    quan = make_officer_account("Vũ Thị Quản", username="quan")
    make_post(root_of(province), PostRole.ADMINISTRATOR, holder=quan.officer)
    revoke(NAME)

    fallen = [trust.refresh_statuses(at=at) for at in (MONDAY, LATER)]

    accounts = (hoa.id, quan.pk)
    heard = [subjects_for(one) for one in accounts]
    said = f"Nơi cấp báo chứng thư số của {NAME} đã bị thu hồi"
    assert (fallen, heard) == ([1, 0], [[said], [said]])
    assert "/ocsp" in line.asked


def subjects_for(account_id: int) -> list[str]:
    return [one.subject for one in notifications.Notice.objects.filter(account_id=account_id)]


def test_without_an_answer_the_age_of_the_last_one_stays_and_the_reason_is_kept(
    line: Line,
) -> None:
    make_hoa()
    trust.refresh_statuses(at=MONDAY)
    line.faults["all"] = "down"

    trust.refresh_statuses(at=LATER)

    one = of(NAME)
    assert (one.known_state, one.known_at, one.asked_at) == (KnownState.GOOD, MONDAY, LATER)
    assert one.ask_error == "Không ai trả lời"


def test_a_list_that_is_newer_than_the_answer_counts(line: Line) -> None:
    make_hoa()
    trust.refresh_statuses(at=MONDAY)
    revoke(NAME)
    trust.keep_crl(make_authority().crl("between", at=LATER), "tệp", at=LATER)
    line.faults["/ocsp"] = "down"

    trust.refresh_statuses(at=LATER)

    one = of(NAME)
    assert (one.known_state, one.known_by) == (KnownState.REVOKED, "crl")
    assert one.state == CertificateState.REVOKED


def test_a_certificate_that_leads_nowhere_says_so(line: Line) -> None:
    make_hoa()
    anchor = trust.anchors_on(MONDAY)[0]
    trust.withdraw_anchor(anchor.sha256, "thử", by=QUANG, at=MONDAY)

    trust.refresh_statuses(at=LATER)

    one = of(NAME)
    assert (one.known_state, line.asked) == (KnownState.UNKNOWN, [])
    assert one.ask_error == "Chứng thư không dẫn tới gốc nào được tin cậy."


def test_answers_nobody_saw_for_a_week_are_forgotten(line: Line) -> None:
    make_hoa()
    trust.refresh_statuses(at=MONDAY)

    gone = [forget_answers(at=MONDAY + timedelta(days=days)) for days in (7, 8)]

    assert gone == [0, len(line.asked)]
