"""The partners' pages: what each shows, takes and refuses; nothing else of the house is open."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.contracts import api as contracts
from motcua.casework.contracts.tests.make import ADMIN, make_person, make_post
from motcua.casework.payments import api as payments
from motcua.casework.payments.tests.make import Till, make_order, make_till
from motcua.casework.reconciliation.tests.make import REPORT
from motcua.foundation.identity import api as identity
from motcua.lib.clock import local_day, now

pytestmark = pytest.mark.django_db
ITEM = "CB123456789VN"
GIVEN = payments.ParcelIn(ITEM, "Lò Thị Lan", "Bản Cang, xã Mường Phăng")


def browser_of(seat: contracts.PartnerSeat) -> Client:
    """Return a browser of somebody who has set the own password and a second factor."""
    account = seat.account
    account.password_changed_at = now()
    account.save(update_fields=["password_changed_at"])
    kind = Authenticator.Type.TOTP
    Authenticator.objects.create(user=account, type=kind, data={"secret": "x"})
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def till() -> Till:
    return make_till(is_open=False)


@pytest.fixture
def thuy(till: Till) -> Client:
    """Return the browser of Thúy of the post, with an item of today on its way."""
    at = now()
    make_post()
    _, seat = make_person("buu-dien", at=at)
    order = make_order(till, at=at)
    payments.send_parcel(order.code, GIVEN, by=till.binh, at=at)
    return browser_of(seat)


@pytest.fixture
def manh(till: Till) -> Client:
    """Return the browser of Mạnh of VNPAY."""
    assert till.agency_id
    _, seat = make_person("vnpay", "Nguyễn Đức Mạnh", "manh", at=now())
    return browser_of(seat)


def text(client: Client, path: str = "", status: int = 200) -> str:
    answer = client.get(f"/doi-tac/{path}")
    assert answer.status_code == status
    return answer.content.decode()


def send(client: Client, path: str, **values: Any) -> str:
    """Send a form and return where it leads, or what the page says."""
    answer = client.post(f"/doi-tac/{path}", values)
    return answer.headers.get("Location") or answer.content.decode()


def settled(code: str) -> str:
    """Let our side agree to last month; return the month."""
    at = now()
    month = (local_day(at).replace(day=1) - timedelta(days=1)).replace(day=1)
    cost = contracts.settle_month(code, month, by=ADMIN, at=at).cost_vnd
    contracts.agree_to_month(code, month, cost, by=ADMIN, at=at)
    return f"{month:%Y-%m}"


def test_a_partner_starts_at_its_contracts(thuy: Client, manh: Client) -> None:
    assert thuy.get("/tai-khoan/bat-dau/").headers["Location"] == "/doi-tac/"
    page = text(thuy)
    assert ("05/2026/HĐTH" in page, "Đã thu, chưa nộp" in page) == (True, True)
    assert "Bưu gửi thu hộ" not in text(manh)
    assert "0,55" in text(manh, "hop-dong/TH26-0001/")
    text(thuy, "hop-dong/TH26-0001/", status=404)


def test_the_first_password_and_the_second_factor_come_first(till: Till) -> None:
    assert till.agency_id
    _, seat = make_person("vnpay", at=now())
    client = Client()
    client.force_login(seat.account)
    assert client.get("/doi-tac/").headers["Location"] == "/tai-khoan/mat-khau/doi/"
    seat.account.password_changed_at = now()
    seat.account.save()
    assert client.get("/doi-tac/").headers["Location"] == "/tai-khoan/bao-mat/"


def test_nothing_else_of_the_house_is_open_to_a_partner(manh: Client) -> None:
    closed = (
        *("/mot-cua/", "/xu-ly/", "/xu-ly/so-quy/", "/xu-ly/doi-soat/", "/van-ban/", "/quan-tri/"),
        *("/quan-tri/hop-dong/", "/ho-so/", "/tai-khoan/thong-bao/", "/mot-cua/thu-tien/"),
    )
    assert [manh.get(path).status_code for path in closed] == [403] * len(closed)
    assert manh.get("/tai-khoan/").status_code == 200
    assert manh.get("/thu-tuc/").status_code == 200


def test_the_interface_of_programs_knows_no_partner(manh: Client) -> None:
    with pytest.raises(identity.AccountDisabled):
        identity.open_token("manh", "x", at=now())
    key = manh.session.session_key
    answer = Client(headers={"authorization": f"Bearer {key}"}).get("/api/v1/procedures")
    assert answer.status_code == 401


def test_officers_and_strangers_do_not_come_in(till: Till) -> None:
    assert till.agency_id
    assert Client().get("/doi-tac/").status_code == 302


def test_the_post_says_that_it_collected_and_handed_in(thuy: Client, till: Till) -> None:
    today = f"{local_day(now()):%d/%m/%Y}"
    assert "Bản Cang" in text(thuy, "buu-gui/")
    values = {"what": "collected", "on": today}
    assert "Hãy ghi số phiếu thu" in send(thuy, f"buu-gui/{ITEM}/", **values)
    gone = send(thuy, f"buu-gui/{ITEM}/", receipt_number="PT-1", **values)
    assert gone == "/doi-tac/buu-gui/"
    assert "PT-1" in text(thuy, f"buu-gui/{ITEM}/")
    assert "150.000" in text(thuy, "giao-dich/")
    assert "150.000 đồng" in text(thuy, "nop-tien/")
    told = {"agency": f"{till.agency_id}", "items": [ITEM], "on": today}
    assert "Còn chỗ cần xem lại" in send(thuy, "nop-tien/", transfer_ref="", **told)
    assert send(thuy, "nop-tien/", transfer_ref="FT-1", **told) == "/doi-tac/nop-tien/"
    assert "FT-1" in text(thuy, "nop-tien/")


def test_the_post_says_that_an_item_came_back(thuy: Client) -> None:
    values = {"what": "returned", "on": f"{local_day(now()):%d/%m/%Y}"}
    assert "vì sao không giao được" in send(thuy, f"buu-gui/{ITEM}/", **values)
    assert (
        send(thuy, f"buu-gui/{ITEM}/", why="Không có người nhận", **values) == "/doi-tac/buu-gui/"
    )
    assert "Không có người nhận" in text(thuy, f"buu-gui/{ITEM}/")
    assert "Không giao được" in text(thuy, "buu-gui/?tinh-trang=returned")


def test_what_is_the_posts_is_not_vnpays(thuy: Client, manh: Client) -> None:
    [contract] = [one for one in contracts.contracts_for(ADMIN) if one.row.partner.code != "vnpay"]
    month = settled(contract.row.code)
    paths = (f"buu-gui/{ITEM}/", f"hop-dong/{contract.row.code}/")
    month_paths = [
        f"quyet-toan/{contract.row.code}/{month}/{one}" for one in ("", "in/", "tai-ve/csv/")
    ]
    for path in (*paths, *month_paths):
        text(manh, path, status=404)
    assert manh.post(f"/doi-tac/{month_paths[0]}dong-y/", {"cost": "0"}).status_code == 404
    assert ITEM not in text(manh, "buu-gui/")
    assert text(thuy, month_paths[0])


def test_a_month_is_disputed_then_agreed_to_and_taken_away(manh: Client) -> None:
    month = settled("TH26-0001")
    place = f"quyet-toan/TH26-0001/{month}/"
    assert "chờ đơn vị đồng ý" in text(manh)
    assert month[5:] in text(manh, "quyet-toan/")
    assert "Còn chỗ cần xem lại" in send(manh, f"{place}y-kien/", why="")
    send(manh, f"{place}y-kien/", why="Thiếu một giao dịch")
    assert "Thiếu một giao dịch" in text(manh, place)
    assert send(manh, f"{place}dong-y/", cost="7") == f"/doi-tac/{place}"
    assert "Bên nhận không đồng ý" in text(manh, place)
    send(manh, f"{place}dong-y/", cost="0")
    assert "Hai bên đã đồng ý" in text(manh, place)
    assert manh.get(f"/doi-tac/{place}tai-ve/xlsx/").content.startswith(b"PK")
    assert "Cộng" in manh.get(f"/doi-tac/{place}tai-ve/csv/").content.decode("utf-8-sig")
    assert manh.get(f"/doi-tac/{place}in/").content.startswith(b"%PDF")
    assert text(manh, "quyet-toan/TH26-0001/thang-nao/", status=404)
    assert manh.get(f"/doi-tac/{place}tai-ve/exe/").status_code == 404


def test_payments_are_handed_out_as_words_never_as_formulas(manh: Client, till: Till) -> None:
    order = make_order(till, at=now())
    came = payments.PaymentIn(payments.Channel.VNPAY, 20_000, "=1+1", now())
    payments.take_payment(order.code, came, by=till.binh, at=now())
    content = manh.get("/doi-tac/giao-dich/tai-ve/csv/").content.decode("utf-8-sig")
    assert re.search(rf"'=1\+1,{order.code},Cổng VNPAY,.*,20000,", content)
    assert "Không có giao dịch nào" in text(manh, "giao-dich/?tu=1/1/2026&den=2/1/2026")


def test_a_report_is_handed_in_and_its_result_shown(manh: Client, till: Till) -> None:
    day = f"{local_day(now()):%d/%m/%Y} 00:00:01"
    content = f"{REPORT}V9,TT260009999L1,70000,{day},Thành công\n".encode()
    file = SimpleUploadedFile("bao-cao.csv", content)
    values = {"agency": f"{till.agency_id}", "channel": "vnpay"}
    assert "Hãy chọn tệp báo cáo" in send(manh, "bao-cao/", **values)
    other = {**values, "channel": "cod", "file": SimpleUploadedFile("x.csv", content)}
    assert "không mở kênh này" in send(manh, "bao-cao/", **other)
    gone = send(manh, "bao-cao/", file=file, **values)
    assert gone.startswith("/doi-tac/bao-cao/SK")
    page = text(manh, gone.removeprefix("/doi-tac/"))
    assert ("Sao kê có, sổ không có" in page, "V9" in page) == (True, True)
    assert "bao-cao/SK" in text(manh, "bao-cao/")
    text(manh, "bao-cao/SK26-999999/", status=404)


def test_the_end_of_its_last_contract_closes_the_pages_at_once(manh: Client) -> None:
    yesterday = local_day(now()) - timedelta(days=1)
    contracts.end_contract("TH26-0001", on=yesterday, by=ADMIN, at=now())
    assert "không còn hợp đồng thu hộ nào" in text(manh, status=403)
