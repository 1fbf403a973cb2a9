"""Rights to sign and absences, on the screen."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import Post, PostRole
from motcua.foundation.organisation.tests.make import make_agency, make_post, root_of
from motcua.foundation.signing import api as signing
from motcua.lib.clock import local_day, now

from .people import page_of

pytestmark = pytest.mark.django_db
PAGE = "tham-quyen-ky/"


def make_posts() -> tuple[organisation.Agency, Post, Post]:
    """Return a commune with the posts of a chairwoman and of her deputy."""
    agency = make_agency("H18.109", "UBND xã Mường Nhé")
    organisation.forget_tree()
    hoa = make_officer_account("Nguyễn Thị Hoa", username="hoa").officer
    nam = make_officer_account("Lường Văn Nam", username="nam").officer
    role = PostRole.AGENCY_LEADER
    chair = make_post(root_of(agency), role, title="Chủ tịch", holder=hoa)
    deputy = make_post(root_of(agency), role, title="Phó Chủ tịch", holder=nam)
    return agency, chair, deputy


def post(client: Client, path: str, **sent: object) -> Any:
    return client.post(f"/quan-tri/{path}", {"request_key": f"{uuid4()}", **sent})


def give(client: Client, **changes: object) -> Any:
    agency, chair, deputy = make_posts()
    typed: dict[str, object] = {
        "agency": agency.code,
        "post": deputy.code,
        "capacity": "KT",
        "head_post": chair.code,
        "collective": "Ủy ban nhân dân",
        "valid_from": f"{local_day(now()):%d/%m/%Y}",
    }
    return post(client, f"{PAGE}them/", **(typed | changes))


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}them/", f"{PAGE}vang-mat/them/"])
def test_rights_are_for_the_whole_province_only(
    quan: Client, xuan: Client, dung: Client, path: str
) -> None:
    pages = [page_of(person, path) for person in (quan, xuan, dung)]

    assert ["<h1" in pages[0], *pages[1:]] == [True, "403", "403"]


def test_a_right_is_shown_as_it_is_printed(quan: Client) -> None:
    answer = give(quan)

    page = " ".join(page_of(quan, PAGE).split())
    assert answer.status_code == 302, answer.content.decode()
    assert "TM. ỦY BAN NHÂN DÂN <br> KT. CHỦ TỊCH <br> PHÓ CHỦ TỊCH" in page
    assert "Lường Văn Nam" in page


def test_an_authorisation_without_a_document_is_refused_beside_its_field(quan: Client) -> None:
    answer = give(quan, capacity="TUQ", collective="", kinds=["outcome"])

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Ủy quyền phải bằng văn bản; hãy ghi số và ngày của văn bản." in text
    assert signing.rights_on_record(limit=9) == []


def test_a_right_is_ended_after_one_more_question(quan: Client) -> None:
    give(quan)
    right = signing.rights_on_record(limit=1)[0]

    question = page_of(quan, f"{PAGE}{right.pk}/ket-thuc/")
    post(quan, f"{PAGE}{right.pk}/ket-thuc/")

    assert "KT. Chủ tịch, Phó Chủ tịch" in question
    assert signing.get_right(right.pk).valid_to == local_day(now())


def test_an_absence_is_written_down_and_ended(quan: Client) -> None:
    make_posts()
    today = f"{local_day(now()):%d/%m/%Y}"
    typed = {"officer": "CB-hoa", "deputy": "CB-nam", "valid_from": today, "valid_to": today}

    answer = post(quan, f"{PAGE}vang-mat/them/", **typed, reason="Đi công tác")
    noted = signing.absences_since(local_day(now()), limit=9)
    page = page_of(quan, PAGE)
    post(quan, f"{PAGE}vang-mat/{noted[0].pk}/ket-thuc/")

    assert answer.status_code == 302, answer.content.decode()
    assert "Đi công tác" in page
    assert signing.absences_since(local_day(now()), limit=9) == []


def test_a_policy_says_who_initials(quan: Client) -> None:
    order = "outcome:initial:initial:leader:seal|drafter|unit_head"
    today = f"{local_day(now()):%d/%m/%Y}"
    typed = {"order": order, "level": "B_LT", "valid_from": today, "is_apart": "on"}

    answer = post(quan, "chinh-sach-ky/them/", **typed)

    assert answer.status_code == 302, answer.content.decode()
    assert (
        "người soạn thảo ký nháy, rồi lãnh đạo đơn vị soạn thảo ký nháy, rồi người có thẩm quyền ký"
        in page_of(quan, "chinh-sach-ky/")
    )
