"""Fields of a form as inputs, and what was typed into them."""

from django.http import QueryDict

from motcua.casework.forms.api import Form, Page, parse_form
from motcua.channels.kit.questions import Shown, questions_of, typed_into

FORM = {
    "code": "xe",
    "title": "Đăng ký xe",
    "pages": [
        {
            "title": "Xe",
            "fields": [
                {"name": "co_xe", "kind": "yes_no", "label": "Có xe?"},
                {"name": "ngay_mua", "kind": "date", "label": "Ngày mua", "show_when": "co_xe"},
                {"name": "gia", "kind": "money", "label": "Giá", "required": False},
                {
                    "name": "cac_xe",
                    "kind": "group",
                    "label": "Các xe",
                    "required": False,
                    "maximum": 2,
                    "fields": [
                        {"name": "bien_so", "label": "Biển số"},
                        {"name": "mau", "label": "Màu", "required": False},
                    ],
                },
            ],
        }
    ],
}


def first_page() -> Page:
    form: Form = parse_form(FORM)
    return form.pages[0]


def shown(**answers: object) -> Shown:
    return Shown(answers=answers, complaints={}, known={})


def names(state: Shown) -> list[str]:
    return [asked.parameters["name"] for asked in questions_of(first_page(), state)]


def test_a_question_appears_with_the_answer_that_asks_for_it() -> None:
    assert names(shown()) == ["co_xe", "gia", "cac_xe"]
    assert names(shown(co_xe=True)) == ["co_xe", "ngay_mua", "gia", "cac_xe"]


def test_only_an_answer_that_others_wait_for_redraws_the_page() -> None:
    asked = questions_of(first_page(), shown())

    assert [one.parameters["name"] for one in asked if "attrs" in one.parameters] == ["co_xe"]


def test_a_day_comes_back_in_three_boxes_even_if_there_is_none_such() -> None:
    asked = questions_of(first_page(), shown(co_xe=True, ngay_mua="31/2/26"))[1]
    whole = questions_of(first_page(), shown(co_xe=True, ngay_mua="2026-01-07"))[1]

    boxes = [
        tuple(one.parameters[part] for part in ("day", "month", "year")) for one in (asked, whole)
    ]
    assert boxes == [("31", "2", "26"), ("07", "01", "2026")]


def test_money_is_shown_in_thousands() -> None:
    asked = questions_of(first_page(), shown(gia=1_250_000))[1]

    assert asked.parameters["value"] == "1.250.000"


def test_what_is_known_is_offered_where_nothing_was_answered() -> None:
    form = parse_form(
        {
            "code": "a",
            "title": "A",
            "pages": [
                {
                    "title": "A",
                    "fields": [{"name": "ten", "label": "Tên", "prefill": "person.full_name"}],
                }
            ],
        }
    )
    known = {"person.full_name": "Lò Thị Lan"}

    offered = [
        questions_of(form.pages[0], Shown(answers, {}, known))[0].parameters["value"]
        for answers in ({}, {"ten": "Lò Thị Mai"})
    ]

    assert offered == ["Lò Thị Lan", "Lò Thị Mai"]


def test_a_group_shows_its_rows_and_grows_to_its_limit() -> None:
    one_row = questions_of(first_page(), shown(cac_xe=[{"bien_so": "27A-1"}]))[-1]
    grown = questions_of(
        first_page(), Shown({"cac_xe": [{"bien_so": "27A-1"}]}, {}, {}, more_rows="cac_xe")
    )[-1]

    assert (len(one_row.rows), one_row.parameters["can_grow"]) == (1, True)
    assert (len(grown.rows), grown.parameters["can_grow"]) == (2, False)


def test_what_was_typed_is_read_row_by_row() -> None:
    sent = QueryDict(
        "co_xe=true&ngay_mua_day=7&ngay_mua_month=1&ngay_mua_year=2026"
        "&cac_xe.1.bien_so=27B-2&cac_xe.0.bien_so=27A-1&cac_xe.0.mau="
    )

    assert typed_into(first_page().fields, sent) == {
        "co_xe": "true",
        "ngay_mua": "7/1/2026",
        "gia": None,
        "cac_xe": [{"bien_so": "27A-1", "mau": ""}, {"bien_so": "27B-2", "mau": None}],
    }
