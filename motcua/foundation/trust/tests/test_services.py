"""Partners are entered with the machines that may be asked; how it went is noted."""

from dataclasses import replace

import pytest
from django.db import IntegrityError

from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import ServiceIn, ServiceKind
from motcua.foundation.trust.models import TrustService
from motcua.lib.errors import BadInput

from .make import MONDAY, QUANG

TSA = ServiceIn(
    "tsa-chinh-phu",
    "Dấu thời gian Chính phủ",
    ServiceKind.TSA,
    "http://tsa.example.gov.vn:8080/tsa",
    more_hosts="tsa-du-phong.example.gov.vn   10.1.2.3",
)


@pytest.mark.django_db
def test_a_partner_is_asked_at_its_own_machines_only() -> None:
    trust.set_service(TSA, by=QUANG, at=MONDAY)

    (service,) = trust.services_of(ServiceKind.TSA, ServiceKind.OCSP)

    bounds = service.bounds(64_000)
    assert bounds.hosts == {
        "tsa.example.gov.vn:8080",
        "tsa-du-phong.example.gov.vn",
        "10.1.2.3",
    }
    assert (bounds.most_bytes, bounds.total_s, bounds.allows_private) == (64_000, 10.0, True)


@pytest.mark.django_db
def test_a_stopped_partner_is_not_asked() -> None:
    trust.set_service(TSA, by=QUANG, at=MONDAY)

    trust.stop_service(TSA.code, by=QUANG, at=MONDAY)

    assert trust.services_of(ServiceKind.TSA) == []
    with pytest.raises(trust.NoSuchService):
        trust.service_by_code(TSA.code)


@pytest.mark.django_db
def test_a_stopped_partner_can_be_taken_up_again() -> None:
    trust.set_service(TSA, by=QUANG, at=MONDAY)
    trust.stop_service(TSA.code, by=QUANG, at=MONDAY)

    trust.stop_service(TSA.code, again=True, by=QUANG, at=MONDAY)

    assert [one.code for one in trust.services_of(ServiceKind.TSA)] == [TSA.code]


@pytest.mark.django_db
def test_a_new_address_takes_the_place_of_the_old() -> None:
    trust.set_service(TSA, by=QUANG, at=MONDAY)

    trust.set_service(replace(TSA, url="https://tsa.example.gov.vn/"), by=QUANG, at=MONDAY)

    assert [one.url for one in trust.services_on_record()] == ["https://tsa.example.gov.vn/"]


@pytest.mark.django_db
def test_a_code_stays_with_its_kind() -> None:
    trust.set_service(TSA, by=QUANG, at=MONDAY)

    with pytest.raises(BadInput, match="loại dịch vụ khác"):
        trust.set_service(replace(TSA, kind=ServiceKind.CSC), by=QUANG, at=MONDAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"url": "tsa.example.gov.vn"}, "url"),
        ({"url": "ftp://tsa.example.gov.vn/"}, "url"),
        ({"url": "http://lan:mk@tsa.example.gov.vn/"}, "url"),
        ({"url": "http://tsa.example.gov.vn:99999/"}, "url"),
        ({"url": "http://dấu.example/"}, "url"),
        ({"code": "dấu thời gian"}, "code"),
        ({"code": ""}, "code"),
        ({"name": " "}, "name"),
        ({"timeout_s": 0}, "timeout_s"),
        ({"timeout_s": 61}, "timeout_s"),
    ],
)
def test_an_address_that_cannot_be_asked_is_refused(change: dict[str, str], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        trust.set_service(replace(TSA, **change), by=QUANG, at=MONDAY)  # type: ignore[arg-type]  # -- one field each

    assert refused.value.field == field


@pytest.mark.django_db
def test_how_it_went_is_noted_beside_how_it_went_before() -> None:
    trust.set_service(TSA, by=QUANG, at=MONDAY)

    trust.note_service(TSA.code, at=MONDAY)
    trust.note_service(TSA.code, at=MONDAY, error="Không trả lời đúng hẹn")

    row = trust.get_service(TSA.code)
    assert (row.latest_ok_at, row.latest_error) == (MONDAY, "Không trả lời đúng hẹn")


@pytest.mark.django_db
def test_the_database_refuses_a_partner_nobody_waits_for() -> None:
    trust.set_service(TSA, by=QUANG, at=MONDAY)

    with pytest.raises(IntegrityError, match="waits_a_while"):
        TrustService.objects.update(timeout_s=0)
