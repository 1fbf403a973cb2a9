"""Through the interface: who acts for me, for whom I act, and that it ends at once."""

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import Commune, make_filed
from motcua.foundation.identity.api import Account
from motcua.foundation.mandates import api as mandates
from motcua.foundation.mandates.tests.make import (
    actor_of,
    make_citizen,
    make_firm,
    make_firm_mandate,
    make_helper,
    make_household,
)
from motcua.lib.clock import now

from .test_interface import Caller, caller, commune  # noqa: F401 -- fixtures

pytestmark = pytest.mark.django_db


def test_a_client_reads_and_takes_back(caller: Caller) -> None:  # noqa: F811 -- the fixture
    de = make_citizen()
    helped = make_household(make_helper(), de)
    firm = make_firm_mandate(make_firm(make_citizen("Trần Thu Hà", username="ha")), de)
    caller.speak_as(actor_of(de))

    before = caller.get("/mandates").json()
    left = caller.post(f"/mandates/{helped.pk}/take-back")
    again = caller.post(f"/mandates/{helped.pk}/take-back")
    lines = caller.get("/mandates/history").json()

    assert {one["agent_name"] for one in before} == {"Sùng A Páo", "Công ty Dịch vụ Him Lam"}
    assert [one["number"] for one in left.json()] == [firm.pk]
    assert again.status_code == 404
    assert [(one["word"], one["mandate_number"]) for one in lines] == [("taken_back", helped.pk)]
    assert caller.get(f"/mandates/history?before={lines[0]['number']}").json() == []


def test_who_acts_reads_clients_and_what_was_filed_and_takes_nothing_back(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811 -- the fixture
) -> None:
    ha = make_citizen("Trần Thu Hà", username="ha")
    firm = make_firm(ha)
    de, lan = make_citizen(), make_citizen("Lò Lan", username="lan")
    mine, other = make_firm_mandate(firm, de), make_firm_mandate(firm, lan)
    submitter = dossiers.SubmitterIn(
        name="Trần Thu Hà", account_id=de.pk, mandate_id=mine.pk, authority=dossiers.Authority.AGENT
    )
    code = make_filed(commune, submitter=submitter)
    make_filed(commune)
    caller.speak_as(actor_of(ha))

    page = f"/mandates/held?tax_code={firm.tax_code}"
    clients = caller.get(page).json()
    filed = [
        [one["code"] for one in caller.get(f"/mandates/held/dossiers?{query}").json()["rows"]]
        for query in (
            f"tax_code={firm.tax_code}",
            f"tax_code={firm.tax_code}&number={other.pk}",
            "",
        )
    ]

    assert {one["client_name"] for one in clients} == {"Giàng A Dế", "Lò Lan"}
    assert filed == [[code], [], []]
    assert caller.post(f"/mandates/{mine.pk}/take-back").status_code == 404
    caller.speak_as(actor_of(lan))
    assert caller.get(page).status_code == 404


def test_a_helper_reads_the_own_households(caller: Caller) -> None:  # noqa: F811 -- the fixture
    helper = make_helper()
    make_household(helper, make_citizen())
    caller.speak_as(actor_of(helper.account))

    (row,) = caller.get("/mandates/held").json()

    assert (row["client_name"], row["kind"]) == ("Giàng A Dế", "help")
    mandates.take_back(row["number"], by=actor_of(_client()), at=now())
    assert caller.get("/mandates/held").json() == []


def _client() -> Account:
    return mandates.Mandate.objects.get().principal
