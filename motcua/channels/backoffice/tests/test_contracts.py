"""Contracts on the screen: entered, priced, paused, changed, ended; each agency sees its own."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from motcua.casework.contracts import api as contracts
from motcua.casework.contracts.tests.make import CONTRACT, MANAGER, NOW, make_contract
from motcua.foundation.organisation import api as organisation

from .people import page_of

pytestmark = pytest.mark.django_db
FORM = {
    "partner": "vnpay",
    "number": "02/2026",
    "signed_on": "25/12/2025",
    "our_side": "UBND tỉnh",
    "valid_from": "1/1/2026",
    "channels": ["vnpay", "cod"],
    "accounts": "Kho bạc; 3741 0000 0001; UBND tỉnh; 970403",
}


def post(client: Client, path: str, **values: Any) -> str:
    """Send a form and return where it leads, or what the page says."""
    answer = client.post(f"/quan-tri/{path}", {"request_key": str(uuid4()), **values})
    return answer.headers.get("Location") or answer.content.decode()


def partner() -> None:
    contracts.save_partner(
        contracts.PartnerIn("vnpay", "VNPAY mẫu", contracts.PartnerKind.GATEWAY),
        by=MANAGER,
        at=NOW,
    )


def signed(client: Client, **changes: Any) -> str:
    """Enter a contract on the screen and return where it leads."""
    partner()
    return post(client, "hop-dong/them/", **{**FORM, **changes})


def test_contracts_are_for_administrators(quan: Client, xuan: Client, dung: Client) -> None:
    pages = [page_of(person, "hop-dong/") for person in (quan, xuan, dung)]
    assert [pages[0][:9], pages[1][:9], pages[2]] == ["<!DOCTYPE", "<!DOCTYPE", "403"]


def test_a_partner_is_entered_and_corrected(quan: Client) -> None:
    values = {"name": "Bưu điện tỉnh", "kind": "post"}
    post(quan, "hop-dong/doi-tac/them/", code="buu-dien", **values)
    post(quan, "hop-dong/doi-tac/buu-dien/", **{**values, "tax_code": "0100000044"})
    assert contracts.get_partner("buu-dien").tax_code == "0100000044"


def test_a_contract_is_entered_with_its_accounts_and_opens_its_channels(quan: Client) -> None:
    went = signed(quan)
    code = went.rstrip("/").rpartition("/")[2]
    page = page_of(quan, f"hop-dong/so/{code}/")
    for words in ("374100000001", "970403", "Mọi cơ quan của tỉnh", "chưa có giá"):
        assert words in page
    assert contracts.is_open("cod", 7, CONTRACT.valid_from)


def test_an_unknown_agency_is_named(quan: Client) -> None:
    assert "Không có cơ quan mang mã “H99”." in signed(quan, agencies="H99")


def test_an_account_that_is_incomplete_is_named(quan: Client) -> None:
    assert "hãy ghi ngân hàng; số tài khoản" in signed(quan, accounts="Kho bạc 123")


def test_a_price_is_set_with_a_comma(quan: Client) -> None:
    code = make_contract(price=None).code
    values = {"channel": "vnpay", "valid_from": "1/1/2026", "percent": "0,55"}
    post(quan, f"hop-dong/so/{code}/gia/", fixed_vnd="1.100", **values)
    assert contracts.cost_of("vnpay", 100_000, CONTRACT.valid_from) == 1650
    assert "0,55 %" in page_of(quan, f"hop-dong/so/{code}/")


@pytest.mark.parametrize("percent", ["một", "NaN", "0,12345", "1e3"])
def test_a_price_that_is_no_number_we_keep_is_refused(quan: Client, percent: str) -> None:
    code = make_contract().code
    page = post(
        quan, f"hop-dong/so/{code}/gia/", channel="vnpay", valid_from="1/2/2026", percent=percent
    )
    assert "Hãy ghi một số như 0,55." in page


def test_a_contract_is_paused_with_a_reason_and_goes_on(quan: Client) -> None:
    code = make_contract().code
    post(quan, f"hop-dong/so/{code}/tam-dung/", why="Cổng hỏng")
    paused = "Cổng hỏng" in page_of(quan, f"hop-dong/so/{code}/")
    post(quan, f"hop-dong/so/{code}/tiep-tuc/")
    assert (paused, contracts.is_open("vnpay", 7, CONTRACT.valid_from)) == (True, True)


def test_who_saves_over_somebody_else_is_told(quan: Client) -> None:
    code = make_contract().code
    post(quan, f"hop-dong/so/{code}/sua/", seen="1", **FORM)
    page = post(quan, f"hop-dong/so/{code}/sua/", seen="1", **FORM)
    assert "Người khác vừa sửa hợp đồng này" in page


def test_a_contract_is_ended(quan: Client) -> None:
    code = make_contract().code
    post(quan, f"hop-dong/so/{code}/ket-thuc/", on="31/3/2026")
    shown = contracts.get_contract(code, MANAGER)
    assert f"{shown.row.valid_to:%d/%m/%Y}" == "31/03/2026"


def test_an_agency_does_not_change_a_contract_of_the_province(
    xuan: Client, commune: organisation.Agency
) -> None:
    code = make_contract().code
    page = post(xuan, f"hop-dong/so/{code}/ket-thuc/", on="31/3/2026")
    assert ("không có quyền" in page, contracts.is_open("vnpay", commune.pk, NOW.date())) == (
        True,
        True,
    )


def test_a_month_is_settled_agreed_by_both_and_printed(quan: Client) -> None:
    code = make_contract().code
    there = f"hop-dong/so/{code}/quyet-toan/2026-03/"
    went = post(quan, f"hop-dong/so/{code}/quyet-toan/", word="3/2026")
    post(quan, f"{there}dong-y/", cost="0")
    post(quan, f"{there}ben-nhan/", name="Lê Thị Thu", document="15/CV", on="5/4/2026")
    page, paper = page_of(quan, there), quan.get(f"/quan-tri/{there}in/")
    assert (went, "Hai bên đã đồng ý" in page, paper.content[:5]) == (
        f"/quan-tri/{there}",
        True,
        b"%PDF-",
    )


def test_a_month_is_written_as_people_write_it(quan: Client) -> None:
    code = make_contract().code
    assert "Hãy ghi tháng như 10/2026." in post(
        quan, f"hop-dong/so/{code}/quyet-toan/", word="13/2026"
    )
