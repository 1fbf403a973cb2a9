"""Contracts ask what was collected, when a month is settled; what it costs is booked then."""

from typing import Any, cast

from motcua.casework.contracts import api as contracts
from motcua.foundation.outbox import api as outbox

from .operations.partner_costs import MonthCost, follow_month
from .queries.collected import collected_between

contracts.ask_for_payments(collected_between)


@outbox.delivery(
    "payments.partner_cost",
    contracts.MonthSettled.topic,
    contracts.MonthReopened.topic,
    ordered=True,
)
def costs_follow_agreement(fact: outbox.ReadFact) -> None:
    """Book what a settled month costs each agency; reverse it when the month is reopened."""
    told = cast("dict[str, Any]", fact.payload)
    month = MonthCost(
        str(told["code"]),
        str(told["partner"]),
        str(told["month"]),
        int(told["round"]),
        tuple((int(agency_id), int(cost)) for agency_id, cost in told["costs"]),
    )
    follow_month(month, is_settled=fact.topic == contracts.MonthSettled.topic, at=fact.at)
