"""Hand-over lists: chosen, made, printed, taken over once."""

import pytest
from django.urls import reverse

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import HandOver
from motcua.casework.dossiers.tests.make import make_received
from motcua.lib.clock import now

from .make import Desk, make_desk, sign_in_dung, told

pytestmark = pytest.mark.django_db
LISTS = "/mot-cua/ban-giao/"


def make_list(desk: Desk, *codes: str) -> HandOver:
    form = {"unit": str(desk.commune.justice_id), "code": list(codes)}
    desk.client.post(reverse("counter:make_list"), form)
    return HandOver.objects.get()


def make_received_now(desk: Desk) -> str:
    return make_received(desk.commune, at=now())


def test_what_was_received_waits_under_the_unit_that_decides() -> None:
    desk = make_desk()
    code = make_received_now(desk)

    page = desk.client.get(LISTS).content.decode()

    assert (code in page, "Văn phòng HĐND và UBND" in page) == (True, True)


def test_chosen_dossiers_go_on_one_numbered_list() -> None:
    desk = make_desk()
    codes = [make_received_now(desk) for _ in range(2)]

    listed = make_list(desk, *codes)

    page = desk.client.get(reverse("counter:hand_over", args=[listed.number])).content.decode()
    assert [code in page for code in codes] == [True, True]


def test_a_dossier_is_on_one_list_only() -> None:
    desk = make_desk()
    code = make_received_now(desk)
    make_list(desk, code)

    form = {"unit": str(desk.commune.justice_id), "code": [code]}
    answer = desk.client.post(reverse("counter:make_list"), form)

    assert ("chờ bên nhận" in told(answer)[-1], HandOver.objects.count()) == (True, 1)


def test_an_empty_list_is_none() -> None:
    desk = make_desk()

    answer = desk.client.post(reverse("counter:make_list"), {"unit": str(desk.commune.justice_id)})

    assert told(answer) == ["Một danh sách bàn giao có từ 1 đến 200 hồ sơ."]


def test_the_list_is_printed_for_both_to_sign() -> None:
    desk = make_desk()
    listed = make_list(desk, make_received_now(desk))

    answer = desk.client.get(reverse("counter:print_list", args=[listed.number]))

    assert answer.content[:5] == b"%PDF-"


def test_a_list_that_comes_back_to_the_desk_is_taken_over_once() -> None:
    desk = make_desk()
    code = make_received_now(desk)
    listed = make_list(desk, code)
    dossiers.take_over(listed.number, by=desk.commune.mai, at=now())
    back = dossiers.hand_over([code], desk.commune.desk_id, by=desk.commune.mai, at=now())
    place = reverse("counter:take_over", args=[back.number])

    desk.client.post(place)
    answer = desk.client.post(place)

    assert told(answer)[-1] == "Trần Văn Bình đã nhận danh sách này."


def test_the_desk_does_not_take_over_for_the_unit() -> None:
    desk = make_desk()
    listed = make_list(desk, make_received_now(desk))

    answer = desk.client.post(reverse("counter:take_over", args=[listed.number]))

    assert answer.status_code == 403


def test_dung_hands_over_nothing_of_ours() -> None:
    desk, dung = make_desk(), sign_in_dung()
    code = make_received_now(desk)

    form = {"unit": str(desk.commune.justice_id), "code": [code]}
    answer = dung.post(reverse("counter:make_list"), form)

    assert (answer.status_code, HandOver.objects.count()) == (404, 0)


@pytest.mark.parametrize("name", ["hand_over", "print_list"])
def test_dung_does_not_know_of_our_lists(name: str) -> None:
    desk, dung = make_desk(), sign_in_dung()
    listed = make_list(desk, make_received_now(desk))

    assert dung.get(reverse(f"counter:{name}", args=[listed.number])).status_code == 404
