from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.foundation.access.api import Power
from motcua.foundation.access.tests.make import make_actor
from motcua.foundation.clients import api as clients
from motcua.foundation.clients.api import ClientIn, Scope
from motcua.foundation.clients.models import Client, ClientKey
from motcua.foundation.identity.tests.make import make_account, make_officer_account
from motcua.foundation.organisation.api import Agency, PostRole
from motcua.foundation.organisation.tests.make import make_agency, make_post, root_of
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI
from motcua.lib.errors import BadInput, NotAllowed

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=HANOI)
QUAN = Actor(id=900, name="Quản", province_powers=frozenset({Power.ADMINISTER_IDENTITY}))
GIVEN = ClientIn(
    name="Cổng ngành Tư pháp",
    contact="Ông Dũng, 0912 000 111",
    username="may-tu-phap",
    scopes=[Scope.READ, Scope.DESK],
    valid_to=date(2026, 12, 31),
)


@pytest.fixture
def commune() -> Agency:
    agency = make_agency("H18.101", "UBND xã Mường Phăng")
    account = make_officer_account("Máy Tư pháp", username="may-tu-phap")
    make_post(root_of(agency), PostRole.AGENCY_LEADER, holder=account.officer)
    return agency


def calls(key: str, *, address: str = "203.0.113.9", at: datetime = AT) -> clients.Caller | None:
    return clients.caller_with(key, address=address, at=at)


def registered(given: ClientIn = GIVEN) -> tuple[Client, str]:
    return clients.register_client(given, by=QUAN, at=AT)


@pytest.mark.usefixtures("commune")
def test_a_key_is_kept_as_a_hash_and_opens_with_one_statement() -> None:
    client, key = registered()

    calls(key)
    with work.metered() as meter:
        found = calls(key)

    kept = ClientKey.objects.get(client=client)
    assert found is not None
    assert (found.client_id, found.scopes) == (client.pk, frozenset({Scope.READ, Scope.DESK}))
    assert (key in kept.digest, kept.hint, kept.seen_at) == (False, key[-4:], AT)
    assert meter.statements == 1


def test_powers_are_those_of_the_post_and_of_the_scopes(commune: Agency) -> None:
    _, key = registered(replace(GIVEN, scopes=[Scope.READ, Scope.LEAD]))

    found = calls(key)

    assert found is not None
    unit = root_of(commune).pk
    wanted = (Power.STOP_DOSSIERS, Power.APPROVE_DOSSIERS, Power.RECEIVE_DOSSIERS)
    assert [found.actor.can(power, unit_id=unit) for power in wanted] == [True, False, False]
    assert (found.actor.name, found.actor.on_behalf_of) == ("Cổng ngành Tư pháp", "Máy Tư pháp")


@pytest.mark.usefixtures("commune")
def test_an_application_sees_only_the_agencies_named() -> None:
    make_agency("H18.102", "UBND xã Nà Tấu")
    _, key = registered(replace(GIVEN, agency_codes=["H18.102"]))

    found = calls(key)

    assert found is not None
    assert (found.actor.unit_ids, dict(found.actor.powers)) == ((), {})


@pytest.mark.parametrize(
    ("networks", "address", "opens"),
    [
        ([], "198.51.100.7", True),
        (["203.0.113.0/24"], "203.0.113.9", True),
        (["203.0.113.0/24"], "198.51.100.7", False),
        (["2001:db8::/32"], "2001:db8::1", True),
        (["203.0.113.0/24"], "no address", False),
    ],
)
@pytest.mark.usefixtures("commune")
def test_a_key_opens_only_from_its_networks(
    networks: list[str], address: str, opens: object
) -> None:
    _, key = registered(replace(GIVEN, networks=networks))

    assert (calls(key, address=address) is not None) == opens


@pytest.mark.usefixtures("commune")
def test_a_key_that_gave_way_already_ends_with_the_next_change() -> None:
    client, first = registered()
    second = clients.change_key(client.pk, overlap=timedelta(days=30), by=QUAN, at=AT)
    third = clients.change_key(client.pk, overlap=timedelta(0), by=QUAN, at=AT)

    assert [calls(key) is not None for key in (first, second, third)] == [False, False, True]


@pytest.mark.usefixtures("commune")
def test_both_keys_hold_while_one_gives_way() -> None:
    client, old = registered()
    new = clients.change_key(client.pk, overlap=timedelta(days=2), by=QUAN, at=AT)

    later = [AT + timedelta(days=1), AT + timedelta(days=3)]

    assert [calls(old, at=at) is not None for at in later] == [True, False]
    assert [calls(new, at=at) is not None for at in later] == [True, True]


@pytest.mark.usefixtures("commune")
def test_an_ended_application_is_out_at_once() -> None:
    client, key = registered()

    clients.end_client(client.pk, "Hết hợp đồng", by=QUAN, at=AT)

    assert calls(key) is None
    with pytest.raises(clients.ClientEnded):
        clients.change_key(client.pk, overlap=timedelta(0), by=QUAN, at=AT)


@pytest.mark.usefixtures("commune")
def test_a_change_counts_from_the_next_request_and_the_last_day_is_the_last() -> None:
    client, key = registered()
    calls(key)
    clients.change_client(client.pk, replace(GIVEN, scopes=[Scope.FIGURES]), by=QUAN, at=AT)

    found = calls(key)

    assert found is not None
    assert found.scopes == {Scope.FIGURES}
    assert calls(key, at=datetime(2027, 1, 1, 0, 0, tzinfo=HANOI)) is None


@pytest.mark.parametrize(
    "change",
    [
        {"scopes": []},
        {"scopes": [Scope.DECIDE]},
        {"valid_to": date(2026, 3, 1)},
        {"valid_to": date(2029, 1, 1)},
        {"username": "nobody"},
        {"networks": ["everywhere"]},
        {"agency_codes": ["H18.999"]},
        {"name": " "},
    ],
)
@pytest.mark.usefixtures("commune")
def test_what_cannot_be_given_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        registered(replace(GIVEN, **change))  # type: ignore[arg-type]  # -- wrong values on purpose


@pytest.mark.usefixtures("commune")
def test_a_citizens_account_is_no_post() -> None:
    make_account(username="lan")

    with pytest.raises(BadInput):
        registered(replace(GIVEN, username="lan"))


@pytest.mark.usefixtures("commune")
def test_only_who_administers_the_account_registers_an_application() -> None:
    with pytest.raises(NotAllowed):
        clients.register_client(GIVEN, by=make_actor(account_id=77), at=AT)


@pytest.mark.usefixtures("commune")
def test_there_is_one_lasting_key() -> None:
    client, _ = registered()

    with pytest.raises(IntegrityError), transaction.atomic():
        client.keys.create(digest="x", hint="x", made_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Client.objects.filter(pk=client.pk).update(scopes=[])
