"""What nobody gets by acting for another, or by two hats."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.foundation.audit.api import AccessEntry
from motcua.foundation.files.api import StoredFile
from motcua.foundation.identity.api import TooManyLooks, note_phone_confirmed
from motcua.foundation.mandates.errors import NoSuchMandate
from motcua.foundation.mandates.models import Mandate
from motcua.foundation.mandates.operations.following import (
    end_on_paper,
    end_reclaimed,
    follow_merged,
)
from motcua.foundation.mandates.operations.giving import (
    SeenPaper,
    Terms,
    change_terms,
    give_to_firm,
    give_up,
    look_up_at_desk,
    record_help,
    take_back,
)
from motcua.foundation.mandates.operations.helpers import Appointment, appoint_helper
from motcua.foundation.mandates.operations.sessions import open_session
from motcua.foundation.mandates.queries import (
    agent_in,
    get_client_for,
    get_household_for,
    given_by,
    history_for,
    stand_in,
)
from motcua.foundation.organisation.tests.make import make_agency, root_of
from motcua.foundation.people.api import Enterprise, MemberRole, Membership, PersonFacts, Sex
from motcua.foundation.people.tests.make import make_enterprise
from motcua.lib.actor import Actor, enterprise_unit_id, mandate_unit_id
from motcua.lib.errors import BadInput, NotAllowed

from .make import (
    FIRST,
    MONDAY,
    KeptTexts,
    actor_of,
    add_to,
    head_of,
    make_citizen,
    make_firm,
    make_firm_mandate,
    make_helper,
    make_household,
    opened,
)

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(minutes=1)


@pytest.fixture
def ha() -> Actor:
    """Who runs the firm."""
    return actor_of(make_citizen("Trần Thu Hà", username="ha"))


@pytest.fixture
def khanh() -> Actor:
    """Who manages the body that is a client."""
    return actor_of(make_citizen("Lê Khánh", username="khanh"))


@pytest.fixture
def firm(ha: Actor) -> Enterprise:
    found = make_enterprise("Công ty Dịch vụ Him Lam")
    join(found, ha, MemberRole.REPRESENTATIVE)
    return found


@pytest.fixture
def body(khanh: Actor) -> Enterprise:
    found = make_enterprise("Công ty Vận tải Khánh", tax_code="5699000014")
    join(found, khanh, MemberRole.MANAGER)
    return found


def join(body: Enterprise, who: Actor, role: MemberRole) -> Membership:
    assert who.person_id is not None
    return Membership.objects.create(
        enterprise=body, person_id=who.person_id, role=role, valid_from=FIRST
    )


def let_act(firm: Enterprise, body: Enterprise, by: Actor) -> int:
    terms = Terms(body_code=body.tax_code)
    return give_to_firm(firm.tax_code, terms, by=by, at=MONDAY).pk


def test_what_a_body_allows_ends_with_who_gave_it_leaving(
    firm: Enterprise, body: Enterprise, ha: Actor, khanh: Actor
) -> None:
    token = open_session(let_act(firm, body, khanh), by=ha, at=MONDAY).token
    assert agent_in(token, ha, at=LATER) is not None

    Membership.objects.filter(enterprise=body).update(valid_to=date(2026, 3, 1))

    assert agent_in(token, ha, at=LATER) is None


def test_what_a_body_allows_ends_with_the_body(
    firm: Enterprise, body: Enterprise, ha: Actor, khanh: Actor
) -> None:
    token = open_session(let_act(firm, body, khanh), by=ha, at=MONDAY).token

    body.ended_on = MONDAY.date()
    body.save()

    assert agent_in(token, ha, at=LATER) is None


def test_another_manager_of_the_body_sees_it_and_takes_it_back(
    firm: Enterprise, body: Enterprise, khanh: Actor
) -> None:
    mandate_id = let_act(firm, body, khanh)
    lan = actor_of(make_citizen("Lò Lan", username="lan"))
    with pytest.raises(NoSuchMandate):
        take_back(mandate_id, by=lan, at=LATER)
    role = join(body, lan, MemberRole.STAFF)
    assert list(given_by(lan, at=LATER)) == []

    role.role = MemberRole.MANAGER
    role.save()

    assert [one.pk for one in given_by(lan, at=LATER)] == [mandate_id]
    assert [one.word for one in history_for(lan, at=LATER)] == ["given"]
    take_back(mandate_id, by=lan, at=LATER)
    assert list(given_by(khanh, at=LATER)) == []


def test_who_acts_for_a_body_sees_nothing_of_its_managers_own(
    firm: Enterprise, body: Enterprise, ha: Actor, khanh: Actor
) -> None:
    mandate_id = let_act(firm, body, khanh)
    change_terms(mandate_id, may_receive=False, sees_all=True, by=khanh, at=MONDAY)

    client = agent_in(open_session(mandate_id, by=ha, at=MONDAY).token, ha, at=LATER)

    assert client is not None
    assert client.agent is not None
    assert client.scope_ids == (mandate_unit_id(mandate_id), enterprise_unit_id(body.pk))
    assert not client.agent.sees_own_of_client


def test_only_who_manages_the_firm_gives_a_client_up(firm: Enterprise, ha: Actor) -> None:
    binh = make_citizen("Lý Bình", username="binh")
    add_to(firm, binh, MemberRole.STAFF)
    mandate = make_firm_mandate(firm, make_citizen())

    with pytest.raises(NotAllowed):
        give_up(mandate.pk, by=actor_of(binh), at=MONDAY)
    give_up(mandate.pk, by=ha, at=MONDAY)

    with pytest.raises(NoSuchMandate):
        give_up(mandate.pk, by=ha, at=MONDAY)


def test_clients_of_one_firm_are_no_households_and_no_other_firms(
    firm: Enterprise, body: Enterprise, ha: Actor
) -> None:
    join(body, ha, MemberRole.MANAGER)
    mandate = make_firm_mandate(firm, make_citizen())

    assert get_client_for(ha, firm.tax_code, mandate.pk, at=MONDAY).pk == mandate.pk
    with pytest.raises(NoSuchMandate):
        get_client_for(ha, body.tax_code, mandate.pk, at=MONDAY)
    with pytest.raises(NoSuchMandate):
        get_household_for(ha, mandate.pk, at=MONDAY)


def test_a_helper_with_two_telephones_is_not_his_own_household(texts: KeptTexts) -> None:
    own = make_citizen("Giàng A Dế", username="de", phone="0912000011")
    make_helper(account=own)
    other = make_citizen("Giàng A Dế", username="de2", phone="0912000077")
    other.person = own.person
    other.save()

    with pytest.raises(NotAllowed, match="chính mình"):
        opened(actor_of(own), texts)


def test_no_officer_writes_down_a_consent_to_himself() -> None:
    unit = root_of(make_agency())
    helper = make_helper(unit.pk)
    same = replace(head_of(unit.pk), id=helper.account_id)
    card = PersonFacts("Giàng A Dế", "011080000017", date(1980, 5, 1), Sex.MALE)

    with pytest.raises(NotAllowed, match="Không ai tự ghi"):
        record_help(helper.pk, card, Terms(), SeenPaper(1, unit.pk), by=same, at=MONDAY)


def test_nobody_is_appointed_by_a_telephone_that_nobody_has_proven() -> None:
    unit = root_of(make_agency())
    mai = make_citizen("Vừ Thị Mai", username="mai", phone="0912000066", seen_at=None)
    days = {"decided_on": FIRST, "valid_from": FIRST, "valid_to": date(2030, 12, 31)}
    facts = Appointment("0912000066", "Trưởng bản", ["bản Co Mạ"], "15/QĐ-UBND", **days)

    with pytest.raises(BadInput, match="chưa chứng minh"):
        appoint_helper(facts, unit_id=unit.pk, by=head_of(unit.pk), at=MONDAY)
    note_phone_confirmed(mai, at=MONDAY)

    helper = appoint_helper(facts, unit_id=unit.pk, by=head_of(unit.pk), at=MONDAY)
    assert helper.account_id == mai.pk


def test_a_desk_that_looks_is_noted_and_counted() -> None:
    make_household(make_helper(), make_citizen(phone="0912000077"))

    assert len(look("0912 000 077")) == 1
    (entry,) = AccessEntry.objects.filter(purpose="mandates.looked_up")
    assert entry.actor_name == head_of(1).name
    for number in range(59):
        look(f"09120001{number:02}")
    with pytest.raises(TooManyLooks):
        look("0912000077")


def look(typed: str) -> Sequence[Mandate]:
    return look_up_at_desk(typed, desk_unit_id=1, by=head_of(1), at=MONDAY)


def test_the_history_goes_on_page_by_page() -> None:
    de = make_citizen()
    firm = make_firm(make_citizen("Trần Thu Hà", username="ha"))
    for _ in range(3):
        give_to_firm(firm.tax_code, Terms(), by=actor_of(de), at=MONDAY)

    first = history_for(actor_of(de), at=MONDAY, limit=2)
    rest = history_for(actor_of(de), at=MONDAY, before=first[-1].pk, limit=2)

    assert [len(first), len(rest)] == [2, 1]
    assert rest[0].pk < first[-1].pk


def test_an_agent_decides_on_no_mandate_of_the_client() -> None:
    de = make_citizen()
    helper = make_helper()
    mandate = make_household(helper, de)
    client = stand_in(mandate, actor_of(helper.account), until=LATER)

    assert list(given_by(client, at=MONDAY)) == []
    with pytest.raises(NoSuchMandate):
        change_terms(mandate.pk, may_receive=True, sees_all=True, by=client, at=MONDAY)


def test_consents_follow_their_giver_into_the_own_account() -> None:
    former, own = make_citizen(username="quay"), make_citizen(username="tu")
    pao, dung = make_helper(), make_helper(2, username="dung")
    only_at_desk = make_household(pao, former)
    twice = make_household(dung, former)
    theirs = make_household(dung, own)

    for _ in range(2):
        follow_merged(former.pk, own.pk, at=MONDAY)

    live = {one.pk for one in given_by(actor_of(own), at=MONDAY)}
    assert live == {only_at_desk.pk, theirs.pk}
    twice.refresh_from_db()
    assert (twice.principal_id, twice.ended_because) == (own.pk, "replaced")


def test_paper_of_somebody_else_counts_no_more() -> None:
    de = make_citizen()
    mandate = make_household(make_helper(), de)

    assert end_on_paper(de.pk, at=MONDAY) == 0
    Mandate.objects.filter(pk=mandate.pk).update(**seen_on_paper())
    assert end_on_paper(de.pk, at=MONDAY) == 1

    assert list(given_by(actor_of(de), at=MONDAY)) == []
    assert [one.by_name for one in history_for(actor_of(de), at=MONDAY)] == ["Hệ thống"]


def test_what_a_stranger_allowed_ends_when_the_account_is_reclaimed() -> None:
    de = make_citizen()
    make_household(make_helper(), de)
    since = make_household(make_helper(2, username="dung"), de, given_at=LATER)

    assert [end_reclaimed(de.pk, at=MONDAY) for _ in range(2)] == [1, 0]

    assert [one.pk for one in given_by(actor_of(de), at=MONDAY)] == [since.pk]


def seen_on_paper() -> dict[str, object]:
    paper = StoredFile.objects.create(
        sha256="a" * 64,
        size=1,
        media_type="application/pdf",
        scan_state="not_scanned",
        first_seen_at=MONDAY,
    )
    return {
        "proof": "paper",
        "paper": paper,
        "checked_by_name": "Trần Văn Bình",
        "checked_unit_id": 1,
        "valid_to": date(2027, 1, 1),
    }
