"""Acts beyond the daily ones: many at once, books, dues of others, rules, outgoing documents."""

from typing import Any

import pytest

from motcua.casework.agendas.tests import make as agenda_makers
from motcua.casework.documents import api as documents
from motcua.casework.documents.tests.make import draft_of, make_office, make_registered
from motcua.casework.dossiers.tests.make import LAN, Commune, get_dossier, make_received
from motcua.casework.tasks.tests import make as task_makers
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.lib.clock import local_day, now

from .test_interface import FILING, Caller, caller, commune  # noqa: F401 -- fixtures

pytestmark = pytest.mark.django_db
SEVERAL = {"desk_code": "H18.101.MC", "applications": [FILING, FILING]}
TODAY = "first={0}&last={0}"


def test_several_are_received_at_once_and_once(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811 -- the fixture
) -> None:
    caller.speak_as(commune.binh)

    answers = [
        caller.post("/desk/dossiers/several", SEVERAL, **{"Idempotency-Key": "k"}).json()["codes"]
        for _ in range(2)
    ]
    day = TODAY.format(local_day(now()))
    lines = caller.get(f"/desk/register?desk_code=H18.101.MC&{day}").json()

    assert (len(set(answers[0])), answers[0]) == (2, answers[1])
    assert [one["code"] for one in lines] == answers[0]


def test_of_several_none_is_received_if_one_is_wrong(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811 -- the fixture
) -> None:
    caller.speak_as(commune.binh)
    wrong = {**FILING, "case_code": "khac"}

    answer = caller.post("/desk/dossiers/several", {**SEVERAL, "applications": [FILING, wrong]})

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["applications.1"])
    assert caller.get("/dossiers").json()["rows"] == []


def test_what_was_received_wrongly_is_received_anew(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811 -- the fixture
) -> None:
    old = make_received(commune)
    caller.speak_as(commune.oanh)

    anew = caller.post(f"/dossiers/{old}/redo", {**FILING, "reason": "Nhầm thủ tục"})

    assert anew.status_code == 201
    assert get_dossier(anew.json()["code"]).replaces_id == get_dossier(old).pk


@pytest.mark.parametrize("book", ["register", "certifications"])
def test_books_are_for_who_keeps_them_and_for_a_season(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811 -- the fixture
    book: str,
) -> None:
    address = f"/desk/{book}?desk_code=H18.101.MC"
    caller.speak_as(commune.binh)
    read = caller.get(f"{address}&first=2026-03-01&last=2026-03-31").status_code
    long = caller.get(f"{address}&first=2026-01-01&last=2026-12-31").status_code
    printed = caller.get(f"/desk/{book}/pdf?desk_code=H18.101.MC&first=2026-03-01&last=2026-03-01")
    caller.speak_as(LAN)

    assert (read, long, printed.content[:4]) == (200, 422, b"%PDF")
    assert caller.get(f"{address}&first=2026-03-01&last=2026-03-31").status_code == 403


def test_a_due_of_another_body_is_waited_for_until_it_was_paid(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811 -- the fixture
) -> None:
    code = make_received(commune)
    caller.speak_as(commune.mai)
    due = {
        "body_name": "Thuế cơ sở 1",
        "notice_number": "12/TB",
        "notice_on": "2026-03-01",
        "name": "Lệ phí trước bạ",
        "amount_vnd": 500_000,
    }

    asked = caller.post(f"/dossiers/{code}/dues", due)
    waits = get_dossier(code).status
    [listed] = caller.get(f"/dossiers/{code}/dues").json()
    seen = {"number": "GNT-7", "on": "2026-03-03"}
    paid = caller.post(f"/dossiers/{code}/dues/{listed['code']}/paid", seen)

    assert (asked.status_code, waits, listed["amount_vnd"]) == (200, "awaiting_payment", 500_000)
    assert (paid.status_code, get_dossier(code).status) == (200, "processing")


def test_rules_of_assignment_are_set_and_read_by_who_assigns(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811 -- the fixture
) -> None:
    make_officer_account("Quàng Thị Mai", username="mai.qt")
    rules = {"rules": [{"way": "turn", "username": "mai.qt"}]}
    address = "/api/v1/units/H18.101.TP/assignment"
    headers = {"Authorization": "Bearer good"}
    found = {}
    for who in (commune.hoa, commune.mai):
        caller.speak_as(who)
        put = caller.client.put(address, rules, content_type="application/json", headers=headers)
        found[who.id] = (put.status_code, caller.client.get(address, headers=headers).status_code)
    caller.speak_as(commune.hoa)

    assert found == {commune.hoa.id: (200, 200), commune.mai.id: (403, 403)}
    assert caller.get("/units/H18.101.TP/assignment").json() == [
        {"way": "turn", "name": "Quàng Thị Mai", "area": "", "is_away": False}
    ]


def test_an_outcome_that_was_not_signed_is_not_revoked(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811 -- the fixture
) -> None:
    code = make_received(commune)
    caller.speak_as(commune.hoa)
    change = {
        "state": "revoked",
        "decision_number": "7/QĐ",
        "decided_on": "2026-03-03",
        "reason": "Cấp sai",
    }

    answer = caller.post(f"/dossiers/{code}/outcomes/1/change", change)

    assert answer.status_code in {403, 409}


def test_a_draft_goes_on_and_its_recipients_are_named(
    caller: Caller,  # noqa: F811 -- the fixture
) -> None:
    office = make_office()
    code = documents.begin_draft(draft_of(office), by=office.tuan, at=now()).code
    caller.speak_as(office.tuan)

    revised = caller.post(f"/document-drafts/{code}/revise", {"text": "Nội dung mới của công văn."})
    named = caller.client.put(
        f"/api/v1/document-drafts/{code}/recipients",
        {"recipients": [{"name": "Sở Tư pháp", "way": "paper"}]},
        content_type="application/json",
        headers={"Authorization": "Bearer good"},
    )
    recalled = caller.post(f"/documents/{code}/recall", {"reason": "Sai"})

    assert (revised.status_code, named.status_code, recalled.status_code) == (200, 200, 403)
    assert [one["name"] for one in caller.get(f"/documents/{code}").json()["recipients"]] == [
        "Sở Tư pháp"
    ]


def test_a_book_of_the_registry_is_read_by_who_keeps_it(
    caller: Caller,  # noqa: F811 -- the fixture
) -> None:
    office = make_office()
    document = make_registered(office)
    caller.speak_as(office.dung)
    [book] = caller.get("/document-books").json()

    lines = caller.get(f"/document-books/{book['id']}").json()
    caller.speak_as(office.tuan)
    refused = [caller.get(one).status_code for one in ("/document-books", "/document-books/1")]

    assert [one["code"] for one in lines["rows"]] == [document.code]
    assert len(lines["columns"]) == len(lines["rows"][0]["cells"])
    assert (lines["next"], refused) == (0, [403, 404])


def test_a_part_of_a_task_is_passed_on_within_the_agency(
    caller: Caller,  # noqa: F811 -- the fixture
) -> None:
    place = task_makers.make_place()
    task = task_makers.make_task(place)
    part = f"/tasks/{task.code}/parts/{task_makers.part_of(task).seq}"
    caller.speak_as(place.nga)
    taken = caller.post(f"{part}/assign", {"unit_code": "H18.101.KT"})
    caller.speak_as(place.hoa)
    more = caller.post(f"/tasks/{task.code}/parts", {"together": [{"unit_code": "H18.101.LD"}]})
    due = {"due_at": "2027-03-13T17:00:00+07:00", "reason": "Thêm việc"}
    moved = caller.post(f"{part}/due", due)

    assert (taken.status_code, more.status_code, moved.status_code) == (200, 200, 200)


def test_an_entry_is_proposed_and_approved(caller: Caller) -> None:  # noqa: F811 -- the fixture
    place = agenda_makers.make_place()
    day = str(local_day(now()))
    when = {"day": day, "starts": "08:00"}
    entry = {"unit_code": "H18.101.KT", **when, "title": "Họp", "chair_name": "Hoa"}
    caller.speak_as(place.binh)
    code = caller.post("/agendas", entry).json()["code"]
    refused = caller.post(f"/agendas/{code}/approve").status_code
    caller.speak_as(place.hoa)
    approved = caller.post(f"/agendas/{code}/approve").status_code

    week: Any = caller.get("/agendas?agency_code=H18.101").json()

    assert (refused, approved) == (403, 200)
    assert [(one["code"], one["state"]) for one in week["entries"]] == [(code, "approved")]


def test_a_work_file_is_opened_filled_and_closed(
    caller: Caller,  # noqa: F811 -- the fixture
) -> None:
    office = make_office()
    registered = make_registered(office)
    caller.speak_as(office.hoa)
    new = {"title": "Sửa đường", "retention_years": 20, "unit_code": "H18.101.KT"}
    code = caller.post("/work-files", new).json()["code"]

    item = {"kind": "document", "ref": registered.code, "pages": 2}
    put = caller.post(f"/work-files/{code}/items", item)
    found = caller.get(f"/work-files/{code}").json()
    closed = caller.post(f"/work-files/{code}/close", {"ended_on": str(local_day(now()))})

    assert (put.status_code, found["items"][0]["ref"]) == (201, registered.code)
    assert (closed.status_code, found["missing"]) == (200, [])
    assert [one["code"] for one in caller.get("/work-files").json()["rows"]] == [code]
