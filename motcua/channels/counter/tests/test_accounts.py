"""Confirming whose account it is: side by side first, then confirmed; each refusal said."""

from html import unescape

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.casework.dossiers.tests.make import MONDAY
from motcua.foundation.audit import api as audit
from motcua.foundation.audit.api import AccessEntry
from motcua.foundation.identity.api import Account
from motcua.foundation.identity.tests.make import make_account
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.people.api import find_person_by_number, hash_number
from motcua.foundation.people.tests.make import make_person

from .make import CARD, Desk, make_desk, make_desk_officer, sign_in_dung, told

pytestmark = pytest.mark.django_db
PAGE = "/mot-cua/tai-khoan/"
NUMBER = "011185001234"
TYPED = {
    "personal_id": NUMBER,
    "full_name": "Lò Thị Lan",
    "birth_date": "27/3/1985",
    "sex": "female",
    "address": "bản Co Mạ, xã Mường Phăng",
    "login": "lan@example.vn",
}
LOOK, CONFIRM = {**TYPED, "act": "look"}, {**TYPED, "act": "confirm", "is_present": "on"}


def make_lan(name: str = "Lò Thị Lan") -> Account:
    """Return the account that Lan opened herself; nobody has seen who she is."""
    lan = make_account(full_name=name, email="lan@example.vn", phone="0912345678")
    Account.objects.filter(pk=lan.pk).update(person=make_person(name))
    EmailAddress.objects.create(user=lan, email=lan.email, verified=True, primary=True)
    return lan


def sent(client: Client, data: dict[str, str]) -> tuple[int, str]:
    answer = client.post(PAGE, data)
    return answer.status_code, unescape(answer.content.decode())


def refused(desk: Desk, **changes: str) -> str:
    """Return the page of a refusal; nothing was confirmed and nothing typed was lost."""
    data = {**CONFIRM, **changes}
    status, page = sent(desk.client, data)
    kept = all(data[name] in page for name in ("personal_id", "full_name", "login"))
    assert (status, kept) == (422, True)
    return page


def test_a_scanned_card_fills_what_it_says() -> None:
    desk = make_desk()

    _, page = sent(desk.client, {"act": "card", "card": CARD, "login": "lan@example.vn"})

    shown = [f'value="{words}"' in page for words in (NUMBER, "Lò Thị Lan", "lan@example.vn")]
    assert shown == [True, True, True]


def test_what_is_no_card_is_said_and_nothing_typed_is_lost() -> None:
    status, page = sent(make_desk().client, {**TYPED, "act": "card", "card": "rác"})

    assert (status, "không phải mã QR" in page, NUMBER in page) == (422, True, True)


def test_the_account_stands_masked_beside_the_card_before_anything_is_confirmed() -> None:
    desk, lan = make_desk(), make_lan()

    status, page = sent(desk.client, LOOK)

    lan.refresh_from_db()
    shown = ("l•••@example.vn" in page, "•••••••678" in page, "0912345678" in page)
    assert (status, shown, lan.actor_version) == (200, (True, True, False), 1)


def test_the_look_is_noted_for_the_holder_to_see() -> None:
    desk, lan = make_desk(), make_lan()

    sent(desk.client, LOOK)

    (entry,) = AccessEntry.objects.filter(purpose="identity.holder")
    assert (entry.subject, entry.actor_name) == (f"account:{lan.pk}", "Trần Văn Bình")


def test_the_officer_confirms_the_account_of_lan_who_is_present() -> None:
    desk, lan = make_desk(), make_lan()

    answer = desk.client.post(PAGE, CONFIRM)

    lan = Account.objects.select_related("person").get(pk=lan.pk)
    known = find_person_by_number(NUMBER)
    assert (answer.status_code, lan.person, lan.person and lan.person.confirmed_at is None) == (
        302,
        known,
        False,
    )
    assert "Đã xác nhận tài khoản là của Lò Thị Lan." in told(answer)[0]


def test_the_trail_says_who_confirmed_whom_at_which_desk() -> None:
    desk, lan = make_desk(), make_lan()

    desk.client.post(PAGE, CONFIRM)

    (entry,) = audit.trail_of(f"account:{lan.pk}")
    person = find_person_by_number(NUMBER)
    detail = {"person": person.pk if person else 0, "desk": desk.commune.desk_id}
    assert (entry.action, entry.actor_name, entry.detail) == (
        "identity.person_confirmed",
        "Trần Văn Bình",
        detail,
    )


def test_a_second_click_confirms_nothing_again() -> None:
    desk, lan = make_desk(), make_lan()

    for _ in range(2):
        desk.client.post(PAGE, CONFIRM)

    lan.refresh_from_db()
    assert lan.actor_version == 2


def test_an_account_confirmed_before_needs_no_further_act() -> None:
    desk = make_desk()
    make_lan()
    desk.client.post(PAGE, CONFIRM)

    _, page = sent(desk.client, LOOK)

    assert ("Không cần làm lại" in page, 'value="confirm"' in page) == (True, False)


def test_a_name_typed_without_tones_fits_the_card_and_is_set_right() -> None:
    desk, lan = make_desk(), make_lan("Lo thi Lan")

    desk.client.post(PAGE, CONFIRM)

    lan.refresh_from_db()
    assert lan.full_name == "Lò Thị Lan"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"is_present": ""}, "Hãy xem thẻ bản chính"),
        ({"login": "khong-co@example.vn"}, "Không có tài khoản công dân nào"),
        ({"login": "binh"}, "tài khoản của chính ông/bà"),
        ({"login": "mai"}, "Không có tài khoản công dân nào"),
        ({"full_name": "Quàng Thị Hoa"}, "Tên trên thẻ không khớp tên khai khi mở tài khoản (L•••"),
        ({"full_name": "Lò Thị Lán"}, "Tên trên thẻ không khớp"),
        ({"personal_id": "011185"}, "có đúng 12 chữ số"),
        ({"sex": "male"}, "không khớp giới tính"),
        ({"birth_date": "27/3/1986"}, "không khớp ngày sinh"),
    ],
)
def test_what_cannot_be_confirmed_is_refused(changes: dict[str, str], said: str) -> None:
    desk, lan = make_desk(), make_lan()
    make_desk_officer("Lò Thị Lan", "mai", desk.commune.desk_id)

    page = refused(desk, **changes)

    lan.refresh_from_db()
    assert (said in page, lan.actor_version) == (True, 1)


def test_an_account_confirmed_as_somebody_else_is_refused() -> None:
    desk = make_desk()
    make_lan()
    desk.client.post(PAGE, CONFIRM)

    page = refused(desk, personal_id="011185009999")

    assert "đã được xác nhận là của người khác" in page


def test_whoever_has_an_account_gets_no_second_one() -> None:
    desk = make_desk()
    make_lan()
    desk.client.post(PAGE, CONFIRM)
    make_account(username="lan-2", full_name="Lò Thị Lan", email="lan2@example.vn")

    assert "đã có tài khoản khác" in refused(desk, login="lan2@example.vn")


def test_a_number_known_to_be_somebody_elses_is_refused() -> None:
    desk = make_desk()
    make_lan()
    make_person("Quàng Thị Hoa", number_hash=hash_number(NUMBER), confirmed_at=MONDAY)

    assert "xác nhận là của người có tên khác" in refused(desk)


def test_a_refusal_leaves_a_trace_without_the_address() -> None:
    desk = make_desk()

    refused(desk, login="khong-co@example.vn")

    (entry,) = audit.trail_of("accounts")
    why = {"asked": "k•••@example.vn", "why": "NoSuchAccount"}
    assert (entry.action, entry.detail) == ("identity.confirmation_refused", why)


def test_an_officer_of_another_desk_confirms_at_the_own_one_only() -> None:
    desk, lan = make_desk(), make_lan()

    sign_in_dung().post(PAGE, {**CONFIRM, "desk": str(desk.commune.desk_id)})

    (entry,) = audit.trail_of(f"account:{lan.pk}")
    assert entry.detail["desk"] != desk.commune.desk_id


def test_who_works_at_no_desk_sees_no_such_page() -> None:
    make_desk()
    client = Client()
    client.force_login(make_account())

    assert client.get(PAGE).status_code == 403


def test_a_look_costs_few_statements(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    desk = make_desk()
    make_lan()
    sent(desk.client, LOOK)

    with django_assert_max_num_queries(16):
        sent(desk.client, LOOK)


def test_the_menu_leads_there() -> None:
    page = make_desk().client.get("/mot-cua/").content.decode()

    assert f'href="{PAGE}"' in page


UNDO = f"{PAGE}huy-xac-nhan/"


def sign_in_lien(desk: Desk) -> Client:
    """Return the browser of Liên, the head of the desk."""
    client, head = Client(), PostRole.DESK_HEAD
    client.force_login(make_desk_officer("Bạc Thị Liên", "lien", desk.commune.desk_id, role=head))
    return client


def test_the_head_sees_the_account_and_undoes_what_was_confirmed_wrongly() -> None:
    desk, lan = make_desk(), make_lan()
    desk.client.post(PAGE, CONFIRM)
    lien, login = sign_in_lien(desk), {"login": CONFIRM["login"]}

    page = lien.post(UNDO, {**login, "act": "look"}).content.decode()
    answer = lien.post(UNDO, {**login, "act": "undo", "reason": "Trùng họ tên"})

    lan.refresh_from_db()
    assert ("Lò Thị Lan" in page, "l•••@example.vn" in page) == (True, True)
    assert (answer.status_code, lan.confirmed_unit_id, lan.actor_version) == (302, None, 3)


def test_nothing_is_undone_without_a_reason_and_the_account_stays_in_view() -> None:
    desk, lan = make_desk(), make_lan()
    desk.client.post(PAGE, CONFIRM)

    answer = sign_in_lien(desk).post(UNDO, {"login": CONFIRM["login"], "act": "undo"})

    lan.refresh_from_db()
    page = answer.content.decode()
    assert (answer.status_code, lan.actor_version) == (422, 2)
    assert ("lý do hủy" in page.lower(), "Tài khoản đã xác nhận" in page) == (True, True)


def test_an_officer_of_the_desk_is_not_offered_to_undo() -> None:
    desk = make_desk()

    offered = "Đã xác nhận nhầm" in desk.client.get(PAGE).content.decode()

    assert (offered, desk.client.get(UNDO).status_code) == (False, 403)


def test_a_desk_gives_a_login_and_learns_no_password() -> None:
    desk = make_desk()
    page = f"{PAGE}cap-dang-nhap/"
    card = {**TYPED, "login": "0912 000 077", "act": "give"}

    absent = desk.client.post(page, card)
    given = desk.client.post(page, card | {"is_present": "on"}, follow=True)
    again = desk.client.post(page, card | {"is_present": "on", "login": "0912000078"})

    assert (absent.status_code, "đánh dấu ô này" in absent.content.decode()) == (422, True)
    assert "Lò Thị Lan đăng nhập được bằng số 0912000077" in unescape(given.content.decode())
    account = Account.objects.get(phone="0912000077")
    assert not account.has_usable_password()
    text = unescape(again.content.decode())
    assert (again.status_code, "đã có tài khoản" in text, "0912000077" in text) == (
        422,
        True,
        False,
    )
