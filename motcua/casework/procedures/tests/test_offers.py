"""Questions, renewals and the reminder as lists of lines: kept as they were, refused in words."""

from typing import Any

import pytest

from motcua.casework.forms.api import parse_form
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.rules.further import check_reminder
from motcua.casework.procedures.tests.make import TEXT

TEXT_OF = TEXT.format(code="1.004873")
FIELDS = [
    {"name": "lan_dau", "label": "Lần đầu", "kind": "yes_no"},
    {"name": "so_con", "label": "Số con", "kind": "number", "show_when": "lan_dau = false"},
    {
        "name": "ly_do",
        "label": "Lý do",
        "kind": "choice",
        "options": [{"value": "mat", "label": "Bị mất"}, {"value": "hong", "label": "Bị hỏng"}],
    },
    {"name": "tong", "label": "Tổng", "kind": "number", "computed": "so_con + 1"},
    {"name": "cam_doan", "label": "Tôi cam đoan", "kind": "declaration"},
]
FORM = {"code": "a", "title": "A", "pages": [{"title": "B", "fields": FIELDS}]}
DATA: dict[str, Any] = {
    "cases": [
        {"code": "moi", "name": "Mới", "when": 'viec = "cap-moi" and lan_dau'},
        {"code": "lai", "name": "Lại", "when": 'viec in ("cap-lai", "doi") or muon'},
    ],
    "papers": [{"code": "don", "name": "Đơn", "required": "so_con > 2 and sai ("}],
    "fees": [{"code": "phi", "when": 'ly_do != "mat" and channel = "portal" and dat'}],
    "findings": {"xem": [{"name": "dat", "label": "Đạt", "kind": "yes_no"}]},
    "derived": [{"name": "muon", "value": "days_between(ngay, filed_on) > 15 or so = 3"}],
    "form": FORM,
}


def test_a_question_is_about_what_conditions_compare() -> None:
    compared = procedures.compared_in(DATA)

    assert list(compared) == ["lan_dau", "viec", "ly_do", "ngay", "so"]
    assert compared["viec"].usable == ["cap-moi", "cap-lai", "doi"]
    assert compared["lan_dau"].is_truth
    assert compared["ly_do"].usable == ["mat", "hong"]
    assert (compared["ngay"].is_open, compared["so"].usable) == (True, ["3"])


def test_answers_of_a_question_come_back_and_yes_is_true() -> None:
    compared = procedures.compared_in(DATA)
    before = [{"value": True, "label": "Lần đầu"}, {"value": "false", "label": "Rồi", "x": 1}]

    shown = procedures.choice_lines(before)

    assert procedures.choice_lines(before, is_truth=True) == "có = Lần đầu\nkhông = Rồi"
    assert shown == "true = Lần đầu\nfalse = Rồi"
    assert procedures.read_choices(shown, before, compared["lan_dau"]) == before
    assert procedures.read_choices("có=Ừ\nkhông = Chưa", before, compared["lan_dau"]) == [
        {"value": "true", "label": "Ừ"},
        {"value": "false", "label": "Chưa", "x": 1},
    ]


@pytest.mark.parametrize(
    ("name", "typed", "complaint"),
    [
        ("viec", "cap-moi = Mới", "từ 2 đến 20 câu trả lời"),
        ("viec", "cap-moi = Mới\ncap-lai", "Dòng 2: hãy ghi"),
        ("viec", "cap-moi = Mới\ncap-moi = Lại", "Giá trị “cap-moi” ghi hai lần"),
        ("viec", "cap-moi = Mới\ncap-lai = Mới", "Lời “Mới” ghi hai lần"),
        ("viec", "cap-moi = Mới\ncaplai = Lại", "“caplai”.*cap-moi, cap-lai, doi"),
        ("lan_dau", "có = Ừ\nkhac = Khác", "“khac”.*có, không"),
        ("ly_do", "mat = Mất\nhong = Hỏng\nkhac = Khác", "“khac”"),
    ],
)
def test_answers_that_decide_nothing_are_refused(name: str, typed: str, complaint: str) -> None:
    with pytest.raises(procedures.BadDefinition, match=complaint):
        procedures.read_choices(typed, (), procedures.compared_in(DATA)[name])


def test_one_answer_beside_all_that_are_asked_for_is_the_rest() -> None:
    typed = "cap-moi = Mới\ncap-lai = Lại\ndoi = Đổi\nkhac = Việc khác"

    found = procedures.read_choices(typed, (), procedures.compared_in(DATA)["viec"])

    assert [one["value"] for one in found] == ["cap-moi", "cap-lai", "doi", "khac"]


def test_prefilled_answers_are_read_as_the_form_keeps_them() -> None:
    fields = {one.name: one for one in parse_form(FORM).all_fields()}
    before = {"lan_dau": True, "xa": [{"ten": "A"}], "y": "Một\nHai"}

    shown = procedures.answer_lines({**before, "tags": ["a", "b"]})
    read = procedures.read_answers("lan_dau = có\nso_con = 3\nly_do = Bị mất", before, fields)

    assert shown == 'lan_dau = có\nxa = [{"ten": "A"}]\ny = "Một\\nHai"\ntags = a; b'
    assert read == {"lan_dau": True, "so_con": 3, "ly_do": "mat"}
    shown = procedures.answer_lines(before)
    assert procedures.read_answers(shown, before, None) == before


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("la = 1", "Dòng 1: tờ khai không có ô “la”"),
        ("lan_dau", "hãy ghi “ten_o = câu trả lời”"),
        ("lan_dau = có\nlan_dau = không", "ghi hai lần"),
        ("lan_dau = chắc vậy", "có hoặc không"),
        ("so_con = nhiều", "Dòng 1: “Số con” phải là"),
        ("so_con =", "Hãy nhập “Số con”"),
        ("ly_do = khac", "Mục dùng được: mat, hong"),
        ("tong = 3", "tự tính"),
        ("cam_doan = có", "không điền sẵn được"),
    ],
)
def test_an_answer_the_form_does_not_take_is_refused(typed: str, complaint: str) -> None:
    fields = {one.name: one for one in parse_form(FORM).all_fields()}

    with pytest.raises(procedures.BadDefinition, match=complaint):
        procedures.read_answers(typed, None, fields)


def test_nothing_new_is_prefilled_while_the_form_is_wrong() -> None:
    with pytest.raises(procedures.BadDefinition, match="sửa tờ khai trước"):
        procedures.read_answers("lan_dau = có", {"lan_dau": False}, None)


def test_a_renewal_stands_in_its_result_and_goes_alone() -> None:
    plain: dict[str, Any] = {"outcomes": [{"code": "giay", "title": "GIẤY"}, {"code": "so"}]}
    giay, so = plain["outcomes"]
    renewal = {"code": "giay", "validity_months": 6, "case": "lai", "days_before": 14}

    kept = procedures.kept_renewals([renewal], plain)

    ending = {**giay, "validity_months": 6}
    assert kept == {"outcomes": [{**ending, "renewal": {"case": "lai", "days_before": 14}}, so]}
    assert procedures.kept_renewals(procedures.renewals_in(kept), kept) == kept
    assert procedures.kept_renewals([], kept) == {"outcomes": [ending, so]}
    with pytest.raises(procedures.BadDefinition, match="đã có cách gia hạn"):
        procedures.kept_renewals([renewal, renewal], plain)
    with pytest.raises(procedures.DraftMoved, match="không còn"):
        procedures.kept_renewals([renewal], {"outcomes": [so]})
    with pytest.raises(procedures.BadDefinition, match="viết khác thường"):
        procedures.renewals_in({"outcomes": [{"code": "giay", "renewal": "lai"}]})


def test_there_is_one_reminder() -> None:
    reminder = {"age": 75, "days_before": 30, "title": "A", "words": "B"}

    entries = procedures.entries_of("reminder", reminder)

    assert procedures.kept_of("reminder", entries) == reminder
    assert (procedures.entries_of("reminder", None), procedures.kept_of("reminder", [])) == (
        [],
        None,
    )
    with pytest.raises(procedures.BadDefinition, match="chỉ ghi được một"):
        procedures.kept_of("reminder", [*entries, *entries])


def test_a_question_without_a_name_stops_nobody() -> None:
    entries = procedures.entries_of("questions", [{"text": "Gì?"}, {"name": "viec", "text": "?"}])

    assert [one["code"] for one in entries] == ["", "viec"]
    assert procedures.kept_of("questions", entries) == [
        {"text": "Gì?"},
        {"name": "viec", "text": "?"},
    ]


@pytest.mark.parametrize(
    ("title", "cases", "complaint"),
    [("Sắp đủ", [], "trường hợp nào"), ("A" * 161, ["chung"], "dài quá 160")],
)
def test_a_reminder_that_could_reach_nobody_is_not_published(
    title: str, cases: list[str], complaint: str
) -> None:
    reminder = procedures.Reminder(75, 30, title, "Mời xem.")

    with pytest.raises(procedures.BadDefinition, match=complaint):
        check_reminder(reminder, cases)
    check_reminder(None, ())


def test_true_without_quotes_is_the_answer_yes() -> None:
    more = "questions: [{name: a, text: A?, choices: [{value: true, label: Có}]}]\n"

    assert procedures.parse_text(f"{TEXT_OF}\n{more}").questions[0].choices[0].value == "true"
