"""Who filed a dossier reads what is theirs of it, and nothing that passes between officers."""

from typing import Any

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import (
    LAN,
    MONDAY,
    Commune,
    make_received,
    make_resolved,
)

from .test_interface import Caller, caller, commune  # noqa: F401 -- fixtures

pytestmark = pytest.mark.django_db
STEP, SECRET = "tham-dinh", "Ý kiến chỉ giữa cán bộ với nhau"


@pytest.fixture
def code(commune: Commune) -> str:  # noqa: F811 -- the fixture
    """Return a dossier about which officers have talked, with a draft nobody has signed."""
    code = make_received(commune)
    mai = commune.mai
    dossiers.assign_step(
        code, STEP, to_id=mai.id, to_name=mai.name, by=commune.hoa, at=MONDAY, note=SECRET
    )
    due_at = MONDAY.replace(day=3)
    dossiers.consult(
        code, question=SECRET, unit_id=commune.desk_id, due_at=due_at, by=mai, at=MONDAY
    )
    dossiers.write_message(code, "Xin bổ sung số điện thoại.", by=mai, at=MONDAY)
    proposal = dossiers.Proposal(dossiers.OutcomeKind.REFUSED, SECRET)
    dossiers.draft_outcome(code, STEP, proposal, comment=SECRET, by=mai, at=MONDAY)
    return code


def test_an_applicant_reads_nothing_that_passes_between_officers(
    caller: Caller,  # noqa: F811 -- the fixture
    code: str,
    commune: Commune,  # noqa: F811 -- the fixture
) -> None:
    caller.speak_as(LAN)
    answer = caller.get(f"/dossiers/{code}")
    whole = answer.json()

    said = answer.content.decode()
    names = [one.name for one in (commune.binh, commune.mai, commune.hoa)]
    assert [word for word in (SECRET, *names) if word in said] == []
    assert (whole["outcomes"], whole["consultations"], whole["flags"]) == ([], [], [])
    assert [one["text"] for one in whole["messages"]] == ["Xin bổ sung số điện thoại."]
    assert "assign" not in [one["act"] for one in whole["moves"]]


def test_an_officer_reads_it_all(
    caller: Caller,  # noqa: F811 -- the fixture
    code: str,
    commune: Commune,  # noqa: F811 -- the fixture
) -> None:
    caller.speak_as(commune.mai)
    whole = caller.get(f"/dossiers/{code}").json()

    assert [one["question"] for one in whole["consultations"]] == [SECRET]
    assert (whole["outcomes"][0]["kind"], whole["messages"][0]["by_name"]) == (
        "refused",
        commune.mai.name,
    )


def test_the_sheet_that_goes_between_officers_is_not_the_applicants(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811 -- the fixture
) -> None:
    code = make_resolved(commune)
    found = {}
    for who in (LAN, commune.mai):
        caller.speak_as(who)
        answers: list[Any] = [
            caller.get(f"/dossiers/{code}/issued/{form}") for form in ("01", "06")
        ]
        found[who.id] = [one.status_code for one in answers]

    assert found == {LAN.id: [200, 404], commune.mai.id: [200, 200]}
