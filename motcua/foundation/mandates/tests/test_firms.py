"""A firm for many clients: who may, for whom, how far, until when."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.foundation.mandates.choices import EndedBecause
from motcua.foundation.mandates.errors import NoSuchMandate
from motcua.foundation.mandates.models import Mandate, MandateEntry
from motcua.foundation.mandates.operations.giving import Terms, give_to_firm
from motcua.foundation.mandates.operations.sessions import open_session
from motcua.foundation.mandates.operations.telling import warn_of_ends
from motcua.foundation.mandates.queries import (
    agent_in,
    agents_of,
    clients_of,
    get_firm_for,
    reader_of,
)
from motcua.foundation.people.api import MemberRole, NoSuchEnterprise, end_membership
from motcua.foundation.people.tests.make import make_enterprise
from motcua.lib.actor import mandate_unit_id
from motcua.lib.errors import BadInput, NotAllowed

from .make import MONDAY, actor_of, add_to, make_citizen, make_firm, make_firm_mandate

pytestmark = pytest.mark.django_db
HA = ("Trần Thu Hà", "ha")


def test_a_client_authorises_a_firm_for_one_year_if_no_day_is_said() -> None:
    ha, de = make_citizen(*HA[:1], username=HA[1]), make_citizen()
    firm = make_firm(ha)

    mandate = give_to_firm(firm.tax_code, Terms(may_pay=True), by=actor_of(de), at=MONDAY)

    assert (mandate.valid_from, mandate.valid_to) == (date(2026, 3, 2), date(2027, 3, 1))
    assert [one.pk for one in clients_of(actor_of(ha), firm.tax_code, at=MONDAY)] == [mandate.pk]


def test_a_newer_authorisation_takes_the_place_of_the_older() -> None:
    ha, de = make_citizen("Trần Thu Hà", username="ha"), make_citizen()
    firm = make_firm(ha)
    old = give_to_firm(firm.tax_code, Terms(), by=actor_of(de), at=MONDAY)

    new = give_to_firm(firm.tax_code, Terms(may_pay=True), by=actor_of(de), at=MONDAY)

    old.refresh_from_db()
    assert (old.ended_because, new.ended_at) == (EndedBecause.REPLACED, None)


def test_a_member_acts_and_a_leaver_is_cut_off_in_the_middle() -> None:
    ha, binh = make_citizen("Trần Thu Hà", username="ha"), make_citizen("Lý Bình", username="binh")
    firm = make_firm(ha)
    role = add_to(firm, binh, MemberRole.STAFF)
    mandate = make_firm_mandate(firm, make_citizen())
    session = open_session(mandate.pk, by=actor_of(binh), at=MONDAY)
    assert agent_in(session.token, actor_of(binh), at=MONDAY) is not None

    end_membership(role.pk, by=actor_of(ha), at=MONDAY)

    assert agent_in(session.token, actor_of(binh), at=MONDAY) is None
    assert list(clients_of(actor_of(binh), firm.tax_code, at=MONDAY)) == []
    with pytest.raises(NoSuchMandate):
        get_firm_for(actor_of(binh), firm.tax_code, at=MONDAY)


def test_nobody_outside_the_firm_acts_for_its_clients() -> None:
    firm = make_firm(make_citizen("Trần Thu Hà", username="ha"))
    mandate = make_firm_mandate(firm, make_citizen())
    dung = actor_of(make_citizen("Cà Văn Dũng", username="dung"))

    with pytest.raises(NoSuchMandate):
        open_session(mandate.pk, by=dung, at=MONDAY)


@pytest.mark.parametrize(
    "changes",
    [
        {"valid_to": date(2026, 3, 1)},
        {"valid_from": date(2026, 3, 3)},
        {"ended_at": MONDAY, "ended_because": EndedBecause.TAKEN_BACK},
    ],
)
def test_a_mandate_counts_on_its_days_only(changes: dict[str, object]) -> None:
    ha = make_citizen("Trần Thu Hà", username="ha")
    firm = make_firm(ha)
    mandate = make_firm_mandate(firm, make_citizen(), **changes)

    with pytest.raises(NoSuchMandate):
        open_session(mandate.pk, by=actor_of(ha), at=MONDAY)


def test_the_client_s_death_or_closed_account_ends_it() -> None:
    ha, de = make_citizen("Trần Thu Hà", username="ha"), make_citizen()
    firm = make_firm(ha)
    mandate = make_firm_mandate(firm, de)
    session = open_session(mandate.pk, by=actor_of(ha), at=MONDAY)
    assert de.person is not None

    de.person.died_on = date(2026, 3, 1)
    de.person.save()

    assert agent_in(session.token, actor_of(ha), at=MONDAY) is None


def test_who_manages_a_body_authorises_for_it_and_nobody_else() -> None:
    ha, khanh = make_citizen("Trần Thu Hà", username="ha"), make_citizen("Khánh", username="khanh")
    firm = make_firm(ha)
    body = make_enterprise("Công ty Vận tải Khánh", tax_code="5699000014")
    terms = Terms(body_code=body.tax_code)

    with pytest.raises(NotAllowed):
        give_to_firm(firm.tax_code, terms, by=actor_of(khanh), at=MONDAY)
    add_to(body, khanh, MemberRole.MANAGER)
    mandate = give_to_firm(firm.tax_code, terms, by=actor_of(khanh), at=MONDAY)

    client = agent_in(
        open_session(mandate.pk, by=actor_of(ha), at=MONDAY).token, actor_of(ha), at=MONDAY
    )
    assert client is not None
    assert client.agent is not None
    assert (mandate.client_name, client.agent.body.tax_code) == (body.name, body.tax_code)  # type: ignore[union-attr]  # -- a body was named


@pytest.mark.parametrize(
    ("tax_code", "terms", "error"),
    [
        ("9999999999", Terms(), NoSuchEnterprise),
        ("0100109106", Terms(valid_to=date(2026, 3, 1)), BadInput),
        ("0100109106", Terms(body_code="0100109106"), (BadInput, NotAllowed)),
    ],
)
def test_odd_authorisations_are_refused(
    tax_code: str, terms: Terms, error: type[Exception]
) -> None:
    make_firm(make_citizen("Trần Thu Hà", username="ha"))

    with pytest.raises(error):
        give_to_firm(tax_code, terms, by=actor_of(make_citizen()), at=MONDAY)


def test_an_agent_hands_the_mandate_to_nobody() -> None:
    ha = make_citizen("Trần Thu Hà", username="ha")
    firm = make_firm(ha)
    mandate = make_firm_mandate(firm, make_citizen())
    token = open_session(mandate.pk, by=actor_of(ha), at=MONDAY).token
    client = agent_in(token, actor_of(ha), at=MONDAY)
    assert client is not None

    with pytest.raises(NotAllowed):
        give_to_firm(firm.tax_code, Terms(), by=client, at=MONDAY)


def test_lists_read_the_numbers_of_live_mandates_and_no_person() -> None:
    ha = make_citizen("Trần Thu Hà", username="ha")
    firm = make_firm(ha)
    live = make_firm_mandate(firm, make_citizen())
    make_firm_mandate(firm, make_citizen("Lò Lan", username="lan"), valid_to=date(2026, 3, 1))

    reader = reader_of(actor_of(ha), clients_of(actor_of(ha), firm.tax_code, at=MONDAY))

    assert reader.scope_ids == (mandate_unit_id(live.pk), 0)


def test_both_sides_are_warned_once_before_the_end() -> None:
    firm = make_firm(make_citizen("Trần Thu Hà", username="ha"))
    mandate = make_firm_mandate(firm, make_citizen(), valid_to=date(2026, 3, 16))

    found = [warn_of_ends(at=MONDAY + timedelta(days=day)) for day in (-1, 0, 1)]

    assert found == [0, 1, 0]
    assert MandateEntry.objects.get(mandate=mandate).word == "ending"


def test_all_who_work_for_a_firm_hear_of_its_clients() -> None:
    ha, binh = make_citizen("Trần Thu Hà", username="ha"), make_citizen("Lý Bình", username="binh")
    firm = make_firm(ha)
    add_to(firm, binh, MemberRole.STAFF)
    mandate = make_firm_mandate(firm, make_citizen())

    assert agents_of([mandate.pk], at=MONDAY) == {mandate.pk: sorted([ha.pk, binh.pk])}


def test_clients_cost_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ha = make_citizen("Trần Thu Hà", username="ha")
    firm = make_firm(ha)
    for number in range(3):
        make_firm_mandate(firm, make_citizen(f"Khách {number}", username=f"khach{number}"))

    with django_assert_num_queries(1):
        names = [one.client_name for one in clients_of(actor_of(ha), firm.tax_code, at=MONDAY)]

    assert (len(names), Mandate.objects.count()) == (3, 3)
