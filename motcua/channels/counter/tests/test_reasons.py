"""Standard reasons at the desk: in guidance, refusal and correction."""

from typing import Any

import pytest
from django.db import connection

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import get_dossier, make_filed
from motcua.casework.reasons.api import ReasonKind, ReasonUse, ReasonVersion
from motcua.casework.reasons.tests.make import make_reason

from .make import Desk, make_desk

pytestmark = pytest.mark.django_db


def key_of(title: str) -> str:
    return f"{ReasonVersion.objects.get(title=title).pk}"


def post(desk: Desk, code: str, page: str, typed: dict[str, Any]) -> tuple[int, str]:
    answer = desk.client.post(f"/mot-cua/ho-so/{code}/{page}/", typed)
    return answer.status_code, answer.content.decode()


def test_a_reason_of_a_missing_paper_stands_first_and_goes_into_its_row() -> None:
    desk = make_desk()
    make_reason("Của tỉnh", "Chung.")
    make_reason("Thiếu tờ khai", "Nộp tờ khai.", procedure_code="1.004873", paper_code="to-khai")
    code = make_filed(desk.commune)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM dossiers_dossierpaper")
    text = desk.client.get(f"/mot-cua/ho-so/{code}/huong-dan/").content.decode()
    assert text.index("Nộp tờ khai.") < text.index("Chung.")
    assert "Giấy tờ còn thiếu" in text

    typed = {
        "what": ["Tờ khai"],
        "reason_code": ["missing_paper"],
        "reason": [""],
        "spec": ["to-khai"],
        "mau": key_of("Thiếu tờ khai"),
        "chen": "1",
    }
    status, page = post(desk, code, "huong-dan", typed)

    assert status == 200
    assert 'value="Nộp tờ khai (căn cứ: Điều 5)."' in page
    assert page.count('name="spec" value="to-khai"') == 1


def test_guidance_with_a_reason_is_kept_with_what_the_library_said() -> None:
    desk = make_desk()
    make_reason("Mờ", "Chụp lại cho rõ.")
    code = make_filed(desk.commune)

    typed = {
        "act": "guide",
        "what": ["Bản chụp"],
        "reason_code": [""],
        "reason": ["Chụp lại cho rõ."],
        "spec": [""],
        "answer_on": "",
        "mau_dung": key_of("Mờ"),
    }
    status, _ = post(desk, code, "huong-dan", typed)

    use = ReasonUse.objects.get()
    assert (status, use.subject, use.is_changed) == (302, code, False)


def test_a_refusal_takes_words_and_their_basis() -> None:
    desk = make_desk()
    make_reason("Không thuộc thẩm quyền", "Nơi khác làm.", kind=ReasonKind.REFUSAL)
    code = make_filed(desk.commune)
    key = key_of("Không thuộc thẩm quyền")

    status, page = post(desk, code, "tu-choi", {"mau": key, "chen": "1"})
    assert (status, "Nơi khác làm." in page, 'value="Điều 5"' in page) == (200, True, True)
    assert "govuk-error-summary" not in page
    final = {
        "reason_code": "not_competent",
        "reason_more": "Nơi khác làm.",
        "basis": "Điều 5",
        "mau_dung": key,
    }
    status, page = post(desk, code, "tu-choi", final)

    assert (status, ReasonUse.objects.get().kind) == (302, "refusal"), page
    assert get_dossier(code).status == dossiers.Status.REFUSED
