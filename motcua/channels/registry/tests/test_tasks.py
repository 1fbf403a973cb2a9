"""Tasks in the browser: given, taken, reported, confirmed, counted."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.casework.tasks import api as tasks
from motcua.casework.tasks.api import Task, TaskIn, TaskPart
from motcua.channels.kit.words import short_day
from motcua.foundation.access import api as access
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import now

from .make import Office, make_office, signed_in, text_of

pytestmark = pytest.mark.django_db


def actor(office: Office, key: str) -> Actor:
    return access.actor_now(office.accounts[key], at=now()).actor


def give(office: Office, **changes: object) -> Task:
    facts = {
        "title": "Báo cáo rà soát hộ nghèo",
        "agency_id": office.agency_id,
        "lead_unit_id": office.division_id,
        "due_at": now() + timedelta(days=10),
        **changes,
    }
    return tasks.give_task(TaskIn(**facts), by=actor(office, "hoa"), at=now())  # type: ignore[arg-type]  # -- each fact is of its own type


def part_of(task: Task) -> TaskPart:
    return TaskPart.objects.filter(task=task).order_by("seq")[0]


def act_path(task: Task, slug: str) -> str:
    return f"/van-ban/nhiem-vu/{task.code}/{part_of(task).seq}/{slug}/"


def test_a_leader_gives_a_task_on_the_page() -> None:
    office = make_office()
    typed = {
        "title": "Kiểm tra an toàn hồ đập",
        "lead": f"u-{office.division_id}",
        "origin_kind": "meeting",
        "due_on": short_day(now() + timedelta(days=20)),
        "secrecy": "0",
    }

    answer = office.hoa.post("/van-ban/nhiem-vu/giao/", typed, follow=True)

    assert "Đã giao nhiệm vụ “Kiểm tra an toàn hồ đập”" in answer.content.decode()
    assert "Kiểm tra an toàn hồ đập" in text_of(office.mai, "/van-ban/nhiem-vu/don-vi/")
    assert "Kiểm tra an toàn hồ đập" in text_of(office.hoa, "/van-ban/nhiem-vu/da-giao/")


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost() -> None:
    office = make_office()
    typed = {"title": "Kiểm tra", "origin_kind": "spoken", "due_on": "1/1/2020", "secrecy": "0"}

    without_lead = office.hoa.post("/van-ban/nhiem-vu/giao/", typed)
    late = office.hoa.post("/van-ban/nhiem-vu/giao/", {**typed, "lead": f"u-{office.root_id}"})

    assert (without_lead.status_code, late.status_code) == (422, 422)
    assert "Hãy chọn chủ trì" in without_lead.content.decode()
    assert "Hạn phải sau thời điểm giao" in late.content.decode()
    assert 'value="Kiểm tra"' in late.content.decode()


def test_a_task_is_assigned_reported_and_confirmed() -> None:
    office = make_office()
    task = give(office)
    tuan = office.accounts["tuan"]

    office.mai.post(act_path(task, "phan-cong"), {"who": f"p-{office.division_id}-{tuan}"})
    assert task.title in text_of(office.tuan, "/van-ban/nhiem-vu/")
    sent = SimpleUploadedFile("bieu.pdf", b"%PDF-1.4\n%%EOF", content_type="application/pdf")
    report = {"percent": "40", "words": "Đã lập biểu", "attached": sent}
    office.tuan.post(act_path(task, "tien-do"), report)
    office.tuan.post(act_path(task, "ket-thuc"), {"words": "Đã xong 12 bản"})
    assert "1 xin kết thúc" in text_of(office.hoa, "/van-ban/nhiem-vu/da-giao/")
    office.hoa.post(act_path(task, "xac-nhan"), {"words": ""})

    assert part_of(task).state == "done"
    page = text_of(office.tuan, f"/van-ban/nhiem-vu/{task.code}/")
    assert "Đã xong 12 bản" in page
    assert "khớp từ việc đầu" in page


def test_more_time_is_asked_and_granted_on_the_page() -> None:
    office = make_office()
    task = give(office)
    until = short_day(now() + timedelta(days=30))

    office.mai.post(act_path(task, "gia-han"), {"due_on": until, "words": "Chờ số liệu"})
    assert "1 xin gia hạn" in text_of(office.hoa, "/van-ban/nhiem-vu/da-giao/")
    office.hoa.post(act_path(task, "quyet-gia-han"), {"answer": "yes", "words": "", "due_on": ""})

    page = text_of(office.mai, f"/van-ban/nhiem-vu/{task.code}/")
    assert "Gia hạn: được gia hạn" in page
    assert "giao lần đầu" in page


def test_an_officer_is_not_offered_what_only_the_giver_may_do() -> None:
    office = make_office()
    task = give(office)

    page = text_of(office.mai, f"/van-ban/nhiem-vu/{task.code}/")

    assert "Nhận nhiệm vụ" in page
    assert "Điều chỉnh hạn" not in page
    answer = office.mai.post(act_path(task, "doi-han"), {"due_on": "1/1/2030", "words": "x"})
    assert (answer.status_code, part_of(task).due_at == task.due_at) == (302, True)


def test_the_giver_reads_why_a_task_was_not_taken() -> None:
    office = make_office()
    task = give(office)

    office.mai.post(act_path(task, "khong-nhan"), {"words": "Không đúng thẩm quyền"})

    page = text_of(office.hoa, f"/van-ban/nhiem-vu/{task.code}/")
    assert "<strong>Không nhận:</strong> Không đúng thẩm quyền" in page
    assert "1 không nhận" in text_of(office.hoa, "/van-ban/nhiem-vu/da-giao/")


def test_a_stranger_finds_no_such_task() -> None:
    office = make_office()
    other = make_office("H18.102", "UBND xã Nà Tấu", tag="2")
    task = give(office)

    assert other.hoa.get(f"/van-ban/nhiem-vu/{task.code}/").status_code == 404
    assert other.hoa.get(act_path(task, "nhan")).status_code == 404


def test_who_gives_no_tasks_sets_one_to_himself() -> None:
    office = make_office()
    lead = f"p-{office.division_id}-{office.accounts['tuan']}"
    typed = {"title": "Soạn sổ tay", "lead": lead, "origin_kind": "own", "secrecy": "0"}

    office.tuan.post("/van-ban/nhiem-vu/giao/", typed)

    assert "Soạn sổ tay" in text_of(office.tuan, "/van-ban/nhiem-vu/")


def test_a_province_follows_many_communes_on_one_page() -> None:
    agency = organisation.Agency
    province = make_office("H18.90", "UBND tỉnh Điện Biên")
    communes = [make_office(f"H18.1{n:02}", f"UBND xã số {n}", tag=f"c{n}") for n in range(1, 9)]
    agency.objects.exclude(pk=province.agency_id).update(parent_id=province.agency_id)
    organisation.forget_tree()
    typed = {"title": "Kiểm tra hồ đập", "lead": "several", "origin_kind": "plan", "secrecy": "0"}
    refused = province.hoa.post("/van-ban/nhiem-vu/giao/", typed)
    assert "phải có nơi chủ trì" in refused.content.decode()

    more = [f"u-{one.root_id}" for one in communes]
    province.hoa.post("/van-ban/nhiem-vu/giao/", {**typed, "more": more})

    task = Task.objects.get()
    page = text_of(province.hoa, f"/van-ban/nhiem-vu/{task.code}/")
    assert "8 nơi thực hiện" in page
    assert task.title in text_of(communes[3].hoa, "/van-ban/nhiem-vu/don-vi/")


def test_the_month_is_counted_exported_and_printed() -> None:
    office = make_office()
    give(office)
    path = "/van-ban/nhiem-vu/bao-cao/"

    page = text_of(office.hoa, path)
    sheet = office.hoa.get(f"{path}excel/")
    paper = office.hoa.get(f"{path}in/")

    assert "Phòng Kinh tế" in page
    book = openpyxl.load_workbook(BytesIO(sheet.content))
    assert [row[:2] for row in book["Tổng hợp"].iter_rows(values_only=True)][1:] == [
        ("Phòng Kinh tế", 1),
        ("Tổng cộng", 1),
    ]
    assert [row[0] for row in book["Danh sách"].iter_rows(values_only=True, min_row=2)] == [
        "Báo cáo rà soát hộ nghèo"
    ]
    assert paper.content[:5] == b"%PDF-"


def test_text_that_looks_like_a_formula_stays_text_in_the_spreadsheet() -> None:
    office = make_office()
    give(office, title="=1+1")

    sheet = office.hoa.get("/van-ban/nhiem-vu/bao-cao/excel/")

    cell = openpyxl.load_workbook(BytesIO(sheet.content))["Danh sách"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_odd_words_in_addresses_do_no_harm() -> None:
    office = make_office()
    task = give(office)

    assert office.hoa.get(f"/van-ban/nhiem-vu/{task.code}/999/nhan/").status_code == 404
    assert office.hoa.get(act_path(task, "bay")).status_code == 404
    assert office.hoa.get("/van-ban/nhiem-vu/bao-cao/?ky=x&so_lieu=y&theo=z").status_code == 200
    assert office.hoa.get("/van-ban/nhiem-vu/don-vi/?don-vi=9999&han=x").status_code == 200
    lead = {"title": "Việc", "lead": "u-x", "origin_kind": "spoken", "secrecy": "0"}
    assert office.hoa.post("/van-ban/nhiem-vu/giao/", lead).status_code == 422


def test_a_desk_officer_reaches_a_task_that_is_his() -> None:
    office = make_office()
    unit = organisation.Unit.objects.get(pk=office.division_id)
    client, account = signed_in("Vì Văn Bình", "desk", unit, organisation.PostRole.DESK_OFFICER)
    organisation.forget_tree()
    task = give(office, lead_account_id=account)

    assert task.title in text_of(client, f"/van-ban/nhiem-vu/{task.code}/")
