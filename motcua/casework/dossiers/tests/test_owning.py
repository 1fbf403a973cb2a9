"""Whose dossier it is that was handed in at a desk."""

import json
from dataclasses import replace
from typing import Any

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.operations import owning
from motcua.casework.dossiers.operations.drafts import begin_draft
from motcua.casework.dossiers.reactions import (
    earlier_dossiers_find_their_owner,
    former_holders_hear,
    holders_hear,
    what_came_meanwhile_is_taken_away,
)
from motcua.casework.procedures.api import FilingChannel
from motcua.foundation.audit import api as audit
from motcua.foundation.identity.api import Account, confirm_person
from motcua.foundation.identity.tests.make import make_account
from motcua.foundation.notifications.api import Notice
from motcua.foundation.outbox import api as outbox
from motcua.foundation.people import api as people
from motcua.lib import work
from motcua.lib.actor import Actor, ActorKind

from .make import MONDAY, Commune, get_dossier, make_all, make_application, make_filed

pytestmark = pytest.mark.django_db
FACTS = people.PersonFacts(full_name="Lò Thị Lan", personal_id="011185001234")
NOBODYS = dossiers.SubmitterIn(name="Lò Thị Lan")


def make_lan(commune: Commune, *, is_seen: bool = True) -> tuple[Account, people.Person]:
    """Return Lan's account and what the desk knows of her; `is_seen` by an officer."""
    account = make_account(full_name="Lò Thị Lan")
    person = people.remember_person(FACTS, by=commune.binh, at=MONDAY)
    if is_seen:
        confirm_person(
            account.pk, person.pk, desk_unit_id=commune.desk_id, by=commune.binh, at=MONDAY
        )
    else:
        Account.objects.filter(pk=account.pk).update(person=person)
    return account, person


def receive(commune: Commune, person: people.Person, *, name: str = "Lò Thị Lan") -> str:
    party = dossiers.PartyIn(dossiers.PartyRole.APPLICANT, name, person_id=person.pk)
    application = make_application(
        commune,
        channel=FilingChannel.COUNTER,
        submitter=replace(NOBODYS, name=name),
        parties=(party,),
    )
    return dossiers.receive_in_person(
        application, desk_unit_id=commune.desk_id, by=commune.binh, at=MONDAY
    )


def seen_by(account: Account) -> list[str]:
    owner = Actor(id=account.pk, name=account.full_name, kind=ActorKind.CITIZEN)
    return [one.code for one in dossiers.dossiers_for(owner).rows]


def test_what_lan_hands_in_at_the_desk_stands_among_her_dossiers() -> None:
    commune = make_all()
    account, person = make_lan(commune)

    code = receive(commune, person)

    assert (seen_by(account), get_dossier(code).submitter_account_id) == ([code], account.pk)


def test_an_account_that_nobody_has_verified_sees_nothing_of_it() -> None:
    commune = make_all()
    account, person = make_lan(commune, is_seen=False)

    code = receive(commune, person)

    assert (seen_by(account), get_dossier(code).submitter_account_id) == ([], None)


def test_a_number_typed_for_somebody_else_shows_the_stranger_nothing() -> None:
    commune = make_all()
    account, person = make_lan(commune)

    receive(commune, person, name="Quàng Thị Hoa")

    assert seen_by(account) == []


def test_an_account_that_was_closed_gets_no_dossier() -> None:
    commune = make_all()
    account, person = make_lan(commune)
    Account.objects.filter(pk=account.pk).update(disabled_at=MONDAY, disabled_because="by_holder")

    code = receive(commune, person)

    assert get_dossier(code).submitter_account_id is None


@pytest.mark.parametrize(
    ("typed", "right", "is_hers"),
    [("Lò Thị Lan", "Quàng Thị Hoa", False), ("Lò Thị Lam", "Lò Thị Lan", True)],
)
def test_a_corrected_name_decides_anew_whose_it_is(typed: str, right: str, is_hers: Any) -> None:
    commune = make_all()
    account, person = make_lan(commune)
    code = receive(commune, person, name=typed)

    changes = {"applicant_name": right}
    dossiers.correct_reception(code, changes, "Gõ nhầm", by=commune.oanh, at=MONDAY)

    assert seen_by(account) == ([code] if is_hers else [])


def test_what_is_noted_at_the_desk_is_the_applicants_own_too() -> None:
    commune = make_all()
    account, person = make_lan(commune)
    party = dossiers.PartyIn(dossiers.PartyRole.APPLICANT, "Lò Thị Lan", person_id=person.pk)
    application = make_application(commune, submitter=NOBODYS, parties=(party,), papers=())

    code = dossiers.note_at_desk(
        application, desk_unit_id=commune.desk_id, by=commune.binh, at=MONDAY
    )

    assert seen_by(account) == [code]


def confirm(commune: Commune, account: Account, person: people.Person) -> outbox.ReadFact:
    """Let Bình confirm whose account it is; return the fact that the worker will read."""
    desk_id = commune.desk_id
    confirm_person(account.pk, person.pk, desk_unit_id=desk_id, by=commune.binh, at=MONDAY)
    return told("identity.person_confirmed")


def told(topic: str) -> outbox.ReadFact:
    """Return the one fact of this topic as the worker reads it."""
    (row,) = work.fetch(_FACT, [topic])
    return outbox.ReadFact(*(*row[:-1], json.loads(row[-1])))


def undo(commune: Commune) -> outbox.ReadFact:
    """Let Oanh, who heads the desk, undo what Bình confirmed wrongly; return the fact."""
    by, at = commune.oanh, MONDAY
    dossiers.undo_confirmation("lan@example.vn", "Trùng họ tên", by=by, at=at)
    return told("identity.person_unconfirmed")


_FACT = (
    "SELECT id, topic, version, aggregate, aggregate_id, seq, at, by_id, is_silent, payload"
    " FROM outbox_fact WHERE topic = %s"
)


def test_what_was_handed_in_before_comes_to_the_account_once_it_is_confirmed() -> None:
    commune = make_all()
    account, person = make_lan(commune, is_seen=False)
    codes = [receive(commune, person) for _ in range(2)]

    earlier_dossiers_find_their_owner(confirm(commune, account, person))

    owners = {get_dossier(code).submitter_account_id for code in codes}
    assert (sorted(seen_by(account)), owners) == (codes, {account.pk})


def test_a_fact_told_twice_changes_nothing_more() -> None:
    commune = make_all()
    account, person = make_lan(commune, is_seen=False)
    code = receive(commune, person)
    fact = confirm(commune, account, person)

    for _ in range(2):
        earlier_dossiers_find_their_owner(fact)

    trail = [entry.action for entry in audit.trail_of(f"dossier:{code}")]
    assert (seen_by(account), trail.count(owning.OWNED)) == ([code], 1)


def test_many_earlier_dossiers_come_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owning, "BATCH", 2)
    commune = make_all()
    account, person = make_lan(commune, is_seen=False)
    codes = [receive(commune, person) for _ in range(5)]

    earlier_dossiers_find_their_owner(confirm(commune, account, person))

    assert sorted(seen_by(account)) == codes


def test_what_was_received_under_another_name_stays_where_it_is() -> None:
    commune = make_all()
    account, person = make_lan(commune, is_seen=False)
    code = receive(commune, person, name="Quàng Thị Hoa")

    earlier_dossiers_find_their_owner(confirm(commune, account, person))

    assert (seen_by(account), get_dossier(code).submitter_account_id) == ([], None)


def test_a_dossier_that_has_an_owner_keeps_it() -> None:
    commune = make_all()
    account, person = make_lan(commune, is_seen=False)
    code = receive(commune, person)
    dossiers.Dossier.objects.filter(code=code).update(submitter_account_id=7)

    earlier_dossiers_find_their_owner(confirm(commune, account, person))

    assert (seen_by(account), get_dossier(code).submitter_account_id) == ([], 7)


def test_the_holder_hears_which_desk_confirmed_the_account() -> None:
    commune = make_all()
    account, person = make_lan(commune, is_seen=False)

    holders_hear([confirm(commune, account, person)])

    notice = Notice.objects.get(account_id=account.pk)
    where = "Trung tâm Phục vụ hành chính công, UBND xã Mường Phăng"
    assert (notice.kind, where in notice.body) == ("dossiers.account_confirmed", True)


def test_an_undone_confirmation_takes_away_what_the_desk_received_and_nothing_else() -> None:
    commune = make_all()
    account, person = make_lan(commune)
    Account.objects.filter(pk=account.pk).update(email="lan@example.vn")
    at_desk = receive(commune, person)
    submitter = replace(NOBODYS, account_id=account.pk)
    owner = Actor(id=account.pk, name=account.full_name, kind=ActorKind.CITIZEN)
    filed = dossiers.file_application(
        make_application(commune, submitter=submitter), by=owner, at=MONDAY
    )

    undo(commune)

    assert (seen_by(account), get_dossier(at_desk).submitter_account_id) == ([filed], None)
    assert audit.trail_of(f"dossier:{at_desk}")[-1].action == owning.DISOWNED


def test_what_came_to_the_account_while_it_was_undone_is_taken_away_later() -> None:
    commune = make_all()
    account, person = make_lan(commune)
    Account.objects.filter(pk=account.pk).update(email="lan@example.vn")
    fact = undo(commune)
    code = receive(commune, person)
    Dossier.objects.filter(code=code).update(submitter_account_id=account.pk)

    what_came_meanwhile_is_taken_away(fact)

    assert get_dossier(code).submitter_account_id is None


def test_who_is_confirmed_anew_keeps_what_that_gives() -> None:
    commune = make_all()
    account, person = make_lan(commune)
    Account.objects.filter(pk=account.pk).update(email="lan@example.vn")
    fact = undo(commune)
    desk_id, by = commune.desk_id, commune.binh
    confirm_person(account.pk, person.pk, desk_unit_id=desk_id, by=by, at=MONDAY)
    code = receive(commune, person)

    what_came_meanwhile_is_taken_away(fact)

    assert seen_by(account) == [code]


def test_the_former_holder_hears_of_it() -> None:
    commune = make_all()
    account, _ = make_lan(commune)
    Account.objects.filter(pk=account.pk).update(email="lan@example.vn")

    former_holders_hear([undo(commune)])

    (notice,) = Notice.objects.filter(account_id=account.pk)
    assert notice.subject == "Việc xác nhận tài khoản của ông/bà đã được hủy"


def test_what_lay_in_an_account_without_login_goes_over_with_whoever_sees_it() -> None:
    commune = make_all()
    former = make_account(username="quay-mo", full_name="Lò Thị Lan")
    own = make_account(username="tu-mo", full_name="Lò Thị Lan")
    submitter = dossiers.SubmitterIn(name="Lò Thị Lan", account_id=former.pk)
    code = make_filed(commune, submitter=submitter)
    draft = begin_draft("1.004873", by=actor(former), at=MONDAY)

    count = owning.hand_over_account(former.pk, own.pk, at=MONDAY)

    assert (count, get_dossier(code).submitter_account_id) == (1, own.pk)
    assert [one.code for one in dossiers.dossiers_for(actor(own)).rows] == [code]
    assert list(dossiers.dossiers_for(actor(former)).rows) == []
    assert dossiers.draft_for(actor(own), draft.token).pk == draft.pk
    assert owning.hand_over_account(former.pk, own.pk, at=MONDAY) == 0


def actor(account: Account) -> Actor:
    return Actor(id=account.pk, name=account.full_name, kind=ActorKind.CITIZEN)


def test_what_helpers_filed_for_the_person_is_lost_with_the_confirmation_too() -> None:
    commune = make_all()
    account, person = make_lan(commune)
    party = dossiers.PartyIn(dossiers.PartyRole.APPLICANT, "Lò Thị Lan", person_id=person.pk)
    helped = dossiers.SubmitterIn(
        name="Sùng A Páo", account_id=account.pk, authority=dossiers.Authority.HELPER
    )
    code = make_filed(commune, submitter=helped, parties=(party,))
    Account.objects.filter(pk=account.pk).update(person=None)

    owning.disown(account.pk, person.pk, at=MONDAY)

    assert get_dossier(code).submitter_account_id is None
    assert list(dossiers.dossiers_for(actor(account)).rows) == []
