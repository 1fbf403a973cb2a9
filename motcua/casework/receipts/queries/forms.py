"""Forms, collecting bodies, delegations and series."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db.models import F

from motcua.casework.contracts import api as contracts
from motcua.casework.receipts.errors import BadSeries, NotTakenOver
from motcua.casework.receipts.models import CollectingBody, Delegation, ReceiptForm, Series
from motcua.casework.receipts.rules.forms import FormRule
from motcua.lib.clock import local_day
from motcua.lib.dated import holding_on


def form_rules() -> Sequence[FormRule]:
    """Return all forms there are and were. Costs: one query."""
    return [row.rule for row in ReceiptForm.objects.order_by("valid_from", "code")]


def body_of(agency_id: int, on: date) -> CollectingBody | None:
    """Return what receipts say of an agency that day. Costs: one query."""
    return CollectingBody.objects.filter(holding_on(on), agency_id=agency_id).first()


def delegation_for(agency_id: int, channel: str, on: date) -> Delegation | None:
    """Return who issues for the agency what comes by a channel. Costs: one query."""
    found = Delegation.objects.filter(holding_on(on), agency_id=agency_id, channel=channel)
    return found.first()


def delegation_due(agency_id: int, channel: str, on: date) -> Delegation | None:
    """Return who issues, as the contract with who collects by the channel says.

    A delegation taken over from a contract that ended, is paused or delegates no more does not
    count; one typed in (cash, or a contract kept elsewhere) counts by its own days.

    Raises: NotTakenOver while the contract's delegation has no range of numbers here.
    Costs: two queries.
    """
    known = delegation_for(agency_id, channel, on)
    told = contracts.delegate_of(channel, agency_id, on)
    if told is None:
        return None if known is None or known.contract_code else known
    if known is not None and told.contract_number == known.contract_number:
        return known
    raise NotTakenOver(
        f"Hợp đồng {told.contract_number} ủy nhiệm {told.name} lập biên lai từ"
        f" {told.since:%d/%m/%Y}; hãy ghi ủy nhiệm theo hợp đồng và mở dãy số riêng ở “Dãy biên"
        " lai”."
    )


def series_of(agency_ids: Collection[int] | None, *, year: int) -> Sequence[Series]:
    """Return the series of these agencies (None: of all) in a year. Costs: one query."""
    rows = Series.objects.filter(year=year).select_related("agency", "delegation")
    if agency_ids is not None:
        rows = rows.filter(agency_id__in=agency_ids)
    return list(rows.order_by("agency__name", "kind", "id"))


def get_series(series_id: int) -> Series:
    """Return a series. Raises: BadSeries."""
    found = Series.objects.select_related("agency", "delegation").filter(pk=series_id).first()
    if found is None:
        raise BadSeries("Không có dãy biên lai này.")
    return found


def low_series(agency_ids: Collection[int] | None, at: datetime) -> Sequence[Series]:
    """Return the series of this year that will soon be used up. Costs: one query."""
    return [one for one in series_of(agency_ids, year=local_day(at).year) if one.is_low]


def bodies_of(agency_ids: Collection[int] | None) -> Sequence[CollectingBody]:
    """Return what receipts say of agencies, the newest first. Costs: one query."""
    rows = CollectingBody.objects.select_related("agency")
    if agency_ids is not None:
        rows = rows.filter(agency_id__in=agency_ids)
    return list(rows.order_by("agency__name", F("valid_from").desc()))


def delegations_of(agency_ids: Collection[int] | None) -> Sequence[Delegation]:
    """Return who issues in the name of agencies. Costs: one query."""
    rows = Delegation.objects.select_related("agency")
    if agency_ids is not None:
        rows = rows.filter(agency_id__in=agency_ids)
    return list(rows.order_by("agency__name", F("valid_from").desc()))
