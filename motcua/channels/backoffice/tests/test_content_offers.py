"""Questions, renewals and the reminder written on pages: as the demo has them, wrong, by two."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from motcua.casework.forms.api import mark_of
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import EDITOR, NOW
from motcua.channels.backoffice import content_offers
from motcua.channels.backoffice.content_parts import changed, entries_of
from motcua.channels.backoffice.forms.content_offers import OFFER_FORMS

from .people import page_of

DEMO = Path(__file__).parents[4] / "demo" / "procedures"
MARRIAGE = "1.004873-xac-nhan-hon-nhan"
PAGE = "thu-tuc/1.004873/1/noi-dung/"
QUESTION = {"name": "mat_giay_cu", "text": "Giấy cũ còn không?"}
REMINDER = {"age": "18", "days_before": "30", "title": "Sắp đủ 18 tuổi", "words": "Mời xem."}
RENEWAL = {
    "code": "giay-xac-nhan",
    "validity_months": "6",
    "days_before": "14",
    "case": "cap-lai",
    "answers": "cap_lai = có",
    "paper": "giay-da-cap",
}


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def every_offer() -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """Yield each entry of these kinds in the demo, with its procedure."""
    for path in sorted(DEMO.glob("*.yaml")):
        data = procedures.read_text(text_of(path))
        for key in OFFER_FORMS:
            for one in entries_of(key, data):
                yield path.stem, key, data, dict(one)


def test_what_the_demo_has_opens_on_its_page_and_is_kept_unchanged() -> None:
    seen = []
    for stem, key, data, found in every_offer():
        kind = OFFER_FORMS[key]
        cases = [(str(case["code"]), str(case["name"])) for case in data["cases"]]
        asked = {"cases": cases, **content_offers.asked(key, data, found)}
        shown = kind(initial=kind.initial_of(found), **asked)
        form = kind({one.html_name: one.value() for one in shown}, **asked)

        assert form.is_valid(), (stem, key, form.errors)
        put = partial(procedures.put_entry, code=found["code"], seen=mark_of(found))
        after = changed(key, data, partial(put, values=form.plain(found)))
        assert repr(after) == repr({part: data[part] for part in after}), (stem, key)
        seen.append(key)

    assert {key: seen.count(key) for key in OFFER_FORMS} == {
        "questions": 14,
        "renewals": 3,
        "reminder": 1,
    }


def test_a_paper_of_one_case_named_bare_or_asked_for_as_a_file_is_offered() -> None:
    file = {"name": "anh", "label": "Ảnh", "kind": "file"}
    data = {
        "papers": [{"code": "don", "name": "Đơn", "cases": "cap-lai"}],
        "form": {"code": "a", "title": "A", "pages": [{"title": "B", "fields": [file]}]},
    }

    asked = content_offers.asked("renewals", data, None)

    assert asked["papers"] == {"anh": (), "don": ("cap-lai",)}


def post(client: Client, path: str, **values: object) -> str:
    """Send a form and return where it leads, or what the page says."""
    answer = client.post(f"/quan-tri/{path}", {"request_key": str(uuid4()), **values})
    return answer.headers.get("Location") or answer.content.decode()


def said() -> dict[str, Any]:
    return procedures.read_text(procedures.get_version("1.004873", 1).source)


@pytest.fixture
def drafted(quan: Client) -> Client:
    """Return the browser in which a procedure of the demo is a draft."""
    procedures.forget_kept()
    text = text_of(DEMO / f"{MARRIAGE}.yaml")
    procedures.save_draft(text, by=EDITOR, at=NOW, valid_from=date(2026, 2, 1))
    return quan


def seen_on(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


@pytest.mark.django_db
class TestPages:
    def test_they_are_listed_in_their_place_with_their_words(self, drafted: Client) -> None:
        page = page_of(drafted, PAGE)

        places = [page.index(f'id="{one}"') for one in ("truong-hop", "cau-hoi", "giay-to")]
        assert places == sorted(places)
        assert page.index('id="ket-qua"') < page.index('id="gia-han"') < page.index('id="hoi-dong"')
        assert "Đã được cấp giấy này lần nào chưa?" in page
        assert "cap_lai: Chưa / Đã được cấp, nay xin cấp lại" in page
        assert "có giá trị 6 tháng; nhắc trước 14 ngày; nộp theo trường hợp cap-lai" in page
        assert "điền sẵn cap_lai = có; giấy cũ làm giay-da-cap" in page
        assert "Không nhắc ai trước" in page

    def test_a_question_is_added_changed_and_taken_out(self, drafted: Client) -> None:
        there = f"{PAGE}cau-hoi/"
        answers = {"choices": "có = Mất rồi\nkhông = Còn"}

        post(drafted, f"{there}them/", **QUESTION, **answers)
        page = page_of(drafted, f"{there}mat_giay_cu/")
        post(
            drafted,
            f"{there}mat_giay_cu/",
            **{**QUESTION, "text": "Mất giấy cũ?"},
            **answers,
            seen=seen_on(page),
        )

        assert "có = Mất rồi" in page
        assert said()["questions"][-1] == {
            "name": "mat_giay_cu",
            "text": "Mất giấy cũ?",
            "choices": [
                {"value": "true", "label": "Mất rồi"},
                {"value": "false", "label": "Còn"},
            ],
        }
        post(drafted, f"{there}mat_giay_cu/bo/")
        assert len(said()["questions"]) == 2

    def test_a_renewal_is_taken_out_and_written_again(self, drafted: Client) -> None:
        before = said()["outcomes"]
        post(drafted, f"{PAGE}gia-han/giay-xac-nhan/bo/")
        without = said()["outcomes"]

        went = post(drafted, f"{PAGE}gia-han/them/", **RENEWAL)

        assert "renewal" not in without[0]
        assert went == f"/quan-tri/{PAGE}#gia-han"
        assert said()["outcomes"] == before
        procedures.parse_text(procedures.get_version("1.004873", 1).source)

    def test_there_is_one_reminder_and_no_button_for_a_second(self, drafted: Client) -> None:
        post(drafted, f"{PAGE}nhac-truoc/them/", **REMINDER)

        assert said()["reminder"] == {**REMINDER, "age": 18, "days_before": 30}
        page = page_of(drafted, PAGE)
        assert "đủ 18 tuổi; nhắc trước 30 ngày; Mời xem." in page
        assert "Thêm lời nhắc trước" not in page
        again = drafted.get(f"/quan-tri/{PAGE}nhac-truoc/them/", follow=True).content.decode()
        assert "có một lời nhắc trước" in again
        post(drafted, f"{PAGE}nhac-truoc/reminder/bo/")
        assert "reminder" not in said()

    def test_nothing_is_asked_where_no_condition_listens(self, drafted: Client) -> None:
        post(drafted, f"{PAGE}cau-hoi/them/", **QUESTION, choices="có = A\nkhông = B")
        copies = {"name": "so_ban", "text": "Mấy bản?", "choices": "1 = Một\n2 = Hai"}
        post(drafted, f"{PAGE}cau-hoi/them/", **copies)

        answer = drafted.get(f"/quan-tri/{PAGE}cau-hoi/them/", follow=True).content.decode()
        renewals = drafted.get(f"/quan-tri/{PAGE}gia-han/them/", follow=True).content.decode()

        assert "Chưa có gì để hỏi thêm" in answer
        assert "Không còn kết quả nào để ghi gia hạn" in renewals

    @pytest.mark.parametrize(
        ("path", "values", "field", "complaint"),
        [
            ("cau-hoi/them", {**QUESTION, "choices": "a = A\nb = B"}, "choices", "có, không"),
            ("cau-hoi/them", {**QUESTION, "choices": "", "text": ""}, "text", "Hãy nhập câu hỏi"),
            ("cau-hoi/them", {**QUESTION, "name": "cap_lai"}, "name", "không phải là"),
            ("gia-han/giay-xac-nhan", {"case": "la"}, "case", "không phải là"),
            ("gia-han/giay-xac-nhan", {"answers": "la = 1"}, "answers", "không có ô “la”"),
            ("gia-han/giay-xac-nhan", {"days_before": "121"}, "days_before", "từ 1 đến 120"),
            ("gia-han/giay-xac-nhan", {"days_before": "ba"}, "days_before", "từ 1 đến 120"),
            ("gia-han/giay-xac-nhan", {"case": "cap-lan-dau"}, "paper", "không đòi giấy tờ này"),
            (
                "gia-han/giay-xac-nhan",
                {"validity_months": "1", "days_before": "30"},
                "days_before",
                "chỉ có giá trị 1 tháng",
            ),
            ("nhac-truoc/them", {**REMINDER, "age": "0"}, "age", "từ 1 đến 120"),
            ("nhac-truoc/them", {**REMINDER, "words": " "}, "words", "Hãy nhập lời nhắc"),
            ("nhac-truoc/them", {**REMINDER, "title": "A" * 161}, "title", "tối đa 160"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field_and_kept(
        self, drafted: Client, path: str, values: dict[str, str], field: str, complaint: str
    ) -> None:
        before = said()
        sent = {**RENEWAL, **values} if path.startswith("gia-han") else values

        page = post(drafted, f"{PAGE}{path}/", **sent)

        told = page.partition(f'id="id_{field}-error"')[2].partition("</p>")[0]
        assert complaint in told
        assert all(str(one)[:40] in page for one in values.values())
        assert said() == before

    def test_what_is_renewed_does_not_lose_its_end(self, drafted: Client) -> None:
        page = post(drafted, f"{PAGE}ket-qua/giay-xac-nhan/", name="Giấy", validity_months="")

        assert "Kết quả này có cách gia hạn" in page

    def test_the_later_of_two_editors_is_told(self, drafted: Client) -> None:
        there = f"{PAGE}gia-han/giay-xac-nhan/"
        seen = seen_on(page_of(drafted, there))
        post(drafted, there, **{**RENEWAL, "days_before": "20"}, seen=seen)
        post(drafted, f"{PAGE}nhac-truoc/them/", **REMINDER)

        page = post(drafted, there, **{**RENEWAL, "days_before": "25"}, seen=seen)

        assert "Chưa có gì bị ghi đè" in page
        assert 'value="25"' in page
        assert said()["outcomes"][0]["renewal"]["days_before"] == 20

    def test_they_are_for_the_whole_province_only(
        self, drafted: Client, xuan: Client, dung: Client
    ) -> None:
        paths = [f"{PAGE}{one}" for one in ("cau-hoi/them/", "gia-han/giay-xac-nhan/")]

        assert {page_of(one, path) for one in (xuan, dung) for path in paths} == {"403"}
        assert all("<h1" in page_of(drafted, path) for path in paths)
