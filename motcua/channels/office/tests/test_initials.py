"""Initials at the office: the handler and the head initial, the leader sees who did, then signs."""

from dataclasses import dataclass

import pytest
from django.test import Client

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import get_dossier, make_received, open_step
from motcua.foundation.access import api as access
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import InitialBy
from motcua.foundation.signing.tests.make import make_policy, run_signer
from motcua.foundation.trust.tests.make import make_server_certificate, make_trusted_world
from motcua.lib.actor import Actor
from motcua.lib.clock import now

from .make import Office, make_office, signed_in, text_of

pytestmark = pytest.mark.django_db
LIST = "/xu-ly/ky-van-ban/"


@dataclass(frozen=True)
class Scene:
    """An office whose policy asks for two initials, and an outcome that waits for the first."""

    office: Office
    code: str
    request: str

    @property
    def page(self) -> str:
        return f"/xu-ly/van-ban/{self.request}/"


def actor_of(username: str) -> Actor:
    account = identity.find_account(username)
    assert account is not None
    return access.actor_now(account.pk, at=now()).actor


def make_scene() -> Scene:
    office = make_office()
    make_trusted_world()
    for username in ("mai", "thu", "hoa"):
        account = identity.find_account(username)
        assert account is not None
        make_server_certificate(account.full_name, officer_id=account.officer_id)
    make_server_certificate("UBND xã Mường Phăng", agency_id=office.commune.agency_id)
    signed_in("Tòng Thị Vân", "van", office.commune.justice_id, PostRole.REGISTRY_CLERK)
    make_policy(initials=(InitialBy.DRAFTER, InitialBy.UNIT_HEAD))
    code = make_received(office.commune, at=now())
    for username in ("mai", "thu"):
        step = open_step(code)
        dossiers.complete_step(code, step.seq, by=actor_of(username), at=now())
    dossiers.submit_for_initials(code, open_step(code).seq, at=now())
    return Scene(office, code, dossiers.signing_of(get_dossier(code))[0].request.code)


def sign(client: Client, scene: Scene) -> str:
    answer = client.post(f"{LIST}thuc-hien/", {"van-ban": scene.request})
    run_signer(now())
    return answer.content.decode()


def test_the_handler_finds_what_is_to_be_initialled_and_initials_it() -> None:
    scene = make_scene()

    text = text_of(scene.office.mai, LIST)
    answer = sign(scene.office.mai, scene)

    assert f'value="{scene.request}"' in text
    assert "1 trong 1" in answer
    assert f'value="{scene.request}"' not in text_of(scene.office.mai, LIST)


def test_the_leader_sees_who_has_initialled() -> None:
    scene = make_scene()
    sign(scene.office.mai, scene)
    sign(scene.office.thu, scene)

    text = text_of(scene.office.hoa, LIST)

    assert "Quàng Thị Mai; Bạc Thị Thu" in text
    assert "Ký ban hành" in text


def test_the_leader_signs_after_the_initials() -> None:
    scene = make_scene()
    for client in (scene.office.mai, scene.office.thu, scene.office.hoa):
        sign(client, scene)

    found = signing.find_request(scene.request)

    assert found is not None
    assert [turn.state for turn in found.turns] == ["done", "done", "done", "ready"]


def test_who_is_not_next_is_told_whose_turn_it_is() -> None:
    scene = make_scene()

    answer = sign(scene.office.thu, scene)

    assert "Văn bản này do Quàng Thị Mai ký." in answer
    assert "0 trong 1" in answer


def test_an_initialler_returns_it_with_a_reason() -> None:
    scene = make_scene()

    scene.office.mai.post(f"{scene.page}tu-choi/", {"reason": "Sai năm sinh"})

    found = signing.find_request(scene.request)
    assert found is not None
    assert (found.request.state, found.request.ended_reason) == ("refused", "Sai năm sinh")


def test_a_turn_is_handed_on_from_the_page_of_the_document() -> None:
    scene = make_scene()
    page = text_of(scene.office.mai, scene.page)

    sent = {"to": f"{scene.office.nam_id}", "reason": "Đi tập huấn"}
    scene.office.mai.post(f"{scene.page}chuyen/", sent)

    assert "Chuyển người ký" in page
    assert "Lường Văn Nam" in page
    assert f'value="{scene.request}"' in text_of(scene.office.nam, LIST)
    assert "Quàng Thị Mai chuyển: Đi tập huấn" in text_of(scene.office.nam, scene.page)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"to": "", "reason": "x"}, "Hãy chọn người nhận lượt ký."),
        ({"to": "1000001", "reason": " "}, "Hãy ghi lý do chuyển người ký."),
        ({"to": "77", "reason": "x"}, "Không có tài khoản này"),
    ],
)
def test_a_turn_is_not_handed_on_without_a_person_and_a_reason(
    sent: dict[str, str], said: str
) -> None:
    scene = make_scene()

    answer = scene.office.mai.post(f"{scene.page}chuyen/", sent, follow=True)

    assert said in answer.content.decode()


def test_another_commune_hands_nothing_on() -> None:
    scene = make_scene()

    answers = [
        scene.office.dung.post(f"{scene.page}chuyen/", {"to": "1", "reason": "x"}).status_code,
        scene.office.dung.post(f"{scene.page}ky-thay/").status_code,
    ]

    assert answers == [404, 404]


def test_choosing_nothing_is_said() -> None:
    scene = make_scene()

    answer = scene.office.mai.post(f"{LIST}thuc-hien/", follow=True)

    assert "Chưa chọn văn bản nào" in answer.content.decode()
