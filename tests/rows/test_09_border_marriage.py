"""Row 9: a foreigner named by a border paper, English, and papers that age."""

from datetime import date, timedelta

import pytest

from motcua.casework.forms.api import in_language, untranslated
from motcua.lib.clock import local_day, now

from .acts import LAN, Request, carry_through, definition_of, file_online, hand_out, receive
from .hall import Hall, dossier, due, whole

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
    hall("binh").go("/mot-cua/tim/?q=GTH 0045127")


def test_a_single_status_paper_older_than_six_months_is_refused_at_its_day(hall: Hall) -> None:
    lan = hall(LAN)
    with pytest.raises(AssertionError, match="to-khai/2"):
        file_online(lan, Request(MARRIAGE, answers=issued(190)))
    lan.reads("chỉ dùng được đến 02/03/2026")

    born = date(2025, 9, 11)
    fits = {**LAOTIAN, "ngay_cap_doc_than": born.isoformat()}
    assert file_online(hall(LAN), Request(MARRIAGE, answers=fits))


def test_its_form_is_whole_in_english() -> None:
    form = definition_of(MARRIAGE).form
    assert form is not None

    assert untranslated(form) == []
    assert in_language(form, "en").title == "Application for marriage registration"
