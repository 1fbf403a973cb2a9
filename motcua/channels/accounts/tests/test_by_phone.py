"""In a browser: the first sign-in of somebody whose account others opened."""

from dataclasses import dataclass, field

import pytest
from django.test import Client
from pytest_django import Settings

from motcua.foundation.identity import api as identity
from motcua.foundation.identity.tests.make import make_account

pytestmark = pytest.mark.django_db
ASK, PROVE = "/tai-khoan/mat-khau/dien-thoai/", "/tai-khoan/mat-khau/dien-thoai/ma/"
SET = "/tai-khoan/mat-khau/dien-thoai/dat-moi/"
PHONE, NAME, NEW = "0912000077", "Nguyễn Thị Lan", "một câu dài dễ nhớ với Lan"


@dataclass
class Texts:
    """Keeps what would have been sent."""

    sent: list[str] = field(default_factory=list)

    def send(self, phone: str, text: str) -> None:  # noqa: ARG002 -- the port's shape
        self.sent.append(text)

    @property
    def code(self) -> str:
        return "".join(one for one in self.sent[-1].split(":")[0] if one.isdecimal())


@pytest.fixture
def texts(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Texts:
    kept = Texts()
    settings.TEXT_CARRIER = "kept"
    monkeypatch.setitem(identity.text_carriers, "kept", lambda: kept)
    return kept


def proven(client: Client, texts: Texts) -> None:
    client.post(ASK, {"phone": PHONE})
    client.post(PROVE, {"code": texts.code, "full_name": NAME})


def test_who_never_had_a_password_sets_one_and_signs_in(client: Client, texts: Texts) -> None:
    account = make_account(phone=PHONE)
    account.set_unusable_password()
    account.save()
    assert ASK in client.get("/tai-khoan/dang-nhap/").content.decode()

    proven(client, texts)
    answer = client.post(SET, {"password1": NEW, "password2": NEW})

    assert answer.headers["Location"] == "/tai-khoan/dang-nhap/"
    signed = client.post("/tai-khoan/dang-nhap/", {"login": PHONE, "password": NEW})
    assert (signed.status_code, signed.headers["Location"]) == (302, "/")


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [("ngan", "ngan", "14"), (NEW, NEW + "x", "chưa giống nhau"), ("", "", "Hãy")],
)
def test_a_password_that_will_not_do_stays_on_the_page(
    client: Client, texts: Texts, first: str, second: str, said: str
) -> None:
    make_account(phone=PHONE)
    proven(client, texts)

    answer = client.post(SET, {"password1": first, "password2": second})

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_wrong_code_keeps_the_name_and_the_telephone_is_not_told(
    client: Client, texts: Texts
) -> None:
    client.post(ASK, {"phone": PHONE})

    answer = client.post(PROVE, {"code": "123", "full_name": "Ai Đó"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Ai Đó"' in page
    assert "Mã hoặc họ tên chưa đúng" in page
    assert len(texts.sent) == 1


def test_nobody_sets_a_password_without_a_code_in_this_browser(
    client: Client, texts: Texts
) -> None:
    make_account(phone=PHONE)
    proven(client, texts)

    answer = Client().post(SET, {"password1": NEW, "password2": NEW})

    assert answer.headers["Location"] == ASK


def test_without_a_carrier_the_page_points_to_the_desk(client: Client, settings: Settings) -> None:
    settings.TEXT_CARRIER = "none"
    page = client.get(ASK).content.decode()

    assert "chưa nối dịch vụ tin nhắn" in page
    assert 'name="phone"' not in page
