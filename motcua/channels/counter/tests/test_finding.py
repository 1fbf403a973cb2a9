"""Dossiers are found by code, name or number; each search leaves a trace without the number."""

import pytest

from motcua.casework.dossiers.api import Dossier
from motcua.casework.dossiers.tests.make import make_received
from motcua.foundation.audit import api as audit

from .make import Desk, make_desk, sign_in_dung

pytestmark = pytest.mark.django_db
FIND = "/mot-cua/tim/"


def make_with_number(desk: Desk) -> str:
    desk.client.post("/mot-cua/tiep-nhan/", desk.form(act="receive"))
    return Dossier.objects.get().code


@pytest.mark.parametrize("typed", ["{code}", "https://motcua.vidu.vn/tra-cuu/{code}"])
def test_a_whole_code_opens_its_dossier(typed: str) -> None:
    desk = make_desk()
    code = make_received(desk.commune)

    answer = desk.client.get(FIND, {"q": typed.format(code=code)})

    assert answer.headers["Location"] == f"/mot-cua/ho-so/{code}/"


@pytest.mark.parametrize("typed", ["lo thi lan", "Lò Thị Lan"])
def test_a_name_finds_with_and_without_tones(typed: str) -> None:
    desk = make_desk()
    code = make_received(desk.commune)

    assert code in desk.client.get(FIND, {"q": typed}).content.decode()


def test_a_number_finds_and_is_not_written_into_the_trail() -> None:
    desk = make_desk()
    code = make_with_number(desk)

    page = desk.client.get(FIND, {"q": "011185001234"}).content.decode()

    trail = [entry.detail for entry in audit.accesses_of("search:dossiers")]
    assert (code in page, trail) == (True, [{"by": "number", "found": 1}])


def test_nothing_found_is_said() -> None:
    page = make_desk().client.get(FIND, {"q": "Giàng A Chống"}).content.decode()

    assert "Không thấy hồ sơ nào như vậy." in page


@pytest.mark.parametrize("typed", ["Lò Thị Lan", "011185001234", "{code}"])
def test_dung_finds_nothing_of_ours(typed: str) -> None:
    desk, dung = make_desk(), sign_in_dung()
    code = make_with_number(desk)

    page = dung.get(FIND, {"q": typed.format(code=code)}).content.decode()

    assert "Không thấy hồ sơ nào như vậy." in page
