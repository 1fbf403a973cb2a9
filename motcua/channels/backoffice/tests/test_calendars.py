"""Calendars on the screen: special days with a preview, swaps, opening hours."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import MONDAY, get_dossier, make_all, make_received
from motcua.foundation.calendar import api as calendar
from motcua.foundation.jobs.api import RecurringJob
from motcua.lib.clock import now

from .people import page_of

pytestmark = pytest.mark.django_db
LICH = "lich/national/"
INDEPENDENCE = {
    "kind": "off",
    "on": "2/9/2031",
    "until": "3/9/2031",
    "note": "Quốc khánh",
    "basis": "Bộ luật Lao động, Điều 112",
}


def post(client: Client, path: str, **values: str) -> str:
    """Send a form and return where it leads, or what the page says."""
    answer = client.post(f"/quan-tri/{path}", {"request_key": str(uuid4()), **values})
    return answer.headers.get("Location") or answer.content.decode()


def days_of(year: int) -> list[tuple[date, str]]:
    return [(day.on, day.kind) for day in calendar.special_days(year)]


@pytest.mark.parametrize("path", ["lich/", LICH, f"{LICH}ngay/", f"{LICH}hoan-doi/", f"{LICH}gio/"])
def test_calendars_are_for_the_whole_province_only(
    quan: Client, xuan: Client, dung: Client, path: str
) -> None:
    pages = [page_of(person, path) for person in (quan, xuan, dung)]

    assert ["<h1>" in pages[0], *pages[1:]] == [True, "403", "403"]


def applied(client: Client, went: str) -> str:
    """Apply the draft that a form led to, and return where that leads."""
    path = went.removeprefix("/quan-tri/") + "ap-dung/"
    return post(client, path, number="12/QĐ-UBND", on="1/11/2026")


def test_days_off_are_drafted_first_and_written_by_decision(quan: Client) -> None:
    went = post(quan, f"{LICH}ngay/", **INDEPENDENCE)
    drafted, page = days_of(2031), page_of(quan, went.removeprefix("/quan-tri/"))
    then = applied(quan, went)

    off = [(date(2031, 9, 2), "off"), (date(2031, 9, 3), "off")]
    assert ("/quan-tri/lich/thay-doi/" in went, drafted, then, days_of(2031)) == (
        True,
        [],
        went,
        off,
    )
    assert ("Thứ Ba 02/09/2031: ngày nghỉ (Quốc khánh)" in page, "Áp dụng" in page) == (True, True)
    assert "Quốc khánh" in page_of(quan, f"{LICH}?nam=2031")
    assert "12/QĐ-UBND ngày 01/11/2026" in page_of(quan, went.removeprefix("/quan-tri/"))


def test_a_change_without_its_decision_is_complained_about(quan: Client) -> None:
    went = post(quan, f"{LICH}ngay/", **INDEPENDENCE)
    path = went.removeprefix("/quan-tri/") + "ap-dung/"

    page = post(quan, path, number="", on="1/11/2026")
    later = post(quan, path, number="12/QĐ-UBND", on="1/11/2036")

    assert ('id="id_number-error"' in page, "không sau hôm nay" in later, days_of(2031)) == (
        True,
        True,
        [],
    )


def test_days_are_added_to_a_draft_and_who_looked_before_is_told(quan: Client) -> None:
    went = post(quan, f"{LICH}ngay/", **INDEPENDENCE).removeprefix("/quan-tri/")
    more = {"kind": "off", "on": "4/9/2031", "note": "Bão", "revision": "1"}
    post(quan, f"{went}them-ngay/", **more)
    again = post(quan, f"{went}them-ngay/", **more | {"on": "5/9/2031"})
    late = post(quan, f"{went}ap-dung/", number="1/QĐ", on="1/11/2026", revision="1", version="1")

    page = page_of(quan, went)
    assert ("04/09/2031" in page, "05/09/2031" in page) == (True, False)
    assert ["vừa sửa dự thảo này" in told for told in (again, late)] == [True, True]


def test_a_draft_is_withdrawn_and_stays_to_be_read(quan: Client) -> None:
    went = post(quan, f"{LICH}ngay/", **INDEPENDENCE).removeprefix("/quan-tri/")
    post(quan, f"{went}rut/", revision="1")

    page = page_of(quan, went)
    assert ("Đã rút" in page, "ap-dung" in page, days_of(2031)) == (True, False, [])
    assert went.rstrip("/").rpartition("/")[2] in page_of(quan, "lich/")


def test_lists_and_tables_of_a_change_are_for_editors_only(quan: Client, xuan: Client) -> None:
    went = post(quan, f"{LICH}ngay/", **INDEPENDENCE).removeprefix("/quan-tri/")

    for path in (went, f"{went}ho-so/", f"{went}them-ngay/", f"{went}ap-dung/"):
        assert ("<h1>" in page_of(quan, path), page_of(xuan, path)) == (True, "403")
    table = quan.get(f"/quan-tri/{went}bang/").getvalue().decode()
    assert (table[1:10], page_of(xuan, f"{went}bang/")) == ("Mã hồ sơ,", "403")
    assert page_of(quan, "lich/thay-doi/999999/") == "404"


def broken(*_: object) -> None:
    raise KeyError


def test_dossiers_that_could_not_follow_are_named_and_tried_again(
    quan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = make_received(make_all())
    moment = get_dossier(code).due_at or MONDAY
    asked = INDEPENDENCE | {"on": f"{moment:%d/%m/%Y}", "until": f"{moment:%d/%m/%Y}"}
    went = post(quan, f"{LICH}ngay/", **asked).removeprefix("/quan-tri/")
    applied(quan, f"/quan-tri/{went}")
    RecurringJob.objects.create(
        name="dossiers.follow_calendar", next_at=now(), failures=1, latest_error="KeyError"
    )
    during = page_of(quan, went)
    with monkeypatch.context() as patch:
        patch.setattr("motcua.casework.dossiers.operations.shifting._lock", broken)
        for seconds in (1, 2, 3, 12, 13, 14, 15):
            dossiers.follow_calendar(at=now() + timedelta(seconds=seconds))

    page, listed = page_of(quan, went), page_of(quan, f"{went}ho-so/?loai=failed")
    again = post(quan, f"{went}thu-lai/")

    assert "Việc nền đang gặp lỗi (KeyError)" in during
    assert ("1 hồ sơ chưa dời được hẹn" in page, code in listed) == (True, True)
    assert ("chưa dời được: Lỗi" in listed, again) == (True, f"/quan-tri/{went}")
    assert calendar.newest_changes()[0].state == calendar.ChangeState.APPLYING


def test_a_preview_shows_the_year_and_writes_nothing(quan: Client) -> None:
    page = post(quan, f"{LICH}ngay/", **INDEPENDENCE, do="preview")

    assert ("Năm 2031 nếu ghi như trên" in page, days_of(2031)) == (True, [])
    assert 'value="Quốc khánh"' in page


def test_days_in_the_wrong_order_are_complained_about(quan: Client) -> None:
    page = post(quan, f"{LICH}ngay/", **INDEPENDENCE | {"until": "1/9/2031"})

    assert ('id="id_until-error"' in page, days_of(2031)) == (True, [])


def test_two_days_are_swapped_and_taken_back(quan: Client) -> None:
    went = post(quan, f"{LICH}hoan-doi/", off="2/1/2031", worked="11/1/2031", basis="Công văn 1")
    applied(quan, went)
    swapped = days_of(2031)
    dossiers.follow_calendar(at=now() + timedelta(seconds=11))
    applied(quan, post(quan, f"{LICH}bo-ngay/", on="02/01/2031"))

    assert swapped == [(date(2031, 1, 2), "off"), (date(2031, 1, 11), "worked")]
    assert days_of(2031) == [(date(2031, 1, 11), "worked")]


def test_a_calendar_of_its_own_gets_its_hours(quan: Client) -> None:
    added = post(quan, "lich/them/", name="Giờ mùa hè vùng cao", code="vung-cao")
    hours = {"morning_opens": "7h", "morning_closes": "11:30", "saturday": "desk"}
    afternoon = {"afternoon_opens": "13h30", "afternoon_closes": "17:00"}
    applied(quan, post(quan, "lich/vung-cao/gio/", **hours, **afternoon, valid_from="15/4/2031"))

    made = calendar.find_calendar("vung-cao")
    assert (added, made is not None) == ("/quan-tri/lich/vung-cao/", True)
    [week] = calendar.weeks_of(made.pk if made else 0)
    assert (week.hours(0, desk_only=False), week.hours(5, desk_only=True)) == (
        ((420, 690), (810, 1020)),
        ((420, 690),),
    )


def test_hours_that_close_before_they_open_are_refused(quan: Client) -> None:
    page = post(
        quan,
        f"{LICH}gio/",
        morning_opens="11:30",
        morning_closes="7:00",
        saturday="closed",
        valid_from="15/4/2031",
    )

    assert "Giờ mở cửa phải trước giờ đóng cửa" in page


def test_a_code_that_is_taken_is_complained_about_beside_it(quan: Client) -> None:
    page = post(quan, "lich/them/", name="Lịch khác", code="national")

    assert ('id="id_code-error"' in page, 'value="Lịch khác"' in page) == (True, True)


def test_an_unknown_calendar_is_not_found(quan: Client) -> None:
    assert page_of(quan, "lich/khong-co/") == "404"
