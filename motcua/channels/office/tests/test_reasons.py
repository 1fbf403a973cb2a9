"""Standard reasons on the page of an act: ticked, put in, changed, noted; and which occur most."""

import pytest

from motcua.casework.dossiers.tests.make import get_dossier, make_received
from motcua.casework.reasons.api import ReasonKind, ReasonUse, ReasonVersion
from motcua.casework.reasons.tests.make import make_reason
from motcua.lib.clock import now

from .make import Office, address, make_office, text_of

pytestmark = pytest.mark.django_db
WORDS = "Hồ sơ {ma_ho_so} cần tờ khai có chữ ký."


def make_asked() -> tuple[Office, str, str]:
    """Return an office, a received dossier, and the number of the words of a reason."""
    office = make_office()
    make_reason("Thiếu chữ ký", WORDS)
    code = make_received(office.commune, at=now())
    return office, code, f"{ReasonVersion.objects.get().pk}"


def test_a_ticked_reason_is_put_into_the_first_free_row_and_nothing_is_done() -> None:
    office, code, key = make_asked()
    page = address(code, "yeu-cau-bo-sung")
    assert "Thiếu chữ ký" in text_of(office.mai, page)

    answer = office.mai.post(page, {"what_1": "Sổ hộ khẩu", "mau": key, "chen": "1"})

    text = answer.content.decode()
    assert (answer.status_code, "govuk-error-summary" in text) == (200, False)
    assert f"Hồ sơ {code} cần tờ khai có chữ ký (căn cứ: Điều 5)." in text
    assert 'value="Sổ hộ khẩu"' in text
    assert get_dossier(code).supplements == 0


@pytest.mark.parametrize(("added", "is_changed"), [("", False), ("!", True)])
def test_what_was_offered_and_what_was_written_are_kept(added: str, is_changed: bool) -> None:  # noqa: FBT001 -- a row of the table
    office, code, key = make_asked()
    written = f"Hồ sơ {code} cần tờ khai {added}có chữ ký."

    typed = {"what_1": "Thiếu chữ ký", "reason_1": written, "mau_dung": key}
    office.mai.post(address(code, "yeu-cau-bo-sung"), typed)

    use = ReasonUse.objects.get()
    assert (use.subject, use.is_changed, use.by_name) == (code, is_changed, "Quàng Thị Mai")
    assert use.offered == f"Hồ sơ {code} cần tờ khai có chữ ký."
    assert written in use.written
    assert get_dossier(code).supplements == 1


def test_a_refused_act_notes_no_reason() -> None:
    office, code, key = make_asked()

    typed = {"what_1": "Thiếu chữ ký", "reason_1": "", "mau_dung": key}
    answer = office.mai.post(address(code, "yeu-cau-bo-sung"), typed)

    assert (answer.status_code, ReasonUse.objects.exists()) == (422, False)


def test_a_number_that_was_not_offered_counts_for_nothing() -> None:
    office, code, _ = make_asked()
    make_reason("Xin lỗi", "Chậm.", kind=ReasonKind.APOLOGY)
    other = ReasonVersion.objects.latest("pk").pk

    typed = {"what_1": "Gì đó", "reason_1": "Vì thế", "mau_dung": [f"{other}", "9" * 30, "x"]}
    office.mai.post(address(code, "yeu-cau-bo-sung"), typed)

    assert (get_dossier(code).supplements, ReasonUse.objects.exists()) == (1, False)


def test_sending_back_takes_several_reasons_after_what_was_typed() -> None:
    office, code, _ = make_asked()
    for title in ("Một", "Hai"):
        make_reason(title, f"Lý do {title}.", kind=ReasonKind.SEND_BACK)
    keys = [f"{one.pk}" for one in ReasonVersion.objects.filter(title__in=["Một", "Hai"])]

    page = address(code, "ve-mot-cua")
    answer = office.mai.post(page, {"reason": "Đã xem.", "mau": keys, "chen": "1"})

    text = answer.content.decode()
    assert "Đã xem. Lý do Một (căn cứ: Điều 5). Lý do Hai (căn cứ: Điều 5)." in text


def test_leaders_see_which_reasons_occur_most() -> None:
    office, code, key = make_asked()
    typed = {"what_1": "Thiếu chữ ký", "reason_1": "Đã đổi", "mau_dung": key}
    office.mai.post(address(code, "yeu-cau-bo-sung"), typed)

    text = text_of(office.hoa, "/xu-ly/bao-cao/ly-do/")

    assert "Thiếu chữ ký" in text
    assert "1 lượt" in text
    assert office.mai.get("/xu-ly/bao-cao/ly-do/").status_code == 403
    assert "Thiếu chữ ký" not in text_of(office.dung, "/xu-ly/bao-cao/ly-do/")
    everywhere = office.dung.get("/xu-ly/bao-cao/ly-do/?agency=")
    assert everywhere.status_code == 422
    assert "Thiếu chữ ký" not in everywhere.content.decode()
