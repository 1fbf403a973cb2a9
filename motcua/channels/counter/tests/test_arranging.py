"""The head of a desk sees who is there, names stand-bys and puts them in with one press."""

import pytest
from django.test import Client

from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.identity.api import Account
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation.api import Post, PostRole, Unit
from motcua.foundation.organisation.tests.make import make_post
from motcua.foundation.staffing.api import Sitting
from motcua.lib.clock import now

from .make import Desk, make_desk, make_desk_officer, sign_in_dung

pytestmark = pytest.mark.django_db
PAGE = "/mot-cua/bo-tri/"


def make_head(desk: Desk) -> Client:
    """Return the browser of Oanh, who heads the desk."""
    client = Client()
    head = make_desk_officer("Vì Thị Oanh", "oanh", desk.commune.desk_id, role=PostRole.DESK_HEAD)
    client.force_login(head)
    return client


def make_ready(desk: Desk) -> Account:
    """Return Mai, a handler of the same commune."""
    mai = make_officer_account("Quàng Thị Mai", username="mai")
    make_post(Unit.objects.get(pk=desk.commune.justice_id), PostRole.HANDLER, holder=mai.officer)
    return mai


def post_of(desk: Desk) -> Post:
    return Post.objects.get(unit=desk.commune.desk_id, role=PostRole.DESK_OFFICER)


def test_a_stand_by_is_named_and_put_in_with_one_press() -> None:
    desk = make_desk()
    head, mai, post = make_head(desk), make_ready(desk), post_of(desk)

    head.post(f"{PAGE}vi-tri/{post.pk}/du-phong/", {"officer": f"{mai.officer_id}"})
    assert "Bố trí dự phòng" in head.get(PAGE).content.decode()
    head.post(f"{PAGE}vi-tri/{post.pk}/")

    text = head.get(PAGE).content.decode()
    assert "Quàng Thị Mai ngồi thay" in text
    actor = access.actor_now(mai.pk, at=now()).actor
    assert actor.can(Power.RECEIVE_DOSSIERS, unit_id=desk.commune.desk_id)


def test_the_stand_by_leaves_and_the_history_stays() -> None:
    desk = make_desk()
    head, mai, post = make_head(desk), make_ready(desk), post_of(desk)
    head.post(f"{PAGE}vi-tri/{post.pk}/du-phong/", {"officer": f"{mai.officer_id}"})
    head.post(f"{PAGE}vi-tri/{post.pk}/")

    head.post(f"{PAGE}ngoi-thay/{Sitting.objects.get().pk}/thoi/")

    actor = access.actor_now(mai.pk, at=now()).actor
    assert not actor.can(Power.RECEIVE_DOSSIERS)
    assert "thôi lúc" in head.get(PAGE).content.decode()


def test_without_a_stand_by_nobody_is_put_in() -> None:
    desk = make_desk()
    head, post = make_head(desk), post_of(desk)

    answer = head.post(f"{PAGE}vi-tri/{post.pk}/", follow=True)

    assert "chưa có cán bộ dự phòng" in answer.content.decode()
    assert not Sitting.objects.exists()


def test_only_the_head_of_this_desk_arranges_it() -> None:
    desk = make_desk()
    post, stranger = post_of(desk), sign_in_dung()

    codes = [desk.client.get(PAGE).status_code]
    codes += [one.post(f"{PAGE}vi-tri/{post.pk}/").status_code for one in (desk.client, stranger)]

    assert codes == [403, 403, 403]
    assert PAGE not in desk.client.get("/mot-cua/").content.decode()
