"""Through the interface: who is away, reasons of the library, councils, papers used again."""

from datetime import timedelta

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import LAN, MONDAY, Commune, make_commune, make_received
from motcua.casework.procedures.tests.make import TEXT, make_procedure
from motcua.casework.reasons.tests.make import make_reason
from motcua.foundation.access.api import Power
from motcua.foundation.access.tests.make import make_actor
from motcua.foundation.identity.api import Account
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_post
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now

from .test_interface import FILING, Caller, caller, commune  # noqa: F401 -- fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def thu(commune: Commune) -> Account:  # noqa: F811 -- the fixture
    """Who handles with the justice officers of the commune."""
    account = make_officer_account("Cà Thị Thu", username="thu")
    unit = Unit.objects.get(pk=commune.justice_id)
    make_post(unit, PostRole.HANDLER, holder=account.officer)
    return account


@pytest.fixture
def head(commune: Commune) -> Actor:  # noqa: F811 -- the fixture
    return make_actor(Power.ARRANGE_DESKS, account_id=7_001, unit_ids=[commune.justice_id])


def typed(account: Account) -> dict[str, object]:
    day = local_day(now())
    return {
        "username": account.username,
        "kind": "sick",
        "valid_from": f"{day}",
        "valid_to": f"{day + timedelta(days=2)}",
        "note": "Mổ ruột thừa",
    }


def test_a_head_notes_who_is_away_and_that_he_is_back(
    caller: Caller,  # noqa: F811 -- the fixture
    thu: Account,
    head: Actor,
) -> None:
    caller.speak_as(head)

    made = caller.post("/absences", typed(thu))
    again = caller.post("/absences", typed(thu))
    rows = caller.get("/absences?unit_code=H18.101.TP").json()
    ended = caller.post(f"/absences/{made.json()['number']}/end").json()

    assert (made.status_code, again.status_code) == (201, 422)
    assert [(one["name"], one["note"]) for one in rows] == [("Cà Thị Thu", "Mổ ruột thừa")]
    assert ended["ended_at"] is not None


def test_why_somebody_is_away_is_for_the_head_alone(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811 -- the fixture
    thu: Account,
    head: Actor,
) -> None:
    caller.speak_as(head)
    number = caller.post("/absences", typed(thu)).json()["number"]
    for other in (commune.mai, LAN, commune.binh):
        caller.speak_as(other)

        assert caller.get("/absences?unit_code=H18.101.TP").status_code == 403
        assert caller.post(f"/absences/{number}/end").status_code == 404
        assert caller.post("/absences", typed(thu)).status_code == 403


def test_what_the_library_offers_for_a_dossier_is_for_officers(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811 -- the fixture
) -> None:
    make_reason("Thiếu chữ ký", "Hồ sơ {ma_ho_so} cần chữ ký.")
    code = make_received(commune)
    caller.speak_as(commune.mai)

    (offered,) = caller.get(f"/dossiers/{code}/reasons?kind=supplement").json()
    other_kind = caller.get(f"/dossiers/{code}/reasons?kind=refusal").json()
    odd = caller.get(f"/dossiers/{code}/reasons?kind=x").status_code
    caller.speak_as(LAN)

    assert (offered["words"], offered["legal_basis"]) == (f"Hồ sơ {code} cần chữ ký.", "Điều 5")
    assert (other_kind, odd) == ([], 422)
    assert caller.get(f"/dossiers/{code}/reasons?kind=supplement").status_code == 403


def test_which_reasons_occur_is_seen_of_the_own_agency_only(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811 -- the fixture
) -> None:
    make_reason("Thiếu chữ ký", "Cần chữ ký.")
    make_received(commune)
    reader = make_actor(Power.EXPORT_DOSSIERS, account_id=7_002, unit_ids=[commune.root_id])
    page = "/reports/reasons?first=2026-01-01&last=2026-06-30"
    caller.speak_as(reader)
    whole = caller.get(page)
    elsewhere = caller.get(f"{page}&agency_code=H18").status_code
    long = caller.get("/reports/reasons?first=2020-01-01&last=2026-06-30").status_code
    caller.speak_as(commune.mai)

    assert (whole.status_code, whole.json(), long) == (200, [], 422)
    assert elsewhere in (403, 422)
    assert caller.get(page).status_code == 403


def test_a_council_is_called_and_its_members_vote(caller: Caller) -> None:  # noqa: F811 -- the fixture
    make_procedure(text=TEXT.replace("name: Thẩm định,", "name: Họp, kind: council,"))
    here = make_commune()
    code = make_received(here)
    caller.speak_as(here.mai)
    seats = [
        {"role": "chair", "name": "Vì Văn Một"},
        {"role": "secretary", "name": "Lò Thị Hai", "title": "Công chức tư pháp"},
    ]
    when = f"{now() + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"
    body = {"planned_at": when, "place": "Trụ sở", "seats": seats}

    called = caller.post(f"/dossiers/{code}/meetings", body)
    (meeting,) = caller.get(f"/dossiers/{code}/meetings").json()
    came = [{"seq": one["seq"], "is_present": True} for one in meeting["seats"]]
    early = caller.post(
        f"/dossiers/{code}/meetings/{meeting['seq']}/minutes", {"came": came, "minutes": "Đã bàn."}
    )
    no_chair = caller.post(f"/dossiers/{code}/meetings", body | {"seats": seats[1:]})

    assert called.status_code == 200
    assert [(one["role"], one["name"]) for one in meeting["seats"]] == [
        ("chair", "Vì Văn Một"),
        ("secretary", "Lò Thị Hai"),
    ]
    assert early.status_code == 422
    assert no_chair.status_code in (409, 422)
    caller.speak_as(LAN)
    assert caller.get(f"/dossiers/{code}/meetings").status_code == 403


def test_nothing_is_at_hand_before_anything_was_handed_in(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811, ARG001 -- the commune is there
) -> None:
    caller.speak_as(LAN)
    token = dossiers.begin_draft("1.004873", by=LAN, at=MONDAY).token

    assert caller.get(f"/drafts/{token}/at-hand").json() == []
    odd = caller.post(f"/drafts/{token}/reuse", {"spec_code": "to-khai", "key": "giay.1.X"})
    assert odd.status_code == 422
