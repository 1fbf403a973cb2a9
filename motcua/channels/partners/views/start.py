"""What a partner sees first: its contracts, and what waits for it."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from motcua.casework.contracts import api as contracts
from motcua.casework.contracts.api import Stage
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import ParcelState
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.partners.frame import TONES, channels_of, for_partners, page
from motcua.lib.clock import local_day, now

_ANSWERED = frozenset({Stage.SETTLED, Stage.DISPUTED})


@require_GET
@for_partners()
def start(request: ActorRequest) -> HttpResponse:
    """List the partner's contracts, months to answer, parcels on their way."""
    on = local_day(now())
    actor = request.actor
    has_cod = contracts.PaidBy.COD in channels_of(actor)
    sent = payments.parcels_of_partner(actor, on, state=ParcelState.SENT) if has_cod else []
    held = payments.parcels_of_partner(actor, on, waits_for_hand_in=True) if has_cod else []
    months = contracts.settlements_of_partner(actor, on)
    context = {
        "title": "Hợp đồng thu hộ",
        "rows": [
            (one, one.row.standing(on).label, TONES[one.row.standing(on)])
            for one in contracts.contracts_of_partner(actor, on)
        ],
        "waiting": [one for one in months if one.stage not in _ANSWERED],
        "has_cod": has_cod,
        "sent": len(sent),
        "held_vnd": sum(one.amount_vnd for one in held),
    }
    return page(request, "start", context, current="start")


@require_GET
@for_partners()
def contract(request: ActorRequest, code: str) -> HttpResponse:
    """Show one contract: days, channels, agencies, prices, accounts, delegated receipts."""
    on = local_day(now())
    shown = contracts.get_contract_of_partner(code, request.actor, on)
    standing = shown.row.standing(on)
    context = {
        "title": f"Hợp đồng {shown.row.number}",
        "shown": shown,
        "row": shown.row,
        "standing": (standing.label, TONES[standing]),
    }
    return page(request, "contract", context, current="start")
