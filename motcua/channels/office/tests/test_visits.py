"""Pictures of a visit to the field: sent with the minutes, seen by whoever sees the dossier."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import get_dossier, make_received, open_step
from motcua.foundation.files.tests.make import make_picture
from motcua.lib.clock import now

from .make import Office, address, make_office, text_of
from .test_clock_acts import do, working_day

pytestmark = pytest.mark.django_db


def visited(office: Office, name: str = "hien-trang.jpg", content: bytes = b"") -> tuple[str, int]:
    """Return the code of a dossier whose visit has minutes with a picture, and the answer."""
    code = make_received(office.commune, at=now())
    planned = {"planned_on": working_day(2), "planned_at": "8h30", "place": "Bản Co Mạ"}
    do(office.mai, code, "hen-thuc-dia", **planned)
    (visit,) = dossiers.whole(get_dossier(code)).visits
    photo = SimpleUploadedFile(name, content or make_picture())
    answer = office.mai.post(
        f"{address(code, 'bien-ban')}?muc={visit.seq}",
        {"minutes": "Đúng hiện trạng.", "photos": photo},
    )
    return code, answer.status_code


def kind_of(client: Client, path: str) -> str:
    """Return what sort of file is handed out."""
    answer = client.get(path)
    answer.close()
    return answer.headers["Content-Type"]


def test_a_picture_stands_with_the_minutes() -> None:
    office = make_office()
    code, _ = visited(office)

    found = re.search(r'href="(/xu-ly/[^"]+/thuc-dia/\d+/)"', text_of(office.thu, address(code)))

    assert found is not None
    assert kind_of(office.thu, found[1]) == "image/jpeg"


def test_a_picture_has_a_small_form() -> None:
    office = make_office()
    code, _ = visited(office)
    (photo,) = dossiers.whole(get_dossier(code)).photos

    assert kind_of(office.thu, f"{address(code)}thuc-dia/{photo.seq}/nho/") == "image/webp"


def test_what_is_no_picture_is_refused_and_the_minutes_stay_typed() -> None:
    office = make_office()

    code, status = visited(office, content=b"khong phai anh")

    assert (status, list(dossiers.whole(get_dossier(code)).photos)) == (422, [])


def test_a_picture_of_another_commune_is_not_found() -> None:
    office = make_office()
    code, _ = visited(office)
    (photo,) = dossiers.whole(get_dossier(code)).photos

    assert office.dung.get(f"{address(code)}thuc-dia/{photo.seq}/").status_code == 404


def test_a_picture_that_there_is_not_is_not_found() -> None:
    office = make_office()
    code, _ = visited(office)

    assert office.mai.get(f"{address(code)}thuc-dia/9/").status_code == 404


def test_a_colleague_on_another_step_is_told_so_before_typing_minutes() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    planned = {"planned_on": working_day(2), "planned_at": "8h30", "place": "Bản Co Mạ"}
    do(office.mai, code, "hen-thuc-dia", **planned)
    (visit,) = dossiers.whole(get_dossier(code)).visits
    form = f"{address(code, 'bien-ban')}?muc={visit.seq}"
    assert office.mai.get(form).status_code == 200
    root_id = office.commune.root_id
    dossiers.field.Visit.objects.update(unit_id=root_id, step_code="khac")
    beside = open_step(code)
    beside.seq, beside.code, beside.unit_id = 50, "khac", root_id
    beside.save(force_insert=True)

    answer = office.mai.get(form)

    assert (answer.status_code, "không thuộc quyền" in answer.content.decode()) == (403, True)
    assert "viec/bien-ban/" not in office.mai.get(address(code)).content.decode()
