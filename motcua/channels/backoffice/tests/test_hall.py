"""Secondments and the library of reasons, as administrators and librarians keep them."""

from datetime import timedelta

import pytest
from django.test import Client

from motcua.casework.reasons.api import ReasonVersion, StandardReason
from motcua.channels.backoffice.views import secondments
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyKind, Level, PostRole, UnitKind
from motcua.foundation.organisation.tests.make import make_agency, make_post, make_unit, root_of
from motcua.foundation.staffing.api import Secondment
from motcua.lib.clock import local_day, now

from .people import page_of, seat, signed_in

pytestmark = pytest.mark.django_db


def make_hall(commune: organisation.Agency) -> dict[str, str]:
    """Return what is typed to send Long of a department to the commune's desk for a year."""
    desk = make_unit(commune, "H18.101.MC", "Bộ phận Một cửa", kind=UnitKind.ONE_STOP_DESK)
    home = make_agency("H18.07", "Sở Xây dựng", kind=AgencyKind.DEPARTMENT, level=Level.PROVINCE)
    long = make_officer_account("Hoàng Văn Long", username="long")
    make_post(root_of(home), PostRole.HANDLER, holder=long.officer)
    organisation.forget_tree()
    today = local_day(now())
    assert long.officer is not None
    return {
        "officer": long.officer.code,
        "unit": f"{desk.pk}",
        "title": "Tiếp nhận (biệt phái)",
        "valid_from": f"{today:%d/%m/%Y}",
        "valid_to": f"{today + timedelta(days=364):%d/%m/%Y}",
        "decision_number": "45/QĐ-SXD",
        "decided_on": f"{today:%d/%m/%Y}",
    }


def test_an_officer_is_sent_and_the_list_says_from_where_until_when(
    quan: Client, commune: organisation.Agency
) -> None:
    typed = make_hall(commune)

    answer = quan.post("/quan-tri/biet-phai/them/", typed)

    assert answer.status_code == 302, answer.content.decode()
    text = page_of(quan, "biet-phai/")
    for words in ("Hoàng Văn Long", "Sở Xây dựng", "45/QĐ-SXD", "Đang ở một cửa"):
        assert words in text


def test_too_long_a_term_is_refused_beside_its_day(
    quan: Client, commune: organisation.Agency
) -> None:
    typed = make_hall(commune)
    far = local_day(now()) + timedelta(days=800)

    answer = quan.post("/quan-tri/biet-phai/them/", typed | {"valid_to": f"{far:%d/%m/%Y}"})

    text = answer.content.decode()
    assert (answer.status_code, Secondment.objects.count()) == (422, 0)
    assert "nhiều nhất 24 tháng" in text
    assert "45/QĐ-SXD" in text


def test_a_term_is_renewed_or_ended_early(quan: Client, commune: organisation.Agency) -> None:
    quan.post("/quan-tri/biet-phai/them/", make_hall(commune))
    one = Secondment.objects.get()
    assert one.valid_to is not None
    first, today = one.valid_to + timedelta(days=1), local_day(now())
    renewal = {
        "valid_from": f"{first:%d/%m/%Y}",
        "valid_to": f"{first + timedelta(days=300):%d/%m/%Y}",
        "decision_number": "9/QĐ-SXD",
        "decided_on": f"{today:%d/%m/%Y}",
    }

    assert quan.post(f"/quan-tri/biet-phai/{one.pk}/gia-han/", renewal).status_code == 302
    later = Secondment.objects.latest("pk")
    end = {"on": f"{first + timedelta(days=9):%d/%m/%Y}", "reason": "Về cơ quan"}
    assert quan.post(f"/quan-tri/biet-phai/{later.pk}/thoi/", end).status_code == 302

    text = page_of(quan, "biet-phai/")
    assert "gia hạn của 45/QĐ-SXD" in text
    assert "Về cơ quan" in text


def test_secondments_come_page_by_page_the_next_to_end_first(
    quan: Client, commune: organisation.Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secondments, "PAGE", 1)
    typed = make_hall(commune)
    quan.post("/quan-tri/biet-phai/them/", typed)
    other = make_officer_account("Lò Văn Sớm", username="som")
    make_post(root_of(organisation.Agency.objects.get(code="H18.07")), holder=other.officer)
    assert other.officer is not None
    sooner = f"{local_day(now()) + timedelta(days=200):%d/%m/%Y}"
    more = {"officer": other.officer.code, "decision_number": "46/QĐ-SXD", "valid_to": sooner}
    quan.post("/quan-tri/biet-phai/them/", typed | more)

    first = page_of(quan, "biet-phai/")
    one = Secondment.objects.latest("pk")
    second = page_of(quan, f"biet-phai/?sau={secondments.place_of(one)}")

    assert ("Lò Văn Sớm" in first, "Hoàng Văn Long" in first) == (True, False)
    assert ("Lò Văn Sớm" in second, "Hoàng Văn Long" in second) == (False, True)
    assert "Lò Văn Sớm" in page_of(quan, "biet-phai/?sau=2026-x")


def test_secondments_are_for_who_arranges_the_organisation(
    xuan: Client, dung: Client, province: organisation.Agency
) -> None:
    make_agency("H18.102", "UBND xã Nà Tấu", parent=province)

    assert page_of(dung, "biet-phai/") == "403"
    assert "không có ai được cử" in page_of(xuan, "biet-phai/")


WORDS = {
    "kind": "supplement",
    "agency": "",
    "procedure": "",
    "paper_code": "",
    "title": "Thiếu tờ khai",
    "text": "Hồ sơ {ma_ho_so} thiếu {giay_to}.",
    "legal_basis": "",
    "valid_to": "",
}


def typed_words(**change: str) -> dict[str, str]:
    return {**WORDS, "valid_from": f"{local_day(now()):%d/%m/%Y}", **change}


def test_a_librarian_adds_a_reason_says_it_otherwise_and_retires_it(
    province: organisation.Agency,
) -> None:
    sat = signed_in(seat(province, PostRole.LIBRARIAN, "Lường Văn Sát", "sat"))

    sat.post("/quan-tri/ly-do/them/", typed_words())
    reason = StandardReason.objects.get()
    tomorrow = local_day(now()) + timedelta(days=1)
    other = typed_words(text="Nộp tờ khai.", valid_from=f"{tomorrow:%d/%m/%Y}")
    sat.post(f"/quan-tri/ly-do/{reason.pk}/sua/", other)
    sat.post(f"/quan-tri/ly-do/{reason.pk}/thoi-dung/")

    reason.refresh_from_db()
    assert (ReasonVersion.objects.count(), reason.retired_by_name) == (2, "Lường Văn Sát")
    text = page_of(sat, f"ly-do/{reason.pk}/")
    assert "Nộp tờ khai." in text
    assert "Thôi dùng" in text
    assert "Thiếu tờ khai" not in page_of(sat, "ly-do/")
    assert "Thiếu tờ khai" in page_of(sat, "ly-do/?thoi-dung=on")


def test_a_place_nobody_knows_is_said_and_the_words_stay(quan: Client) -> None:
    answer = quan.post("/quan-tri/ly-do/them/", typed_words(text="Thiếu {cai_gi}."))

    text = answer.content.decode()
    assert (answer.status_code, StandardReason.objects.count()) == (422, 0)
    assert "Không có chỗ điền {cai_gi}" in text
    assert "Thiếu {cai_gi}." in text


def test_each_keeps_the_own_library_in_the_browser(
    quan: Client, xuan: Client, dung: Client, commune: organisation.Agency
) -> None:
    quan.post("/quan-tri/ly-do/them/", typed_words(title="Của tỉnh"))
    of_province = StandardReason.objects.get()
    xuan.post("/quan-tri/ly-do/them/", typed_words(title="Của xã", agency=f"{commune.pk}"))

    assert page_of(xuan, f"ly-do/{of_province.pk}/") == "404"
    assert "Của tỉnh" not in page_of(xuan, "ly-do/")
    assert "Của xã" in page_of(xuan, "ly-do/")
    assert page_of(dung, "ly-do/") == "403"
