from typing import Any

import pytest

from motcua.casework.forms.api import (
    BadForm,
    check_answers,
    clean_answers,
    parse_form,
    schema_of,
    searchable_values,
    summary_of,
    visible_fields,
)

from .make import make_form

GOOD = {
    "tre_ho_ten": "Lò Thị Mai",
    "tre_ngay_sinh": "2026-01-05",
    "tre_gioi_tinh": "nu",
    "can_ban_sao": False,
}


def field(**extra: Any) -> dict[str, Any]:
    return {"name": "o", "label": "Ô", **extra}


def form_with(*fields: dict[str, Any]) -> dict[str, Any]:
    return {"code": "x", "title": "X", "pages": [{"title": "Trang", "fields": list(fields)}]}


def test_right_answers_have_no_complaints() -> None:
    assert check_answers(make_form(), GOOD) == {}


@pytest.mark.parametrize(
    ("change", "complaints"),
    [
        ({"tre_ho_ten": ""}, {"tre_ho_ten": "Hãy nhập “Họ, chữ đệm, tên của trẻ”."}),
        (
            {"tre_ngay_sinh": "2026-02-30"},
            {"tre_ngay_sinh": "“Ngày sinh” phải là một ngày có thật, ví dụ 07/01/2026."},
        ),
        (
            {"tre_gioi_tinh": "x"},
            {"tre_gioi_tinh": "Hãy chọn một trong các mục của “Giới tính”."},
        ),
        ({"can_ban_sao": True}, {"so_ban_sao": "Hãy nhập “Số bản sao”."}),
        (
            {"can_ban_sao": True, "so_ban_sao": 21},
            {"so_ban_sao": "“Số bản sao” phải là một số nguyên, từ 1 đến 20."},
        ),
    ],
)
def test_each_wrong_answer_is_named(change: dict[str, Any], complaints: dict[str, str]) -> None:
    assert check_answers(make_form(), GOOD | change) == complaints


def test_typed_values_are_cleaned() -> None:
    typed = {
        "tre_ho_ten": "  Lò   Thị Mai ",
        "tre_ngay_sinh": "5/1/2026",
        "can_ban_sao": "true",
        "so_ban_sao": "2",
        "la": "x",
    }

    clean = clean_answers(list(make_form().all_fields()), typed)

    assert clean == {
        "tre_ho_ten": "Lò Thị Mai",
        "tre_ngay_sinh": "2026-01-05",
        "can_ban_sao": True,
        "so_ban_sao": 2,
    }


def test_what_cannot_be_understood_is_kept_as_typed() -> None:
    clean = clean_answers(list(make_form().all_fields()), {"tre_ngay_sinh": "mùng năm"})

    assert clean == {"tre_ngay_sinh": "mùng năm"}


def test_a_field_appears_when_its_condition_holds() -> None:
    page = make_form().pages[1]

    shown = [[f.name for f in visible_fields(page, {"can_ban_sao": yes})] for yes in (False, True)]

    assert shown == [["can_ban_sao"], ["can_ban_sao", "so_ban_sao"]]


def test_rows_of_a_group_are_checked_one_by_one() -> None:
    inner = [{"name": "ten", "label": "Tên"}, {"name": "so", "label": "Số", "kind": "number"}]
    form = make_form(fields=[field(name="xe", label="Xe", kind="group", fields=inner)])

    complaints = check_answers(form, GOOD | {"xe": [{"ten": "A", "so": 1}, {"ten": "B"}]})

    assert complaints == {"xe.1.so": "Hãy nhập “Số”."}


def test_the_summary_reads_like_a_paper() -> None:
    pages = [(title, [text for _, text in rows]) for title, rows in summary_of(make_form(), GOOD)]

    assert pages == [
        ("Trẻ được khai sinh", ["Lò Thị Mai", "05/01/2026", "Nữ"]),
        ("Bản sao", ["Không"]),
    ]


def test_searchable_answers_are_known() -> None:
    found = [(f.name, value) for f, value in searchable_values(make_form(), GOOD)]

    assert found == [("tre_ho_ten", "Lò Thị Mai")]


def test_the_schema_lists_what_is_always_required() -> None:
    assert schema_of(make_form())["required"] == [
        "tre_ho_ten",
        "tre_ngay_sinh",
        "tre_gioi_tinh",
        "can_ban_sao",
    ]


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({}, "“pages” phải là danh sách"),
        (form_with(field(name="Tên")), "chữ thường không dấu"),
        (form_with(field(kind="script")), "loại “script” không có"),
        (form_with(field(kind="choice")), "cần danh sách “options”"),
        (form_with(field(), field()), "xuất hiện hai lần"),
        (form_with(field(show_when="khac = 1")), "hỏi tới “khac” không có"),
        (form_with(field(show_when="1 +")), "cần một giá trị"),
        (form_with(field(max_length="dài")), "phải là số nguyên"),
        (form_with(field(kind="group")), "chỉ dùng và phải có ở loại “group”"),
    ],
)
def test_a_bad_definition_is_refused_with_the_place(data: dict[str, Any], complaint: str) -> None:
    with pytest.raises(BadForm, match=complaint):
        parse_form(data)
