"""Who the partners are: entered by administrators, known by their certificates, dated."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.db import IntegrityError
from pytest_django import Settings

from motcua.casework.exchange.api import (
    CarrierAway,
    CounterpartIn,
    NoSuchCounterpart,
    Way,
    add_certificate,
    counterpart_for,
    counterpart_named,
    counterparts,
    counterparts_on_record,
    end_certificate,
    end_counterpart,
    greet,
    note_counterpart,
    outside_agencies,
    secret_of,
    set_counterpart,
)
from motcua.casework.exchange.models import Counterpart
from motcua.lib.errors import BadInput, NotAllowed

from .partners import ADMIN, Recording, make_partner
from .sending import CLERK, LATER, THURSDAY, make_agencies

pytestmark = pytest.mark.django_db
TODAY = THURSDAY.date()


def make_certificate(days: int = 365) -> bytes:
    """Make a certificate that counts for so many days from Thursday."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Trục liên thông Sơn La")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(THURSDAY - timedelta(days=30))
        .not_valid_after(THURSDAY + timedelta(days=days))
    )
    return builder.sign(key, SHA256()).public_bytes(Encoding.PEM)


def test_a_partner_speaks_for_an_agency_and_all_below_it() -> None:
    make_partner()

    found = {
        code: counterpart_for(code, TODAY) is not None
        for code in ("H52", "H52.5", "H52.5.1", "H520.1", "H53", "000.00.01.H52")
    }

    assert found == {
        "H52": True,
        "H52.5": True,
        "H52.5.1": True,
        "H520.1": False,
        "H53": False,
        "000.00.01.H52": True,
    }


def test_a_partner_counts_from_its_first_day_to_its_last() -> None:
    make_partner(valid_from=date(2026, 10, 1), valid_to=date(2026, 12, 31))

    days = (date(2026, 9, 30), date(2026, 10, 1), date(2026, 12, 31), date(2027, 1, 1))

    assert [len(counterparts(day)) for day in days] == [0, 1, 1, 0]


def test_only_the_administrator_of_the_province_enters_partners() -> None:
    with pytest.raises(NotAllowed):
        set_counterpart(
            CounterpartIn("a-b", "A", Way.VXP, ("*",), "https://truc.example"),
            by=CLERK,
            at=THURSDAY,
        )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "Sơn La"}, "code"),
        ({"name": " "}, "name"),
        ({"codes": ()}, "codes"),
        ({"codes": ("000.00.01.H52",)}, "codes"),
        ({"codes": ("H18.5",)}, "codes"),
        ({"address": ""}, "address"),
        ({"address": "http://sonla.example"}, "address"),
        ({"address": "https://a:b@sonla.example"}, "address"),
        ({"address": "https://sonla.example:99999"}, "address"),
        ({"valid_to": date(2025, 1, 1)}, "valid_to"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    changes: dict[str, object], field: str
) -> None:
    make_agencies()

    with pytest.raises(BadInput) as refused:
        make_partner(**changes)

    assert refused.value.field == field


def test_the_way_of_a_partner_stays() -> None:
    make_partner()

    with pytest.raises(BadInput):
        make_partner(way=Way.VXP)


def test_a_partner_that_ended_carries_nothing_and_stays_on_record() -> None:
    make_partner()

    with pytest.raises(BadInput):
        end_counterpart("tinh-son-la", " ", by=ADMIN, at=LATER)
    end_counterpart("tinh-son-la", "Sáp nhập", by=ADMIN, at=LATER)

    [shown] = counterparts_on_record()
    assert (counterparts(TODAY), shown.row.ended_reason) == ([], "Sáp nhập")


def test_a_partner_is_known_by_each_of_its_living_certificates() -> None:
    make_partner()
    first = add_certificate("tinh-son-la", make_certificate(), by=ADMIN, at=LATER)
    second = add_certificate("tinh-son-la", make_certificate(), by=ADMIN, at=LATER)

    end_certificate("tinh-son-la", first.sha256, by=ADMIN, at=LATER)

    found = counterpart_named("tinh-son-la", TODAY)
    assert found is not None
    assert found.certificates == (bytes(second.der),)


@pytest.mark.parametrize("content", [b"khong phai", make_certificate(days=-1)])
def test_what_is_no_certificate_or_is_over_is_refused(content: bytes) -> None:
    make_partner()

    with pytest.raises(BadInput):
        add_certificate("tinh-son-la", content, by=ADMIN, at=LATER)


def test_one_certificate_is_of_one_partner() -> None:
    make_partner()
    make_partner(code="tinh-khac", codes=("H99",), name="Tỉnh khác")
    content = make_certificate()
    add_certificate("tinh-son-la", content, by=ADMIN, at=LATER)

    with pytest.raises(BadInput, match="Sơn La"):
        add_certificate("tinh-khac", content, by=ADMIN, at=LATER)


def test_there_is_no_certificate_without_a_partner() -> None:
    with pytest.raises(NoSuchCounterpart):
        add_certificate("khong-co", make_certificate(), by=ADMIN, at=LATER)


def test_the_address_book_holds_whom_a_partner_may_speak_for() -> None:
    partner = make_partner()

    words = greet(partner, Recording(), at=LATER)

    assert (words, [(one.code, one.partner) for one in outside_agencies(TODAY)]) == (
        "Tỉnh Sơn La",
        [("H52.5", "Tỉnh Sơn La")],
    )


def test_how_it_went_with_a_partner_is_noted() -> None:
    make_partner()

    note_counterpart("tinh-son-la", at=LATER, error="Không nối được")
    failing = Counterpart.objects.get().is_failing
    note_counterpart("tinh-son-la", at=LATER + timedelta(minutes=1))

    assert (failing, Counterpart.objects.get().is_failing) == (True, False)


def test_our_secret_stands_in_a_file_that_nobody_else_reads(
    settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "secrets.json"
    settings.EXCHANGE_SECRETS_FILE = str(path)
    path.write_text(json.dumps({"truc": "mat"}))
    path.chmod(0o644)
    with pytest.raises(CarrierAway, match="0600"):
        secret_of("truc")
    path.chmod(0o600)

    assert secret_of("truc") == "mat"
    with pytest.raises(CarrierAway):
        secret_of("khac")


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"way": "pig"}, "way_is_known"),
        ({"delivery": "drop"}, "delivery_is_known"),
        ({"valid_to": date(2020, 1, 1)}, "days_in_order"),
        ({"codes": []}, "speaks_for_somebody"),
    ],
)
def test_the_database_refuses_what_cannot_be(changes: dict[str, object], constraint: str) -> None:
    make_partner()

    with pytest.raises(IntegrityError, match=constraint):
        Counterpart.objects.update(**changes)
