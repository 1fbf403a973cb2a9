"""Questions of applicants are read and answered at the desk."""

import pytest
from django.urls import reverse

from motcua.casework.dossiers.api import whole, write_message
from motcua.casework.dossiers.tests.make import MONDAY, get_dossier, make_received

from .make import make_desk, sign_in_dung

pytestmark = pytest.mark.django_db


def test_the_desk_reads_what_was_written_and_answers() -> None:
    desk = make_desk()
    code = make_received(desk.commune)
    write_message(code, "Còn thiếu gì không ạ?", by=desk.commune.mai, at=MONDAY)

    page = desk.client.get(reverse("counter:dossier", args=[code])).content.decode()
    desk.client.post(reverse("counter:write", args=[code]), {"text": "Đủ rồi ạ."})

    assert ("Còn thiếu gì không ạ?" in page, whole(get_dossier(code)).messages[-1].text) == (
        True,
        "Đủ rồi ạ.",
    )


def test_dung_writes_to_nobody_of_ours() -> None:
    desk, dung = make_desk(), sign_in_dung()
    code = make_received(desk.commune)

    answer = dung.post(reverse("counter:write", args=[code]), {"text": "Chào."})

    assert (answer.status_code, list(whole(get_dossier(code)).messages)) == (404, [])
