"""Designing a form in the browser: each step is kept, two editors lose nothing."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.forms import api as forms
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import EDITOR, NOW, TEXT, make_procedure

from .people import page_of

pytestmark = pytest.mark.django_db
CODE = "1.004873"
FORM = f"thu-tuc/{CODE}/2/to-khai/"


@pytest.fixture(autouse=True)
def _draft(quan: Client) -> None:
    procedures.forget_kept()
    make_procedure()
    quan.post(f"/quan-tri/thu-tuc/{CODE}/soan-to-khai/")


def post(client: Client, path: str, **values: object) -> tuple[int, str]:
    """Send a form; answer with the status, and where it leads or what the page says."""
    answer = client.post(f"/quan-tri/{path}", values)
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def form_now() -> forms.Form:
    found = procedures.part_of(procedures.get_version(CODE, 2).source, "form")
    return forms.parse_form(found)


def names() -> list[str]:
    return [field.name for field in form_now().all_fields()]


def mark_of(name: str) -> str:
    source = procedures.get_version(CODE, 2).source
    return forms.mark_of(forms.find_field(procedures.part_of(source, "form"), name))


@pytest.mark.parametrize(
    "rest",
    ["", "ten/", "trang/0/", "o/ho_ten/", "xem/0/", "khac/", "nhap/", "xuat/", "mau/"],
)
def test_forms_are_designed_by_editors_of_the_whole_province_only(
    quan: Client, xuan: Client, dung: Client, rest: str
) -> None:
    seen = [one.get(f"/quan-tri/{FORM}{rest}").status_code for one in (quan, xuan, dung)]

    assert seen == [200, 403, 403]


@pytest.mark.parametrize("rest", ["", "ten/", "trang/0/", "o/ho_ten/", "nhap/", "mau/bo/"])
def test_nobody_else_changes_a_form(xuan: Client, rest: str) -> None:
    before = names()

    status, _ = post(xuan, f"{FORM}{rest}", do="drop:ho_ten", label="X", kind="text")

    assert (status, names()) == (403, before)


def test_designing_begins_a_draft_and_goes_on_with_it(quan: Client) -> None:
    _, went = post(quan, f"thu-tuc/{CODE}/soan-to-khai/")

    states = [(one.number, one.state) for one in procedures.versions_of(found().pk)]
    assert (went, states) == (f"/quan-tri/{FORM}", [(2, "draft"), (1, "published")])


def found() -> procedures.Procedure:
    return procedures.get_procedure(CODE)


def test_buttons_move_copy_and_drop_fields_and_each_step_is_kept(quan: Client) -> None:
    seen = []
    for act in ("down:ho_ten", "copy:so_ban", "drop:cap_lai"):
        post(quan, FORM, do=act)
        seen.append(names())

    assert seen == [
        ["muc_dich", "ho_ten", "so_ban", "ho_ngheo", "cap_lai"],
        ["muc_dich", "ho_ten", "so_ban", "so_ban_1", "ho_ngheo", "cap_lai"],
        ["muc_dich", "ho_ten", "so_ban", "so_ban_1", "ho_ngheo"],
    ]


def test_the_rest_of_the_text_stays_letter_for_letter(quan: Client) -> None:
    before = TEXT.format(code=CODE)

    post(quan, FORM, do="down:ho_ten")

    after = procedures.get_version(CODE, 2).source
    assert (after.partition("form:")[0], after.partition("process:")[2]) == (
        before.partition("form:")[0],
        before.partition("process:")[2],
    )


def test_a_field_is_added_and_opened_at_once(quan: Client) -> None:
    status, went = post(quan, FORM, **{"do": "add:0", "kind-0": "map_point"})

    assert (status, went) == (302, f"/quan-tri/{FORM}o/map_point_1/")
    assert names()[-1] == "map_point_1"


def test_a_field_is_edited_with_its_condition_and_english(quan: Client) -> None:
    status, _ = post(
        quan,
        f"{FORM}o/muc_dich/",
        seen=mark_of("muc_dich"),
        label="Dùng vào việc gì",
        label_en="Purpose",
        kind="long_text",
        name="muc_dich",
        show_when="so_ban > 1",
        always="on",
    )

    field = next(one for one in form_now().all_fields() if one.name == "muc_dich")
    assert status == 302
    assert (field.label, field.label_en, field.show_when, field.required) == (
        "Dùng vào việc gì",
        "Purpose",
        "so_ban > 1",
        "true",
    )


def test_the_second_editor_is_told_and_loses_nothing(quan: Client) -> None:
    seen = mark_of("ho_ten")
    first = {"kind": "text", "name": "ho_ten", "always": "on"}
    post(quan, f"{FORM}o/ho_ten/", seen=seen, label="Người thứ nhất", **first)

    status, page = post(quan, f"{FORM}o/ho_ten/", seen=seen, label="Người thứ hai", **first)
    kept = next(one.label for one in form_now().all_fields())
    again, _ = post(quan, f"{FORM}o/ho_ten/", seen=mark_of("ho_ten"), label="Cả hai", **first)

    assert (status, kept, again) == (422, "Người thứ nhất", 302)
    assert ("Có người vừa sửa ô này" in page, 'value="Người thứ hai"' in page) == (True, True)
    assert "Người khác vừa lưu" in page


def test_two_editors_of_different_fields_do_not_disturb_each_other(quan: Client) -> None:
    seen = mark_of("ho_ten")
    post(quan, FORM, do="drop:cap_lai")

    status, _ = post(
        quan, f"{FORM}o/ho_ten/", seen=seen, label="Họ và tên", kind="text", name="ho_ten"
    )

    assert (status, names()[0], "cap_lai" in names()) == (302, "ho_ten", False)


def test_a_field_somebody_dropped_is_told(quan: Client) -> None:
    post(quan, FORM, do="drop:cap_lai")

    page = quan.post(f"/quan-tri/{FORM}", {"do": "up:cap_lai"}, follow=True).content.decode()

    assert "không còn trong tờ khai" in page


def test_a_form_that_asks_itself_is_kept_and_named_but_not_published(quan: Client) -> None:
    post(
        quan,
        f"{FORM}o/ho_ten/",
        seen=mark_of("ho_ten"),
        label="Họ tên",
        kind="text",
        name="ho_ten",
        show_when='ho_ten != ""',
    )

    designer = page_of(quan, FORM)
    quan.post(f"/quan-tri/thu-tuc/{CODE}/2/cong-khai/")

    assert "tự hỏi vòng tròn: ho_ten → ho_ten" in designer
    assert procedures.get_version(CODE, 2).state == "draft"


def test_a_published_version_is_shown_and_not_changed(quan: Client) -> None:
    path = f"thu-tuc/{CODE}/1/to-khai/"

    page = quan.post(f"/quan-tri/{path}", {"do": "drop:ho_ten"}, follow=True).content.decode()

    assert ("không còn là bản thảo" in page, 'value="drop:ho_ten"' in page) == (True, False)


def test_the_preview_walks_through_the_pages_and_keeps_nothing(quan: Client) -> None:
    first = quan.get(f"/quan-tri/{FORM}xem/0/")
    wrong = quan.post(f"/quan-tri/{FORM}xem/0/", {"ho_ten": "Lan", "so_ban": "11"})
    right = quan.post(
        f"/quan-tri/{FORM}xem/0/", {"ho_ten": "Lan", "so_ban": "2", "muc_dich": "Kết hôn"}
    )

    assert (first.headers["X-Frame-Options"], wrong.status_code) == ("SAMEORIGIN", 422)
    assert "frame-ancestors 'self'" in first.headers["Content-Security-Policy"]
    assert "phải là một số nguyên, từ 1 đến 10" in wrong.content.decode()
    assert "Hết tờ khai" in right.content.decode()


def test_what_is_exported_brings_the_same_form_back(quan: Client) -> None:
    before = form_now()
    content = quan.get(f"/quan-tri/{FORM}xuat/").content
    post(quan, FORM, do="drop:ho_ten")

    forms_file = json.loads(content)
    brought, notes = forms.read_schema(content, "x")

    assert (forms.parse_form(brought), notes) == (before, [])
    assert forms_file["properties"]["so_ban"]["maximum"] == 10


def test_a_file_replaces_only_the_form_that_was_seen(quan: Client) -> None:
    content, before = quan.get(f"/quan-tri/{FORM}xuat/").content, form_now()
    seen = page_of(quan, f"{FORM}nhap/").split('name="seen" value="')[1].split('"')[0]
    post(quan, FORM, do="drop:ho_ten")
    changed = form_now()

    def bring(seen: str) -> str:
        file = SimpleUploadedFile("a.json", content)
        return post(quan, f"{FORM}nhap/", file=file, seen=seen)[1]

    said = bring(seen)

    assert ("Chưa có gì bị ghi đè" in said, form_now() == changed) == (True, True)
    bring(said.split('name="seen" value="')[1].split('"')[0])
    assert form_now() == before


def test_differences_are_told_field_by_field(quan: Client) -> None:
    post(quan, FORM, do="drop:cap_lai")

    page = page_of(quan, f"{FORM}khac/")

    assert ("Ô “Xin cấp lại” (cap_lai)" in page, "Bỏ" in page) == (True, True)


def test_test_data_is_kept_with_what_the_form_says_of_it(quan: Client) -> None:
    typed = {"a_ho_ten": "Lan", "a_so_ban": "11", "a_muc_dich": "x", "sample": "Quá mười bản"}
    post(quan, f"thu-tuc/{CODE}/2/thu/", do="keep", **typed)

    kept = procedures.part_of(procedures.get_version(CODE, 2).source, "form")["samples"]

    assert [(one["name"], one["wrong"]) for one in kept] == [("Quá mười bản", ["so_ban"])]
    assert "Quá mười bản" in page_of(quan, f"{FORM}mau/")


def test_who_saves_the_whole_text_over_another_s_is_told_and_loses_nothing(quan: Client) -> None:
    path = f"/quan-tri/thu-tuc/{CODE}/soan/"
    seen = procedures.get_version(CODE, 2).digest
    post(quan, FORM, do="drop:cap_lai")
    mine = TEXT.format(code=CODE).replace("15000", "7000")

    answer = quan.post(path, {"source": mine, "valid_from": "1/12/2025", "seen": seen})
    page = answer.content.decode()

    assert (answer.status_code, "đã lưu bản thảo này lúc" in page) == (422, True)
    assert ("amount_vnd: 7000" in page, "cap_lai" in names()) == (True, False)


@pytest.mark.parametrize(
    ("do", "more"),
    [
        ("add:0", {"kind-0": "khac"}),
        ("add:99999999999999999999", {}),
        ("add-in:ho_ten/x/y", {}),
        ("page-up:0:", {}),
        ("page-add:-1", {}),
        ("drop:", {}),
        ("khac:0", {}),
        ("", {}),
    ],
)
def test_a_button_that_nobody_drew_does_no_harm(
    quan: Client, do: str, more: dict[str, str]
) -> None:
    before = names()

    status, _ = post(quan, FORM, do=do, **more)

    assert (status, before == [name for name in names() if name in before]) == (302, True)


@pytest.mark.parametrize("do", ["page-add:0", "add:0", "drop:ho_ten", "up:ho_ten", "page-drop:0:x"])
def test_where_the_form_is_gone_it_is_said(quan: Client, do: str) -> None:
    version = procedures.get_version(CODE, 2)
    procedures.change_part(version.pk, "form", lambda _: None, by=EDITOR, at=NOW)

    post(quan, FORM, do=do)
    told = page_of(quan, FORM)
    named = post(quan, f"{FORM}ten/", title="Tờ khai", code="to-khai")

    assert "không có tờ khai" in told
    assert named[0] == 422
    assert procedures.part_of(procedures.get_version(CODE, 2).source, "form") is None
