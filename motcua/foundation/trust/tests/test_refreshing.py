"""Lists of revoked certificates are fetched from those who matter, and from nobody else."""

import pytest
from pytest_django import Settings

from motcua.foundation.jobs import api as jobs
from motcua.foundation.trust import api as trust
from motcua.foundation.trust import ports
from motcua.foundation.trust.api import ServiceIn, ServiceKind
from motcua.foundation.trust.operations.refreshing import REFRESH
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .make import MONDAY, QUANG, make_between, make_crl, make_root, make_trusted_world

pytestmark = pytest.mark.django_db
ADDRESS = "http://crl.example.gov.vn/goc.crl"


class Line(ports.NoLine):
    """Answers with what was laid ready; notes what was asked."""

    def __init__(self) -> None:
        self.ready: dict[str, bytes] = {}
        self.asked: list[str] = []

    def crl(self, address: str) -> bytes:
        """Raises: LineDown where nothing was laid ready."""
        self.asked.append(address)
        if address not in self.ready:
            raise trust.LineDown("Không trả lời đúng hẹn.")
        return self.ready[address]


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    made = Line()
    monkeypatch.setattr(ports, "lines", {"test": lambda: made})
    return made


def enter(address: str = ADDRESS) -> None:
    given = ServiceIn("crl-goc", "Danh sách thu hồi", ServiceKind.CRL, address)
    trust.set_service(given, by=QUANG, at=MONDAY)


def test_a_list_of_a_partner_is_fetched_and_kept(line: Line) -> None:
    make_trusted_world()
    enter()
    line.ready[ADDRESS] = make_crl(make_between(), days=60)

    came = trust.refresh_revocation(at=MONDAY)

    row = trust.get_service("crl-goc")
    assert (came, row.latest_ok_at, row.latest_error) == ((1, 0), MONDAY, "")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "không trả lời"),
        (b"<html>", "không phải danh sách"),
        (make_crl(make_root("Kẻ lạ")), "Không biết nơi"),
    ],
)
def test_what_is_wrong_with_a_partner_is_noted(line: Line, content: bytes, says: str) -> None:
    make_trusted_world()
    enter()
    if content:
        line.ready[ADDRESS] = content

    came = trust.refresh_revocation(at=MONDAY)

    assert came == (0, 1)
    assert says.lower() in trust.get_service("crl-goc").latest_error.lower()


def test_a_stopped_partner_is_not_asked(line: Line) -> None:
    enter()
    trust.stop_service("crl-goc", by=QUANG, at=MONDAY)

    trust.refresh_revocation(at=MONDAY)

    assert line.asked == []


def test_lists_can_be_asked_for_at_once() -> None:
    trust.refresh_soon(by=QUANG, at=MONDAY)

    row = jobs.job_of(REFRESH)
    assert row is not None
    assert row.next_at == MONDAY


def test_an_administrator_of_one_agency_asks_for_none() -> None:
    xuan = Actor(id=9, name="Lò Thị Xuân", powers={"signing.administer": frozenset({7})})

    with pytest.raises(NotAllowed):
        trust.refresh_soon(by=xuan, at=MONDAY)


def test_time_stamps_are_asked_of_partners_before_the_settings(
    settings: Settings,
) -> None:
    settings.TSA_ADDRESS = "http://tsa.example/"
    tsa = ServiceIn("tsa-cp", "Dấu thời gian", ServiceKind.TSA, "http://10.0.0.5:318/tsa")
    trust.set_service(tsa, by=QUANG, at=MONDAY)

    found = [(one.code, one.url) for one in trust.time_stamp_services()]

    assert found == [("tsa-cp", "http://10.0.0.5:318/tsa"), ("", "http://tsa.example/")]


def test_the_machines_of_partners_in_use_are_known() -> None:
    more = "10.0.0.6 tsa-2.example.gov.vn"
    url = "http://10.0.0.5:318/tsa"
    tsa = ServiceIn("tsa-cp", "Dấu thời gian", ServiceKind.TSA, url, more_hosts=more)
    trust.set_service(tsa, by=QUANG, at=MONDAY)
    in_use = trust.entered_hosts()

    trust.stop_service("tsa-cp", by=QUANG, at=MONDAY)

    assert in_use == {"10.0.0.5:318", "10.0.0.6", "tsa-2.example.gov.vn"}
    assert trust.entered_hosts() == frozenset()
