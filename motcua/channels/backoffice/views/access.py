"""Standing in for a post, and who holds which power where."""

from datetime import date, datetime

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.doing import done
from motcua.channels.backoffice.forms.accounts import DelegationForm
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import needs, units_of
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now

ROWS = 100


@require_GET
@needs(Power.ADMINISTER_IDENTITY)
def delegations(request: ActorRequest) -> HttpResponse:
    """List who stands in for whom, today and later.

    Costs: three statements.
    """
    today = local_day(now())
    units = units_of(request.actor, Power.ADMINISTER_IDENTITY)
    found = access.delegations_since(today, unit_ids=units)
    seats = organisation.seats_of_units({one.post.unit_id for one in found}, today)
    holders = {seat.post_id: seat.officer_name for seat in seats}
    context = {
        "title": "Ủy quyền",
        "delegations": [
            (one, *standing(one, today), holders.get(one.post_id, "")) for one in found
        ],
    }
    return page(request, "delegations", context, current="delegations")


def standing(one: access.Delegation, today: date) -> tuple[str, str]:
    """Return the word and tone of how a delegation stands."""
    if one.revoked_at is not None:
        return "Đã thu hồi", "neutral"
    return ("Sắp đến", "info") if one.valid_from > today else ("Đang hiệu lực", "ok")


@asks(Power.ADMINISTER_IDENTITY)
def delegate(request: ActorRequest) -> HttpResponse:
    """Let an officer stand in for a post."""
    initial = {"post": request.GET.get("vi-tri", "")}
    form = DelegationForm(request.POST or None, initial=initial)

    def act(at: datetime) -> str:
        access.delegate_post(form.facts(), by=request.actor, at=at)
        return reverse("backoffice:delegations")

    sheet = Sheet(
        "Thêm ủy quyền",
        "Ghi ủy quyền",
        "Đã ghi ủy quyền.",
        intro="Người được ủy quyền làm việc bằng tên mình, thay mặt người giữ vị trí.",
    )
    return asked(
        request,
        form,
        act,
        sheet,
        Way(
            reverse("backoffice:delegations"),
            [("Ủy quyền", reverse("backoffice:delegations"))],
            "delegations",
        ),
    )


@require_POST
@needs(Power.ADMINISTER_IDENTITY)
def revoke(request: ActorRequest, delegation_id: int) -> HttpResponse:
    """Take a delegation back at once."""

    def act(at: datetime) -> str:
        access.revoke_delegation(delegation_id, by=request.actor, at=at)
        return reverse("backoffice:delegations")

    return done(request, act, "Đã thu hồi ủy quyền.")


@require_GET
@needs(Power.ADMINISTER_IDENTITY)
def powers(request: ActorRequest) -> HttpResponse:
    """List who holds one power today, for review.

    Costs: one statement.
    """
    word, after = request.GET.get("power", ""), request.GET.get("after", "")
    power = Power(word) if word in set(Power) else Power.ADMINISTER_IDENTITY
    found = access.holders_of(
        power,
        on=local_day(now()),
        unit_ids=units_of(request.actor, Power.ADMINISTER_IDENTITY),
        after=after,
        limit=ROWS + 1,
    )
    context = {
        "title": "Ai có quyền gì",
        "power": power,
        "choices": [(str(one), one.label) for one in Power],
        "holdings": found[:ROWS],
        "after": found[ROWS - 1].post.code if len(found) > ROWS else "",
        "is_later": bool(after),
    }
    return page(request, "powers", context, current="powers")
