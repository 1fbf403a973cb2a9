"""Citizens keep, sign and send what was asked for; nothing that came is lost."""

import re
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Status, SupplementItemIn, SupplyPaper
from motcua.casework.dossiers.tests.make import (
    MONDAY,
    Commune,
    get_dossier,
    make_all,
    make_received,
)
from motcua.foundation.files.tests.make import make_pdf
from motcua.foundation.identity.api import Account
from motcua.foundation.identity.tests.make import make_account
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import PushState
from motcua.foundation.signing.tests.make import PUSH, FakePhone
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import now

from .test_own_signing import NUMBER, carry, phone

pytestmark = pytest.mark.django_db
__all__ = ["phone"]
WHAT = SupplementItemIn("Quyết định ly hôn", "Chưa có", "")


def make_asked(commune: Commune, account: Account) -> tuple[str, str]:
    """Return the address of what Lan is to supply, and the name of its one input."""
    filer = Actor(account.pk, account.full_name, kind=ActorKind.CITIZEN)
    code = make_received(commune, submitter=dossiers.SubmitterIn("Lan", account_id=filer.id))
    dossiers.ask_supplement(code, [WHAT], by=commune.binh, at=MONDAY)
    item = dossiers.whole(get_dossier(code)).supplement_items[0]
    return f"/ho-so/{code}/bo-sung/", f"tep.{item.seq}"


@pytest.fixture
def asked(client: Client) -> tuple[str, str]:
    account = make_account(username="lan")
    client.force_login(account)
    return make_asked(make_all(), account)


def upload(name: str = "quyet dinh.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make_pdf())


def code_in(place: str) -> str:
    return place.split("/")[2]


def test_what_comes_is_kept_and_can_be_signed_first(
    client: Client,
    asked: tuple[str, str],
    phone: FakePhone,  # noqa: ARG001 -- the service is there
) -> None:
    place, name = asked

    answer = client.post(place, {name: upload(), "ky": "1"})
    page = client.get(answer.headers["Location"]).content.decode()

    assert answer.headers["Location"] == f"{place}ky-so/"
    assert ("Quyết định ly hôn" in page, "quyet dinh.pdf" in page) == (True, True)
    assert get_dossier(code_in(place)).status == Status.AWAITING_APPLICANT


def test_paying_stands_behind_what_is_asked_for(client: Client, asked: tuple[str, str]) -> None:
    shown = client.get(f"/ho-so/{code_in(asked[0])}/").content.decode()

    assert "Thanh toán trực tuyến" in shown
    assert re.findall(r'class="govuk-button"[^>]*>([^<]+)', shown) == ["Nộp bổ sung"]


def test_what_was_signed_is_shown_and_sent(
    client: Client, asked: tuple[str, str], phone: FakePhone
) -> None:
    place, name = asked
    client.post(place, {name: upload(), "ky": "1"})
    chosen = f"{SupplyPaper.objects.get().file_id}"
    begun = client.post(f"{place}ky-so/", {"service": PUSH, "giay": [chosen], **NUMBER})
    phone.says = PushState.SIGNED
    carry()
    carry(5)
    waiting = client.get(begun.headers["Location"]).content.decode()
    dossiers.take_supply_signed(signing.OwnSigning.objects.latest("id").owner, at=now())

    done = client.get(begun.headers["Location"]).content.decode()
    shown = client.get(place).content.decode()
    client.post(place, {})

    assert "Đang đưa tệp đã ký vào hồ sơ" in waiting
    assert f'href="{place}"' in done
    assert ("Đã có chữ ký số" in shown, "Nguyễn Thị Lan, " in shown) == (True, True)
    assert get_dossier(code_in(place)).status == Status.PROCESSING


def test_a_signing_that_is_open_is_gone_back_to(
    client: Client,
    asked: tuple[str, str],
    phone: FakePhone,  # noqa: ARG001 -- the service is there
) -> None:
    place, name = asked
    client.post(place, {name: upload(), "ky": "1"})
    chosen = f"{SupplyPaper.objects.get().file_id}"
    begun = client.post(f"{place}ky-so/", {"service": PUSH, "giay": [chosen], **NUMBER})

    refused = client.post(place, {})

    assert client.get(f"{place}ky-so/").headers["Location"] == begun.headers["Location"]
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "đang được ký số" in refused.content.decode()


def test_a_file_that_is_refused_takes_no_other_with_it(
    client: Client, asked: tuple[str, str]
) -> None:
    place, name = asked

    answer = client.post(place, {name: [upload(), SimpleUploadedFile("x.exe", b"MZ")]})

    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert ("Đã tải lên, chưa gửi" in page, "quyet dinh.pdf" in page) == (True, True)


def test_a_kept_file_is_looked_at_and_taken_back(client: Client, asked: tuple[str, str]) -> None:
    place, name = asked
    client.post(place, {name: [upload(), SimpleUploadedFile("x.exe", b"MZ")]})
    file = f"{place}tep/{SupplyPaper.objects.get().pk}/"
    assert f'href="{file}"' in client.get(place).content.decode()

    client.post(f"{file}bo/")

    assert SupplyPaper.objects.count() == 0
    assert "Đã tải lên, chưa gửi" not in client.get(place).content.decode()


def test_dung_sees_nothing_of_what_lan_prepares(client: Client, asked: tuple[str, str]) -> None:
    place, name = asked
    client.post(place, {name: [upload(), SimpleUploadedFile("x.exe", b"MZ")]})
    client.force_login(make_account(username="dung"))

    for part in ("", "ky-so/", f"tep/{SupplyPaper.objects.get().pk}/"):
        answer = client.get(f"{place}{part}", follow=True)
        assert "quyet dinh.pdf" not in answer.content.decode()
    client.post(f"{place}tep/{SupplyPaper.objects.get().pk}/bo/")
    assert SupplyPaper.objects.count() == 1


def test_without_a_service_signing_is_not_offered(client: Client, asked: tuple[str, str]) -> None:
    place, _name = asked

    assert "Ký số trước khi gửi" not in client.get(place).content.decode()
