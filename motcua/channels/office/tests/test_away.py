"""A head notes who is away, sees who would get what, shares it, and brings work back."""

from datetime import timedelta

import pytest

from motcua.casework.dossiers.tests.make import make_received, open_step
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.staffing import api as staffing
from motcua.lib.clock import local_day, now

from .make import Office, address, make_office, signed_in, text_of

pytestmark = pytest.mark.django_db


def unit_page(office: Office) -> str:
    return f"/xu-ly/don-vi/{office.commune.justice_id}/vang-mat/"


def note(office: Office, **change: str) -> staffing.Absence:
    """Let Thu note that Mai is away, and return it."""
    staffing.forget_away()
    mai = identity.find_account("mai")
    assert mai is not None
    day = local_day(now())
    typed = {
        "officer": f"{mai.officer_id}",
        "kind": "sick",
        "valid_from": f"{day:%d/%m/%Y}",
        "valid_to": f"{day + timedelta(days=2):%d/%m/%Y}",
    }
    answer = office.thu.post(unit_page(office), typed | change)
    assert answer.status_code == 302, answer.content.decode()
    (absence,) = staffing.absences_of(mai.officer_id or 0, since=day)
    return absence


def with_mai(office: Office) -> str:
    """Return a dossier that Mai has taken."""
    code = make_received(office.commune, at=now())
    office.mai.post(address(code, "nhan"))
    return code


def test_the_preview_says_who_gets_what_and_is_what_is_done() -> None:
    office = make_office()
    code = with_mai(office)
    absence = note(office)
    page = f"/xu-ly/vang-mat/{absence.pk}/chia-viec/"

    text = text_of(office.thu, page)
    assert code in text
    assert "đang ít việc nhất" in text
    seen = text.split('name="seen" value="')[1].split('"')[0]
    thu = identity.find_account("thu")
    assert thu is not None
    answer = office.thu.post(page, {"seen": seen, "to": f"{thu.pk}", "chia": "1"})

    assert "Việc đã thay đổi từ lúc ông/bà xem" in answer.content.decode()
    assert (answer.status_code, open_step(code).assignee_name) == (409, "Quàng Thị Mai")
    narrowed = text_of(office.thu, f"{page}?to={thu.pk}")
    seen = narrowed.split('name="seen" value="')[1].split('"')[0]
    office.thu.post(page, {"seen": seen, "to": f"{thu.pk}", "chia": "1"})
    assert open_step(code).assignee_name == "Bạc Thị Thu"


def test_what_nobody_began_is_brought_back() -> None:
    office = make_office()
    code = with_mai(office)
    absence = note(office)
    share = f"/xu-ly/vang-mat/{absence.pk}/chia-viec/"
    seen = text_of(office.thu, f"{share}?to={office.nam_id}").split('name="seen" value="')[1]
    office.thu.post(share, {"seen": seen.split('"')[0], "to": str(office.nam_id), "chia": "1"})

    answer = office.thu.post(f"/xu-ly/vang-mat/{absence.pk}/tro-lai/", follow=True)
    text = answer.content.decode()
    assert code in text
    row = text.split('name="row"')[1].split('value="')[1].split('"')[0]
    office.thu.post(f"/xu-ly/vang-mat/{absence.pk}/chuyen-ve/lam/", {"row": row})

    assert open_step(code).assignee_name == "Quàng Thị Mai"


def test_wrong_days_are_said_and_what_was_typed_stays() -> None:
    office = make_office()
    mai = identity.find_account("mai")
    assert mai is not None
    typed = {
        "officer": f"{mai.officer_id}",
        "kind": "sick",
        "valid_from": "1/7/2020",
        "valid_to": "2/7/2020",
        "reason": "Đi viện",
    }

    answer = office.thu.post(unit_page(office), typed)

    text = answer.content.decode()
    assert (answer.status_code, "Đi viện" in text) == (422, True)
    assert "Ngày cuối phải từ hôm nay" in text


def test_only_the_head_of_the_unit_sees_and_notes_who_is_away() -> None:
    office = make_office()
    absence = note(office)
    paths = [unit_page(office), f"/xu-ly/vang-mat/{absence.pk}/chia-viec/"]

    codes = [office.mai.get(path).status_code for path in paths]
    codes += [office.dung.get(unit_page(office)).status_code]

    assert codes == [403, 403, 403]
    answer = office.dung.post(f"/xu-ly/vang-mat/{absence.pk}/tro-lai/")
    assert answer.status_code == 404


def test_a_head_of_another_agency_is_shown_nothing_of_the_work() -> None:
    office = make_office()
    code = with_mai(office)
    absence = note(office)

    answers = [
        office.dung.get(f"/xu-ly/vang-mat/{absence.pk}/{page}/")
        for page in ("chia-viec", "chuyen-ve")
    ]

    assert [one.status_code for one in answers] == [404, 404]
    assert all(code not in one.content.decode() for one in answers)


def test_the_head_finds_the_page_at_the_unit() -> None:
    office = make_office()
    with_mai(office)
    signed_in("Vàng A Tủa", "tua", office.commune.justice_id, PostRole.HANDLER)

    assert unit_page(office) in text_of(office.thu, "/xu-ly/don-vi/")
