"""Forms, symbols and numbers by the day they are of."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError

from motcua.casework.receipts.errors import BadSeries
from motcua.casework.receipts.models import Series
from motcua.casework.receipts.operations.series import DelegationIn, delegate
from motcua.casework.receipts.queries.forms import body_of, form_rules, low_series
from motcua.casework.receipts.rules.forms import key_faults, symbol_of_year
from motcua.lib.errors import NotAllowed

from .make import FEE, MONDAY, NEW_YEAR, TAX_CODE, make_body, make_place, make_series

pytestmark = pytest.mark.django_db
JULY, JUNE = date(2026, 7, 1), date(2026, 6, 30)


@pytest.mark.parametrize(
    ("key", "on"),
    [
        (("EBL01", "26TAA", "1"), JULY),
        (("EBL02", "26TYX", "99999999"), date(2026, 12, 31)),
        (("EBL01", "27TAA", "1"), date(2027, 1, 1)),
        (("01BLP0-001", "BI-23T", "0000001"), date(2023, 5, 4)),
        (("02BLP0-001", "AA-26E", "12"), JUNE),
    ],
)
def test_keys_of_their_day_are_right(key: tuple[str, str, str], on: date) -> None:
    assert list(key_faults(form_rules(), *key, on)) == []


@pytest.mark.parametrize(
    ("key", "on", "fault"),
    [
        (("EBL01", "26TAA", "1"), JUNE, "Ký hiệu mẫu “EBL01” không dùng cho ngày 30/06/2026"),
        (("01BLP0-001", "BI-26T", "1"), JULY, "Ký hiệu mẫu “01BLP0-001” không dùng cho ngày"),
        (("EBL03", "26TAA", "1"), JULY, "Ký hiệu mẫu “EBL03” không dùng cho ngày"),
        (("EBL01", "26TAI", "1"), JULY, "Ký hiệu “26TAI” không đúng dạng của mẫu EBL01"),
        (("EBL01", "26TAW", "1"), JULY, "Ký hiệu “26TAW” không đúng dạng của mẫu EBL01"),
        (("EBL01", "26EAA", "1"), JULY, "Ký hiệu “26EAA” không đúng dạng của mẫu EBL01"),
        (("EBL01", "25TAA", "1"), JULY, "Ký hiệu “25TAA” không phải của năm 2026"),
        (("EBL01", "26TAA", "123456789"), JULY, "Số “123456789” phải là số dương"),
        (("EBL01", "26TAA", "0"), JULY, "Số “0” phải là số dương"),
        (("EBL01", "26TAA", "1a"), JULY, "Số “1a” phải là số dương"),
    ],
)
def test_keys_that_are_wrong_are_named(key: tuple[str, str, str], on: date, fault: str) -> None:
    (found,) = key_faults(form_rules(), *key, on)

    assert found.startswith(fault)


def test_a_symbol_goes_on_in_another_year() -> None:
    rules = {one.code: one for one in form_rules()}

    assert symbol_of_year(rules["EBL01"], "26TAA", 2027) == "27TAA"
    assert symbol_of_year(rules["01BLP"], "BI-25T", 2026) == "BI-26T"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"form": "01BLP0-001"}, "không dùng cho ngày"),
        ({"symbol": "26TAO"}, "không đúng dạng"),
        ({"symbol": "27TAC"}, "không phải của năm 2026"),
        ({"symbol": "26TAA"}, "đã có dãy từ 1 đến 99999999"),
        ({"first_number": 9, "final_number": 8}, "Từ số phải nhỏ hơn"),
        ({"final_number": 100_000_000}, "nhiều nhất 8 chữ số"),
        ({"delegation_id": 4}, "không phải của cơ quan này"),
    ],
)
def test_a_series_is_refused(changes: dict[str, Any], said: str) -> None:
    place = make_place()

    with pytest.raises(BadSeries, match=said):
        make_series(place, FEE, **{"symbol": "26TAC", **changes})


def test_ranges_of_one_symbol_stand_side_by_side() -> None:
    place = make_place(has_series=False)
    make_series(place, FEE, "26TAA", final_number=500)

    make_series(place, FEE, "26TAA", first_number=501)

    assert Series.objects.count() == 2


def test_the_database_gives_no_number_twice() -> None:
    place = make_place(has_series=False)
    one = make_series(place, FEE, "26TAA", final_number=500)
    one.pk, one.first_number, one.final_number = None, 500, 900

    with pytest.raises(IntegrityError, match="share_no_number"):
        one.save(force_insert=True)


def test_only_who_keeps_the_receipts_of_an_agency_opens_its_series() -> None:
    place = make_place()
    for stranger in (place.binh, place.dung):
        with pytest.raises(NotAllowed):
            make_series(replace(place, oanh=stranger), FEE, "26TAC")


def test_the_accountant_hears_before_a_range_ends() -> None:
    place = make_place(has_series=False)
    make_series(place, FEE, "26TAA", final_number=50, warn_left=50)
    make_series(place, FEE, "26TAC", final_number=50, warn_left=49)

    assert [one.symbol for one in low_series([place.agency_id], MONDAY)] == ["26TAA"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"valid_from": date(2026, 7, 9)}, "sớm nhất từ 10/07/2026"),
        ({"contract_on": date(2026, 7, 20)}, "Hợp đồng phải ký trước"),
        ({"tax_code": "0100109107"}, "Chữ số kiểm tra"),
        ({"address": " "}, "tên, địa chỉ bên nhận ủy nhiệm"),
        ({"valid_to": date(2026, 7, 9)}, "Ngày cuối phải sau"),
    ],
)
def test_a_delegation_is_refused(changes: dict[str, Any], said: str) -> None:
    place = make_place()
    given: dict[str, Any] = {
        "agency_id": place.agency_id,
        "channel": "cod",
        "name": "Bưu điện tỉnh Điện Biên",
        "address": "Mường Thanh",
        "tax_code": TAX_CODE,
        "contract_number": "12/HĐ-UN",
        "contract_on": date(2026, 7, 1),
        "notified_on": date(2026, 7, 7),
        "valid_from": date(2026, 7, 10),
    }

    with pytest.raises(BadSeries, match=said):
        delegate(DelegationIn(**{**given, **changes}), by=place.oanh, at=MONDAY)


def test_a_name_that_begins_before_one_that_was_to_come_takes_its_place() -> None:
    place = make_place()
    make_body(place, name="Tên sau", valid_from=date(2026, 8, 1))

    make_body(place, name="Tên trước", valid_from=date(2026, 7, 15))

    named = [body_of(place.agency_id, date(2026, 7, 14)), body_of(place.agency_id, NEW_YEAR.date())]
    assert [one.name for one in named if one] == ["Ủy ban nhân dân xã Mường Phăng", "Tên trước"]


def test_a_wrong_tax_code_is_refused_and_a_new_name_begins_on_its_day() -> None:
    place = make_place()

    with pytest.raises(BadSeries, match="Chữ số kiểm tra"):
        make_body(place, tax_code="0100109107")
    make_body(place, name="UBND xã Mường Phăng mới", valid_from=date(2026, 8, 1))

    named = [body_of(place.agency_id, day) for day in (date(2026, 7, 31), date(2026, 8, 1))]
    assert [one.name for one in named if one] == [
        "Ủy ban nhân dân xã Mường Phăng",
        "UBND xã Mường Phăng mới",
    ]
