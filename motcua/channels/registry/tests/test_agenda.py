"""The week of an agency in the browser: proposed, approved, published, subscribed to."""

from datetime import timedelta

import pytest
from django.test import Client

from motcua.casework.agendas.api import AgendaEntry, AgendaFeed
from motcua.channels.kit.words import short_day
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now

from .make import Office, make_office, text_of

pytestmark = pytest.mark.django_db


def typed(office: Office, **changes: object) -> dict[str, object]:
    return {
        "unit": str(office.division_id),
        "day": short_day(local_day(now()) + timedelta(days=7)),
        "starts": "8h30",
        "ends": "10",
        "title": "Họp giao ban",
        "place": "Phòng họp số 1",
        "chair": str(office.accounts["hoa"]),
        "units": [str(office.division_id)],
        "is_public": "on",
        **changes,
    }


def next_week() -> str:
    return f"?ngay={local_day(now()) + timedelta(days=7)}"


def propose(office: Office, **changes: object) -> AgendaEntry:
    office.mai.post("/van-ban/lich/dang-ky/", typed(office, **changes))
    return AgendaEntry.objects.get(title=changes.get("title", "Họp giao ban"))


def test_a_proposal_is_approved_and_stands_in_the_week() -> None:
    office = make_office()
    entry = propose(office)
    assert "Họp giao ban" not in text_of(office.dung, f"/van-ban/lich/{next_week()}")

    office.hoa.post(f"/van-ban/lich/{entry.code}/duyet/")

    entry.refresh_from_db()
    assert (f"{entry.starts:%H:%M}", f"{entry.ends:%H:%M}", entry.state) == (
        "08:30",
        "10:00",
        "approved",
    )
    assert "Họp giao ban" in text_of(office.dung, f"/van-ban/lich/{next_week()}")


def test_what_is_wrong_is_said_beside_its_field() -> None:
    office = make_office()

    answers = [
        office.mai.post("/van-ban/lich/dang-ky/", typed(office, **wrong)).content.decode()
        for wrong in ({"starts": "25:00"}, {"ends": "8:00"}, {"chair": ""}, {"day": "1/1/2020"})
    ]

    words = ("Ghi giờ như 8:30", "phải sau giờ bắt đầu", "người chủ trì", "ngày đã qua")
    assert [word in answer for word, answer in zip(words, answers, strict=True)] == [True] * 4


def test_a_clash_is_shown_in_the_week_and_before_publishing() -> None:
    office = make_office()
    propose(office)
    propose(office, title="Tiếp công dân", starts="9:00", ends="11:00", place="Trụ sở")

    for path in ("", "cong-bo/"):
        page = text_of(office.hoa, f"/van-ban/lich/{path}{next_week()}")
        assert "Trùng giờ, cùng người" in page


def test_a_week_is_published_printed_and_read_by_everybody() -> None:
    office = make_office()
    entry = propose(office)
    office.hoa.post(f"/van-ban/lich/{entry.code}/duyet/")
    public = f"/lich-cong-tac/H18.101/{next_week()}"
    assert "chưa được công bố" in text_of(Client(), public)

    office.hoa.post(f"/van-ban/lich/cong-bo/{next_week()}", {"is_public": "on", "notes": ""})

    assert "Họp giao ban" in text_of(Client(), public)
    paper = office.tuan.get(f"/van-ban/lich/in/{next_week()}")
    assert paper.content[:5] == b"%PDF-"
    assert Client().get("/lich-cong-tac/H18.999/").status_code == 404


def test_a_handler_cannot_publish_or_approve() -> None:
    office = make_office()
    entry = propose(office)

    approved = office.tuan.post(f"/van-ban/lich/{entry.code}/duyet/")
    published = office.tuan.post(f"/van-ban/lich/cong-bo/{next_week()}", {"notes": ""})

    assert (approved.status_code, published.status_code) == (403, 403)


def test_another_agency_finds_no_such_entry() -> None:
    office = make_office()
    other = make_office("H18.102", "UBND xã Nà Tấu", tag="2")
    entry = propose(office)

    assert other.hoa.get(f"/van-ban/lich/{entry.code}/").status_code == 404
    assert other.hoa.get(f"/van-ban/lich/{entry.code}/hoan/").status_code == 404


def test_an_entry_is_changed_and_put_off() -> None:
    office = make_office()
    entry = propose(office)

    changed = typed(office, title="Họp tháng", place="Hội trường")
    office.mai.post(f"/van-ban/lich/{entry.code}/sua/", changed)
    page = text_of(office.mai, f"/van-ban/lich/{entry.code}/")
    office.mai.post(f"/van-ban/lich/{entry.code}/hoan/", {"words": "Mưa lũ"})

    entry.refresh_from_db()
    assert "Hội trường" in page
    assert (entry.title, entry.state, entry.decision) == ("Họp tháng", "cancelled", "Mưa lũ")


def test_the_secret_address_is_read_without_signing_in_until_it_ends() -> None:
    office = make_office()
    office.tuan.post("/van-ban/lich/dia-chi-rieng/", {"viec": "lap"})
    token = AgendaFeed.objects.get().token
    path = f"/van-ban/lich/ics/{token}.ics"
    assert path in text_of(office.tuan, "/van-ban/lich/dia-chi-rieng/")

    answer = Client().get(path)
    office.tuan.post("/van-ban/lich/dia-chi-rieng/", {"viec": "thoi"})

    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    assert Client().get(path).status_code == 404


def test_odd_words_in_addresses_show_this_week() -> None:
    office = make_office()

    for word in ("x", "31/2/2026", "99999999"):
        assert office.hoa.get("/van-ban/lich/", {"ngay": word}).status_code == 200
        assert Client().get("/lich-cong-tac/H18.101/", {"ngay": word}).status_code == 200


def test_an_agency_without_an_office_is_approved_by_its_leader() -> None:
    office = make_office()
    entry = propose(office)
    organisation.forget_tree()

    assert office.mai.post(f"/van-ban/lich/{entry.code}/duyet/").status_code == 403
    assert office.hoa.post(f"/van-ban/lich/{entry.code}/duyet/").status_code == 302
