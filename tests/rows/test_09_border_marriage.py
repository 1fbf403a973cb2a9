"""Row 9: a foreigner named by a border paper, English, and papers that age."""

from datetime import date, timedelta

import pytest

from motcua.casework.forms.api import in_language, untranslated
from motcua.casework.procedures import api as procedures
from motcua.channels.kit.tongues import COOKIE
from motcua.lib.clock import local_day, now

from .acts import (
    LAN,
    Request,
    carry_through,
    definition_of,
    draft_until_check,
    file_online,
    hand_out,
    receive,
)
from .hall import Hall, dossier, due, paper_text, whole
from .visitor import Visitor

MARRIAGE = "1.000094"
LAOTIAN = {
    "ho_ten_ngoai": "Khamla Phommachanh",
    "quoc_tich": "Lào",
    "loai_giay_to_ngoai": "thong-hanh",
    "so_giay_to_ngoai": "GTH 0045127",
}


def issued(days_ago: int) -> dict[str, str]:
    return {**LAOTIAN, "ngay_cap_doc_than": (local_day(now()) - timedelta(days_ago)).isoformat()}


def test_a_foreigner_needs_no_vietnamese_number(hall: Hall) -> None:
    code = file_online(hall(LAN), Request(MARRIAGE, answers=issued(30)))
    receive(hall("binh"), code)
    assert due(code) == "16/03 17:00"
    carry_through(hall, code)
    hand_out(hall("binh"), code)

    assert dossier(code).status == "returned"
    assert whole(code).answers["so_giay_to_ngoai"] == "GTH 0045127"
    hall("binh").go("/mot-cua/tim/?q=GTH 0045127").reads(code)


def test_a_single_status_paper_older_than_six_months_is_refused_at_its_day(hall: Hall) -> None:
    lan = hall(LAN)
    with pytest.raises(AssertionError, match="to-khai/2"):
        file_online(lan, Request(MARRIAGE, answers=issued(190)))
    lan.reads("chỉ dùng được đến 02/03/2026")

    born = date(2025, 9, 11)
    fits = {**LAOTIAN, "ngay_cap_doc_than": born.isoformat()}
    assert file_online(hall(LAN), Request(MARRIAGE, answers=fits))


def test_all_that_its_applicants_read_is_there_in_english(hall: Hall) -> None:
    assert hall.cast.seats
    definition = definition_of(MARRIAGE)
    texts = [one.words for one in procedures.texts_of(definition)]

    assert set(texts) - {*procedures.english_of(texts)} == set()
    assert definition.form is not None
    assert untranslated(definition.form) == []
    assert in_language(definition.form, "en").title == "Application for marriage registration"


def in_english(who: Visitor) -> Visitor:
    who.client.cookies[COOKIE] = "en"
    return who


def test_a_foreigner_reads_the_procedure_and_the_form_in_english(hall: Hall) -> None:
    reader = in_english(hall.passer_by()).go(f"/thu-tuc/{MARRIAGE}/")
    reader.reads("Marriage with a citizen of a neighbouring country in a border commune")
    reader.reads("Copy of the passport, border pass or other border paper")

    lan = draft_until_check(hall(LAN), Request(MARRIAGE, answers=issued(30)), "giay-to")
    form = in_english(lan).go(lan.path.replace("giay-to/", "to-khai/2/"))

    form.reads("The citizen of the neighbouring country", "Border pass")
    form.reads("Not older than 6 months when filed")
    form.does_not_read("Giấy thông hành biên giới")


def test_the_slip_comes_with_an_english_text_for_reference(hall: Hall) -> None:
    code = file_online(hall(LAN), Request(MARRIAGE, answers=issued(30)))
    receive(hall("binh"), code)

    lan = in_english(hall(LAN)).go(f"/ho-so/{code}/")
    lan.reads("Marriage with a citizen of a neighbouring country")
    text = paper_text(lan.fetch(f"/ho-so/{code}/giay/01/tieng-anh/"))

    assert "Registration of a marriage with a foreigner in a border area" in text
    assert "The Vietnamese text prevails" in text
