"""Who collects in the demo province, and the numbers of their receipts of this year."""

from dataclasses import replace
from datetime import date, datetime

from motcua.casework.receipts import api as receipts
from motcua.casework.receipts.api import BodyIn, ReceiptKind, SeriesIn
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyKind
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

FORM, OLDER_FORM, CHANGED_ON = "EBL01", "01BLP0-001", date(2026, 7, 1)
LETTERS = {ReceiptKind.FEE: "AA", ReceiptKind.CHARGE: "AB"}
COLLECTING = frozenset(
    {
        AgencyKind.PROVINCE_COMMITTEE,
        AgencyKind.COMMUNE_COMMITTEE,
        AgencyKind.DEPARTMENT,
        AgencyKind.OFFICE,
        AgencyKind.CENTRE,
    }
)
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_ELEVEN, _TEN = 11, 10
_HALF = 500_000


def register_receipts(*, by: Actor, at: datetime) -> int:
    """Register every agency that may collect; return how many were new.

    Costs: two queries, and some ten statements for each new one.
    """
    today = local_day(at)
    keeper = replace(by, province_powers=by.province_powers | {Power.KEEP_RECEIPTS})
    known = {one.agency_id for one in receipts.bodies_of(None)}
    new = [
        one
        for one in organisation.tree().agencies()
        if one.is_living and one.kind in COLLECTING and one.id not in known
    ]
    for one in new:
        head = f"Trụ sở {one.name}"
        first = date(today.year, 1, 1)
        receipts.set_body(BodyIn(one.id, one.name, tax_code(one.id), head, first), by=keeper, at=at)
        for kind, letters in LETTERS.items():
            is_new = today >= CHANGED_ON
            symbol = f"{today:%y}T{letters}" if is_new else f"{letters}-{today:%y}T"
            form = FORM if is_new else OLDER_FORM
            series = SeriesIn(one.id, kind, form, symbol, today.year)
            receipts.open_series(series, by=keeper, at=at)
    return len(new)


def tax_code(number: int) -> str:
    """Return a tax code that nobody has, with its check digit."""
    while True:
        digits = f"999{number % 1_000_000:06d}"
        weighed = sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=True))
        check = _TEN - weighed % _ELEVEN
        if 0 <= check < _TEN:
            return f"{digits}{check}"
        number += _HALF
