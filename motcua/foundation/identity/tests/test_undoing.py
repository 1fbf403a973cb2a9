"""A confirmation that named the wrong person is taken back."""

import pytest

from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.people import api as people
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed

from .test_confirming import BINH, MONDAY, confirm, make_lan

pytestmark = pytest.mark.django_db
HEAD = {"dossiers.receive", "dossiers.correct_reception"}
LIEN = Actor(id=904, name="Bạc Thị Liên", powers={power: frozenset({1}) for power in HEAD})
OANH = Actor(id=905, name="Vì Thị Oanh", powers={power: frozenset({2}) for power in HEAD})
ADMIN = Actor(id=906, name="Quản trị", province_powers=frozenset({identity.ADMINISTER}))
LOGIN, WHY = "lan@example.vn", "Hai người trùng họ tên"


def undo(by: Actor = LIEN, *, login: str = LOGIN, reason: str = WHY) -> identity.Undone:
    return identity.undo_confirmation(login, reason, by=by, at=MONDAY)


@pytest.mark.parametrize("by", [LIEN, ADMIN])
def test_the_account_is_again_one_that_nobody_has_confirmed(by: Actor) -> None:
    lan = make_lan()
    confirm()
    wrong = identity.Account.objects.get(pk=lan.pk)

    undo(by)

    after = identity.Account.objects.select_related("person").get(pk=lan.pk)
    assert after.actor_version == wrong.actor_version + 1
    assert (after.person_id == wrong.person_id, after.confirmed_unit_id) == (False, None)
    assert after.person is not None
    assert (after.person.full_name, after.person.confirmed_at, after.person.personal_id_hint) == (
        "Nguyễn Thị Lan",
        None,
        "",
    )


def test_the_person_counts_as_not_seen_and_can_be_confirmed_for_the_right_account() -> None:
    make_lan()
    confirm()
    undone = undo()

    seen_at = people.get_person(undone.person_id).confirmed_at
    confirm()

    assert (seen_at, people.get_person(undone.person_id).confirmed_at) == (None, MONDAY)


def test_the_trail_says_who_undid_it_and_why() -> None:
    lan = make_lan()
    confirm()

    undone = undo()

    entry = audit.trail_of(f"account:{lan.pk}")[-1]
    rows = work.fetch("SELECT topic FROM outbox_fact ORDER BY id", [])
    assert (entry.action, entry.actor_name, entry.detail) == (
        "identity.person_unconfirmed",
        "Bạc Thị Liên",
        {"person": undone.person_id, "reason": WHY},
    )
    assert rows[-1][0] == "identity.person_unconfirmed"


def test_nobody_else_undoes_it_nor_finds_out_that_there_is_an_account() -> None:
    make_lan()
    confirm()

    with pytest.raises(NotAllowed):
        undo(BINH)
    for by, login in ((OANH, LOGIN), (LIEN, "khong-co@example.vn")):
        with pytest.raises(identity.NoSuchAccount, match="nơi ông/bà phụ trách"):
            undo(by, login=login)
        with pytest.raises(identity.NoSuchAccount):
            identity.look_at_confirmed(login, by=by, at=MONDAY)


def test_an_account_nobody_confirmed_has_nothing_to_undo() -> None:
    make_lan()

    with pytest.raises(identity.NoSuchAccount):
        undo()


def test_a_reason_is_needed() -> None:
    make_lan()
    confirm()

    with pytest.raises(BadInput, match="lý do"):
        undo(reason=" ")


def test_the_head_sees_the_account_masked() -> None:
    make_lan()
    confirm()

    holder = identity.look_at_confirmed(LOGIN, by=LIEN, at=MONDAY)

    assert (holder.full_name, holder.email == LOGIN, holder.confirmed_at) == (
        "Nguyễn Thị Lan",
        False,
        MONDAY,
    )
