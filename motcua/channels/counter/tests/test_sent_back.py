"""What the handlers send back lies with the desk until it goes on."""

import pytest
from django.urls import reverse

from motcua.casework.dossiers.api import send_back_to_desk
from motcua.casework.dossiers.tests.make import MONDAY, get_dossier, make_received, open_step
from motcua.casework.processes.api import StepKind

from .make import Desk, make_desk, sign_in_dung

pytestmark = pytest.mark.django_db
WHY = "Thiếu giấy báo tử."


def make_sent_back(desk: Desk) -> str:
    code = make_received(desk.commune)
    send_back_to_desk(code, open_step(code).seq, WHY, by=desk.commune.mai, at=MONDAY)
    return code


def test_the_desk_lists_what_was_sent_back() -> None:
    desk = make_desk()
    code = make_sent_back(desk)

    assert code in desk.client.get("/mot-cua/tra-lai/").content.decode()


def test_the_desk_reads_why_and_passes_it_on() -> None:
    desk = make_desk()
    code = make_sent_back(desk)

    page = desk.client.get(reverse("counter:dossier", args=[code])).content.decode()
    desk.client.post(reverse("counter:pass_on", args=[code]))

    assert (f"trả lại bộ phận một cửa: {WHY}" in page, open_step(code).kind) == (
        True,
        StepKind.TASK,
    )


def test_what_does_not_lie_with_the_desk_is_not_passed_on() -> None:
    desk = make_desk()
    code = make_received(desk.commune)
    before = get_dossier(code).version

    desk.client.post(reverse("counter:pass_on", args=[code]))

    assert get_dossier(code).version == before


def test_dung_passes_nothing_of_ours_on() -> None:
    desk, dung = make_desk(), sign_in_dung()
    code = make_sent_back(desk)

    answer = dung.post(reverse("counter:pass_on", args=[code]))

    assert (answer.status_code, open_step(code).kind) == (404, StepKind.HAND_OVER)
