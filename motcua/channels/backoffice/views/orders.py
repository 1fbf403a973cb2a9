"""Orders of payment: found by code, dossier or name; one with its whole story."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.casework.cashbook import api as cashbook
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Order, OrderFilter, OrderState
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import holds, needs
from motcua.channels.kit.days import read_day
from motcua.channels.kit.orders import tone_of
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.lib.text import whole_number


@require_GET
@needs(Power.READ_PAYMENTS)
def orders(request: ActorRequest) -> HttpResponse:
    """Find orders, the newest first; who sees all of them sees notices that belong to none.

    Costs: two statements.
    """
    asked = request.GET
    state = asked.get("trang-thai", "")
    wanted = OrderFilter(
        words=asked.get("q", "")[:200],
        state=state if state in OrderState.values else "",
        since=_day(asked.get("tu", "")),
        until=_day(asked.get("den", "")),
        before=whole_number(asked.get("truoc", "")),
    )
    sees_all = holds(request.actor, Power.READ_PAYMENTS, everywhere=True)
    found = payments.orders_for(request.actor, wanted)
    shown, more = found[: payments.PAGE], found[payments.PAGE :]
    query = {key: value for key, value in asked.items() if key != "truoc" and value}
    following = reverse("backoffice:orders", query={**query, "truoc": shown[-1].pk}) if more else ""
    context = {
        "title": "Đơn nộp tiền",
        "rows": [(one, tone_of(one)) for one in shown],
        "words": wanted.words,
        "state": wanted.state,
        "since": asked.get("tu", ""),
        "until": asked.get("den", ""),
        "states": [("", "Mọi tình trạng"), *OrderState.choices],
        "next": following,
        "odd": payments.odd_notices(most=20) if sees_all else [],
    }
    return page(request, "orders", context, current="orders")


def _day(typed: str) -> date | None:
    """Return a day as written; what is no day does not narrow the search."""
    try:
        return read_day(typed)
    except ValidationError:
        return None


@require_GET
@needs(Power.READ_PAYMENTS)
def order(request: ActorRequest, code: str) -> HttpResponse:
    """Show one order: what was asked, tried, told, paid, booked and given back."""
    found = payments.get_order_for(request.actor, code)
    whole = payments.whole_order(found)
    context = {
        "title": f"Đơn nộp tiền {code}",
        "whole": whole,
        "order": found,
        "lines": whole.lines,
        "tone": tone_of(found),
        "says": payments.explain_order(whole),
        "entries": entries_of(found),
        "history": [
            {
                "title": move.get_act_display(),
                "who": move.by_name,
                "at": move.at,
                "text": move.words,
            }
            for move in whole.moves
        ],
    }
    return page(request, "order", context, current="orders")


def entries_of(found: Order) -> list[dict[str, Any]]:
    """Return what the ledger says of an order."""
    return [
        {
            "on": one.entry.on,
            "words": one.entry.words,
            "legs": [(leg.kind.label, leg.detail, leg.amount_vnd) for leg in one.legs],
        }
        for one in cashbook.entries_of(f"order:{found.code}")
    ]
