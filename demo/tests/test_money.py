"""The demo's money: cash days counted, every way of paying used, and a day that does not agree."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from demo import accounts, contracts, paying, present
from demo import receipts as demo_receipts
from demo.cast import Cast, founder, gather
from demo.catalogue import EXTRACTS
from demo.collected import collect
from demo.present import Scene, Stage, set_scenes
from demo.till import DAYS, keeper, live_cash_days, notes_of
from motcua.casework.cashbook import api as cashbook
from motcua.casework.payments import api as payments
from motcua.casework.receipts import api as receipts
from motcua.casework.reconciliation import api as reconciliation
from motcua.lib.clock import HANOI
from simulators.gateway import secrets_at
from simulators.paying_door import tell_secrets

EVERY = reconciliation.MismatchFilter()
NOW = datetime(2026, 9, 22, 10, 0, tzinfo=HANOI)


@pytest.fixture(scope="module")
def players(small_cast: Cast) -> Cast:
    """Return everybody, with accounts, contracts, receipts, and dossiers that cost something."""
    assert small_cast.seats
    by = founder()
    accounts.open_accounts(by=by, at=NOW)
    contracts.sign_contracts(by=by, at=NOW)
    demo_receipts.register_receipts(by=by, at=NOW)
    paying.open_accounts(by=by, at=NOW)
    found = gather(NOW)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(present, "SCENES", [Scene(EXTRACTS, Stage.FILED, 2) for _ in range(14)])
        list(set_scenes(found, NOW))
    return found


def test_cash_days_are_lived_once_and_one_is_forgotten(players: Cast) -> None:
    lived = (live_cash_days(players, NOW), live_cash_days(players, NOW))

    ward, forgetful = (players.at_post(post).unit_ids[0] for post in ("H18.101-02", "H18.135-02"))
    agency = players.at_post("H18.101.TV-01").agency_id or 0
    assert lived == (DAYS, 0)
    assert len(cashbook.desk_closings(ward)) == DAYS
    assert cashbook.desk_closings(forgetful) == []
    assert [one.amount_vnd for one in cashbook.differences_of(agency)] == [-1_000]
    assert sorted(one.state for one in cashbook.deposits_of_unit(ward)) == ["done", "on_the_way"]
    assert cashbook.out_of_balance() == []


def test_yesterday_s_money_came_by_every_way_and_does_not_all_agree(
    players: Cast, settings: Settings, tmp_path: Path
) -> None:
    settings.PAYMENT_SECRETS_FILE = str(tmp_path / "secrets.json")
    tell_secrets(tmp_path / "secrets.json", secrets_at("http://127.0.0.1:9"))

    asked = (collect(players, NOW) > 0, collect(players, NOW))

    thom = keeper(players, NOW)
    kinds = Counter(one.kind for one in reconciliation.mismatches_for(thom, EVERY))
    states = Counter(payments.Order.objects.filter(is_typed=False).values_list("state", flat=True))
    ways = set(payments.Payment.objects.values_list("channel", flat=True))
    refunds = [one.state for one in payments.refunds_for(thom)]
    assert asked == (True, 0)
    assert kinds == {"missing_here": 2, "missing_there": 1, "amount_differs": 1, "doubled": 1}
    assert (states["overpaid"], states["partly"], states["open"] > 0) == (2, 1, True)
    assert ways >= {"transfer", "vnpay", "vnpt_pay", "national"}
    assert refunds == ["asked"] * 3
    assert receipts.living_receipts_of([one.code for one in payments.Order.objects.all()])


def test_an_amount_is_made_of_as_few_notes_as_can_be() -> None:
    assert notes_of(137_500) == {100_000: 1, 20_000: 1, 10_000: 1, 5_000: 1, 2_000: 1, 500: 1}
