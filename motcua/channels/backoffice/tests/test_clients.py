"""Applications of others: registered by who administers the province, their key shown once."""

import re
from datetime import timedelta

import pytest
from django.test import Client as Browser

from motcua.foundation.clients import api as clients
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.organisation.tests.make import make_agency, make_post, root_of
from motcua.lib.clock import local_day, now

from .people import make_province, page_of, seat, signed_in

pytestmark = pytest.mark.django_db
KEY = re.compile(r"mck_[\w-]{43}")


@pytest.fixture
def quan() -> Browser:
    """Return the browser of the province's administrator."""
    return signed_in(seat(make_province(), PostRole.ADMINISTRATOR, "Quàng Văn Quản", "quan"))


def form(**other: object) -> dict[str, object]:
    last = local_day(now()) + timedelta(days=300)
    return {
        "name": "Cổng ngành Tư pháp",
        "contact": "Ông Dũng, 0912 000 111",
        "username": "may",
        "scopes": ["dossiers.read"],
        "agency_codes": "H18.101",
        "networks": "203.0.113.0/24",
        "valid_to_0": last.day,
        "valid_to_1": last.month,
        "valid_to_2": last.year,
        "valid_to": f"{last:%d/%m/%Y}",
        "basis": "Hợp đồng 15/2026",
        **other,
    }


@pytest.fixture
def machine() -> None:
    agency = make_agency("H18.101", "UBND xã Mường Phăng")
    account = make_officer_account("Máy Tư pháp", username="may")
    make_post(root_of(agency), PostRole.HANDLER, holder=account.officer)


@pytest.mark.usefixtures("machine")
def test_a_key_is_shown_once(quan: Browser) -> None:
    answer = quan.post("/quan-tri/ung-dung/them/", form())

    key = KEY.search(answer.content.decode())
    (made,) = clients.clients_on_record()
    assert key is not None
    assert clients.caller_with(key[0], address="203.0.113.5", at=now()) is not None
    assert KEY.search(page_of(quan, f"ung-dung/{made.pk}/")) is None
    assert "Cổng ngành Tư pháp" in page_of(quan, "ung-dung/")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("username", "nobody", "Không có tài khoản công vụ"),
        ("networks", "everywhere", "không phải địa chỉ mạng"),
        ("agency_codes", "H18.999", "Không có cơ quan"),
    ],
)
@pytest.mark.usefixtures("machine")
def test_what_is_wrong_is_said_beside_its_field_and_kept(
    quan: Browser, field: str, value: str, said: str
) -> None:
    page = quan.post("/quan-tri/ung-dung/them/", form(**{field: value})).content.decode()

    assert (said in page, value in page, "Ông Dũng" in page) == (True, True, True)
    assert clients.clients_on_record() == []


@pytest.mark.usefixtures("machine")
def test_an_application_is_changed_given_another_key_and_ended(quan: Browser) -> None:
    quan.post("/quan-tri/ung-dung/them/", form())
    (made,) = clients.clients_on_record()

    quan.post(f"/quan-tri/ung-dung/{made.pk}/sua/", form(name="Cổng Tư pháp"))
    changed = quan.post(f"/quan-tri/ung-dung/{made.pk}/khoa/", {"days": 3}).content.decode()
    quan.post(f"/quan-tri/ung-dung/{made.pk}/ngung/", {"reason": "Hết hợp đồng"})

    shown = page_of(quan, f"ung-dung/{made.pk}/")
    key = KEY.search(changed)
    assert key is not None
    assert clients.caller_with(key[0], address="203.0.113.5", at=now()) is None
    assert ("Cổng Tư pháp" in shown, "Hết hợp đồng" in shown) == (True, True)


def test_a_commune_administrator_registers_nothing() -> None:
    agency = make_agency("H18.102", "UBND xã Nà Tấu")
    xuan = signed_in(seat(agency, PostRole.ADMINISTRATOR, "Lò Thị Xuân", "xuan"))

    assert [page_of(xuan, path) for path in ("ung-dung/", "ung-dung/them/")] == ["403", "403"]
