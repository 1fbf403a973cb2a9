"""Kinds beyond plain words: tables, points, places of a day, files, what is reckoned."""

from datetime import date
from typing import Any

import pytest

from motcua.casework.forms.api import (
    BadForm,
    FieldKind,
    check_answers,
    clean_answers,
    in_language,
    in_words,
    parse_form,
    place_code,
    point_in_words,
    point_of,
    schema_of,
    settle_places,
    summary_of,
    with_reckoned,
)
from motcua.foundation.places.tests.make import make_map

GOOD_POINT = "21.386420,103.016470"
TODAY = date(2026, 1, 5)


def form_of(*fields: dict[str, Any], **page: Any) -> Any:
    shown = [{"label": one.get("name", ""), **one} for one in fields]
    return parse_form(
        {"code": "x", "title": "X", "pages": [{"title": "Trang", "fields": shown, **page}]}
    )


def clean(form: Any, **typed: Any) -> dict[str, Any]:
    return clean_answers(list(form.all_fields()), typed)


TABLE = {
    "name": "bang",
    "kind": "table",
    "label": "Bảng kê",
    "maximum": 3,
    "fields": [
        {"name": "ten", "label": "Tên"},
        {"name": "tien", "label": "Số tiền", "kind": "money"},
    ],
}
TOTAL = {"name": "tong", "kind": "money", "computed": "sum(bang.tien)"}


@pytest.mark.parametrize(
    "typed",
    [
        "21.38642, 103.01647",
        "21,38642; 103,01647",
        "(21.38642 103.01647)",
        "21.38642°N 103.01647°E",
        "https://ban-do.example/@21.38642,103.01647,15z",
        "21°23'11.112\"N 103°00'59.292\"E",
    ],
)
def test_a_point_is_understood_however_it_was_copied(typed: str) -> None:
    assert point_of(typed) == GOOD_POINT


@pytest.mark.parametrize("typed", ["Mường Phăng", "48.85, 2.35", "103.01647, 21.38642", "21.3"])
def test_what_is_no_point_of_viet_nam_is_complained_about(typed: str) -> None:
    form = form_of({"name": "diem", "kind": "map_point", "label": "Nơi đặt biển"})

    complaints = check_answers(form, clean(form, diem=typed))

    assert complaints == {
        "diem": "“Nơi đặt biển” phải là một điểm trong Việt Nam: vĩ độ rồi kinh độ, ví dụ"
        " 21.386420, 103.016470."
    }


def test_a_point_is_printed_in_words() -> None:
    assert point_in_words(GOOD_POINT) == "21.386420° Bắc, 103.016470° Đông"


def test_a_table_is_summed_and_printed_row_by_row() -> None:
    form = form_of(TABLE, TOTAL)
    typed = [
        {"ten": "Bàn", "tien": "1.500.000"},
        {"ten": "", "tien": ""},
        {"ten": "Ghế", "tien": "20"},
    ]

    answers = with_reckoned(form, clean(form, bang=typed))
    told = [text for _, rows in summary_of(form, answers) for _, text in rows]

    assert (answers["tong"], check_answers(form, answers)) == (1500020, {})
    assert told == [
        "1. Tên: Bàn; Số tiền: 1.500.000 đồng\n2. Tên: Ghế; Số tiền: 20 đồng",
        "1.500.020 đồng",
    ]


def test_too_many_rows_and_empty_cells_are_named() -> None:
    form = form_of(TABLE)

    complaints = check_answers(form, {"bang": [{"ten": "A", "tien": 1}] * 3 + [{"ten": "B"}]})

    assert complaints == {
        "bang.3.tien": "Hãy nhập “Số tiền”.",
        "bang": "“Bảng kê” chỉ ghi được tối đa 3 dòng.",
    }


def test_what_was_sent_for_a_reckoned_field_does_not_count() -> None:
    form = form_of(
        {"name": "a", "kind": "number"},
        {"name": "c", "kind": "number", "computed": "b + 1"},
        {"name": "b", "kind": "number", "computed": "a * 2"},
    )

    assert with_reckoned(form, {"a": 4, "b": 100, "c": 100}) == {"a": 4, "b": 8, "c": 9}
    assert list(check_answers(form, {"a": 4, "b": 100, "c": 101})) == ["b"]


@pytest.mark.parametrize(
    ("kind", "computed", "value"),
    [
        ("number", "7 / 2", 4),
        ("text", '"số " + 1', None),
        ("text", "1.5", "1.5"),
        ("date", 'date("2026-01-31")', "2026-01-31"),
        ("yes_no", "1 = 1", True),
        ("money", "la", None),
    ],
)
def test_what_is_reckoned_takes_the_shape_of_its_kind(kind: str, computed: str, value: Any) -> None:
    form = form_of(
        {"name": "la", "required": False}, {"name": "o", "kind": kind, "computed": computed}
    )

    assert with_reckoned(form, {}).get("o") == value


def test_a_file_is_no_answer_and_not_in_the_schema() -> None:
    form = form_of({"name": "anh", "kind": "file", "label": "Ảnh"})

    assert (clean(form, anh="x"), check_answers(form, {})) == ({}, {})
    assert schema_of(form)["properties"] == {}


@pytest.mark.django_db
def test_a_place_is_named_as_it_was_on_its_day() -> None:
    make_map()
    form = form_of(
        {"name": "ngay", "kind": "date"}, {"name": "noi", "kind": "place", "as_of": "ngay"}
    )
    fields = list(form.all_fields())

    then = settle_places(fields, {"ngay": "2010-05-01", "noi": "him lam"}, on=TODAY)
    today = settle_places(fields, {"ngay": "2025-08-01", "noi": "him lam"}, on=TODAY)

    assert then["noi"] == "03127 · Phường Him Lam, Thành phố Điện Biên Phủ, Tỉnh Điện Biên"
    assert (place_code(then["noi"]), in_words(fields[1], then["noi"])) == (
        "03127",
        "Phường Him Lam, Thành phố Điện Biên Phủ, Tỉnh Điện Biên",
    )
    assert list(check_answers(form, today)) == ["noi"]


def test_english_words_are_shown_where_there_are_some() -> None:
    form = form_of(
        {
            "name": "sex",
            "kind": "choice",
            "label": "Giới tính",
            "label_en": "Sex",
            "options": [{"value": "nam", "label": "Nam", "label_en": "Male"}, "Khác"],
        },
        title_en="About you",
    )

    page = in_language(form, "en").pages[0]

    assert (page.title, page.fields[0].label) == ("About you", "Sex")
    assert [one.label for one in page.fields[0].options] == ["Male", "Khác"]
    assert in_language(form, "vi") is form


CIRCLES = [
    ([{"name": "a", "show_when": "a = 1"}], "a → a"),
    ([{"name": "a", "show_when": "b = 1"}, {"name": "b", "show_when": "a = 1"}], "a → b → a"),
    (
        [
            {"name": "a", "kind": "number", "computed": "b + 1"},
            {"name": "b", "kind": "number", "computed": "c + 1"},
            {"name": "c", "kind": "number", "computed": "a + 1"},
        ],
        "a → b → c → a",
    ),
    ([{"name": "a", "required": "a = null"}], "tự hỏi chính nó"),
]


@pytest.mark.parametrize(("fields", "complaint"), CIRCLES)
def test_a_form_that_refers_to_itself_is_refused(
    fields: list[dict[str, Any]], complaint: str
) -> None:
    with pytest.raises(BadForm, match=complaint):
        form_of(*fields)


def test_a_page_that_hangs_on_its_own_answer_is_refused() -> None:
    with pytest.raises(BadForm, match="tự hỏi vòng tròn"):
        form_of({"name": "a"}, show_when="a = 1")


@pytest.mark.parametrize("source", ["not(" * 60 + "a" + ")" * 60, "a = 1 or " * 400 + "a = 1"])
def test_a_condition_that_never_ends_is_refused(source: str) -> None:
    with pytest.raises(BadForm, match=r"lồng quá nhiều tầng|dài quá"):
        form_of({"name": "a"}, {"name": "b", "show_when": source})


def test_a_long_chain_of_conditions_is_looked_through_without_recursion() -> None:
    fields = [{"name": f"o{n}", "show_when": f"o{n + 1} = 1"} for n in range(399)]

    assert len(list(form_of(*fields, {"name": "o399"}).all_fields())) == 400


@pytest.mark.parametrize("kind", [str(one) for one in FieldKind])
def test_every_kind_has_a_word_and_a_definition(kind: str) -> None:
    more: dict[str, Any] = {}
    if FieldKind(kind).has_rows:
        more["fields"] = [{"name": "t", "label": "T"}]
    if kind in {"choice", "choices"}:
        more["options"] = ["A"]

    assert form_of({"name": "o", "kind": kind, **more}).pages[0].fields[0].kind.words


@pytest.mark.parametrize(
    ("field", "complaint"),
    [
        ({"kind": "place", "as_of": "ngay"}, "“as_of” phải là “today”"),
        ({"kind": "table", "fields": [{"name": "t", "label": "T", "kind": "place"}]}, "bảng không"),
        ({"kind": "group", "fields": [{"name": "t", "label": "T", "fields": [1]}]}, "bảng khác"),
        ({"kind": "group", "fields": [{"name": "t", "label": "T"}] * 2}, "hai lần"),
        ({"kind": "file", "computed": "1"}, "không tự tính được"),
    ],
)
def test_what_a_kind_cannot_have_is_refused(field: dict[str, Any], complaint: str) -> None:
    with pytest.raises(BadForm, match=complaint.replace("bảng không", "không đặt vào bảng")):
        form_of({"name": "o", **field})
