"""The demo's accounts for fees: one for each agency that takes money, at a bank that is played."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from motcua.casework.payments import api as payments
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.vietqr import bank_name, without_tones
from simulators.bank import BANK
from simulators.ports import port_in

FIRST_DAY = date(2025, 7, 1)
FIRST_ACCOUNT = 3_800_201_000_001
_LONGEST_NAME = 60


def open_accounts(*, by: Actor, at: datetime) -> int:
    """Give each agency with a desk its account, if it has none; return how many were missing."""
    known = set(payments.Beneficiary.objects.values_list("agency_id", flat=True))
    tree = organisation.tree()
    takers = sorted({one.agency_id for one in tree.desks()}, key=lambda one: tree.agency(one).code)
    missing = [(n, one) for n, one in enumerate(takers) if one not in known]
    for number, agency_id in missing:
        given = payments.BeneficiaryIn(
            agency_id=agency_id,
            bank_bin=BANK,
            bank_name=f"{bank_name(BANK)} (minh họa)",
            number=f"{FIRST_ACCOUNT + number}",
            name=without_tones(tree.agency(agency_id).name).upper()[:_LONGEST_NAME],
            valid_from=FIRST_DAY,
        )
        payments.save_beneficiary(given, by=by, at=at)
    return len(missing)


def address_of(name: str) -> str:
    """Return where a play of those who take money is, if it has a place yet."""
    folder = Path(settings.HOME) / "var" / name
    return f"http://127.0.0.1:{port_in(folder)}/" if (folder / "port").exists() else ""
