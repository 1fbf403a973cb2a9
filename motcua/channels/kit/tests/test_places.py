"""An officer with several posts chooses where to work now, and the browser remembers it."""

import pytest
from django.conf import settings
from django.test import Client

from motcua.casework.dossiers.tests.make import make_all, make_filed
from motcua.channels.kit.places import PLACE_COOKIE
from motcua.foundation.identity.tests.make import make_officer_account, make_session
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole, Unit, UnitKind
from motcua.foundation.organisation.tests.make import make_agency, make_post, make_unit
from motcua.lib.clock import now

pytestmark = pytest.mark.django_db


def make_desk(code: str, name: str) -> Unit:
    """Return the desk of a new commune."""
    agency = make_agency(code, f"UBND xã {name}")
    return make_unit(agency, f"{code}.MC", f"Trung tâm {name}", kind=UnitKind.ONE_STOP_DESK)


def binh_at(*desks: Unit) -> Client:
    """Return the browser of Bình, who receives at these desks."""
    account = make_officer_account("Trần Văn Bình", username="binh")
    for desk in desks:
        make_post(
            desk, PostRole.DESK_OFFICER, title=f"Tiếp nhận {desk.code}", holder=account.officer
        )
    organisation.forget_tree()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = make_session(account, at=now()).session_key
    return client


def heading(client: Client) -> str:
    """Return the desk that stands at the head of the counter's first page."""
    page = client.get("/mot-cua/").content.decode()
    return page.split("<h1>")[1].split("</h1>")[0]


def choose(client: Client, unit_id: int) -> str:
    answer = client.post(
        "/noi-lam-viec/", {"unit": f"{unit_id}"}, headers={"referer": "http://testserver/mot-cua/"}
    )
    return answer.headers["Location"]


def test_the_counter_is_at_the_desk_that_was_chosen() -> None:
    first, second = make_desk("H18.101", "Mường Phăng"), make_desk("H18.102", "Nà Tấu")
    binh = binh_at(first, second)
    before = heading(binh)

    choose(binh, second.pk)

    assert [before, heading(binh)] == ["Trung tâm Mường Phăng", "Trung tâm Nà Tấu"]


def test_choosing_stays_on_the_page() -> None:
    first, second = make_desk("H18.101", "Mường Phăng"), make_desk("H18.102", "Nà Tấu")

    assert choose(binh_at(first, second), second.pk) == "http://testserver/mot-cua/"


def test_the_place_stands_in_the_header_with_the_others() -> None:
    first, second = make_desk("H18.101", "Mường Phăng"), make_desk("H18.102", "Nà Tấu")
    binh = binh_at(first, second)
    choose(binh, second.pk)

    menu = binh.get("/xu-ly/").content.decode().split("kit-places")[1].split("</details>")[0]

    assert [name in menu for name in ("Mường Phăng", "Nà Tấu")] == [True, True]
    assert menu.split("</summary>")[0].endswith("Trung tâm Nà Tấu, UBND xã Nà Tấu")


def test_who_has_one_post_has_nothing_to_choose() -> None:
    binh = binh_at(make_desk("H18.101", "Mường Phăng"))

    assert "kit-places" not in binh.get("/mot-cua/").content.decode()


def test_a_desk_of_others_cannot_be_chosen() -> None:
    mine, others = make_desk("H18.101", "Mường Phăng"), make_desk("H18.102", "Nà Tấu")
    binh = binh_at(mine)

    choose(binh, others.pk)

    assert (PLACE_COOKIE in binh.cookies, heading(binh)) == (False, "Trung tâm Mường Phăng")


def test_a_forged_choice_gives_no_power() -> None:
    mine, others = make_desk("H18.101", "Mường Phăng"), make_desk("H18.102", "Nà Tấu")
    binh = binh_at(mine)
    binh.cookies[PLACE_COOKIE] = f"{others.pk}"

    assert heading(binh) == "Trung tâm Mường Phăng"


def test_the_lists_of_the_counter_are_those_of_the_desk_chosen() -> None:
    commune = make_all()
    code = make_filed(commune)
    here, other = Unit.objects.get(pk=commune.desk_id), make_desk("H18.102", "Nà Tấu")
    binh = binh_at(here, other)
    path = "/mot-cua/truc-tuyen/"
    before = code in binh.get(path).content.decode()

    choose(binh, other.pk)

    assert [before, code in binh.get(path).content.decode()] == [True, False]


def test_a_place_that_is_no_number_is_passed_over() -> None:
    first, second = make_desk("H18.101", "Mường Phăng"), make_desk("H18.102", "Nà Tấu")
    binh = binh_at(first, second)
    binh.cookies[PLACE_COOKIE] = "9" * 5000

    assert heading(binh) == "Trung tâm Mường Phăng"
