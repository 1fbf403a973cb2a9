"""What lies with an officer who leaves, and who takes it over."""

from collections.abc import Collection
from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from motcua.casework.dossiers import api as dossiers
from motcua.channels.backoffice.doing import tried
from motcua.channels.backoffice.forms.accounts import TakeOverForm
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import needs
from motcua.channels.backoffice.views import accounts
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput

ROWS = 200


@require_http_methods(["GET", "POST"])
@needs(Power.ADMINISTER_IDENTITY)
def open_work(request: ActorRequest, username: str) -> HttpResponse:
    """Show the open steps assigned to an account, and hand them to a colleague.

    Costs: five statements.
    """
    found = accounts.account_in_reach(request, username)
    only = dossiers.WorkFilter(mine=True)
    holder = Actor(id=found.pk, name=found.full_name)
    work = dossiers.worklist_for(holder, only=only, limit=ROWS).rows
    heirs = heirs_of(found, {row.unit_id for row in work})
    form = TakeOverForm(request.POST or None, heirs=heirs)

    def act(at: datetime) -> str:
        heir = identity.get_account(int(form.cleaned_data["to_account"]))
        taken = identity.take_over_work(found.pk, heir.pk, by=request.actor, at=at)
        if not any(taken.values()):
            message = f"{heir.full_name} không giữ vị trí làm được việc nào trong các việc này."
            raise BadInput(message, field="to_account")
        return reverse("backoffice:open_work", args=[found.username])

    if answer := tried(request, form, act, "Đã giao những việc người nhận làm được."):
        return answer
    tree = organisation.tree()
    context = {
        "title": f"Việc đang làm dở của {found.full_name}",
        "crumbs": accounts.crumbs(found),
        "back": accounts.address(found),
        "rows": [(row, tree.unit(row.unit_id).name) for row in work],
        "form": form,
    }
    status = 422 if form.errors else 200
    return page(request, "open_work", context, current="accounts", status=status)


def heirs_of(leaver: identity.Account, unit_ids: Collection[int]) -> list[tuple[str, str]]:
    """Return the colleagues at the units of the work and above them, each with title and unit.

    Costs: two queries.
    """
    tree = organisation.tree()
    around = {above for unit_id in unit_ids for above in tree.ancestors(unit_id)}
    seats = {
        seat.officer_id: seat
        for seat in organisation.seats_of_units(around, local_day(now()))
        if seat.officer_id is not None
    }
    found = identity.accounts_of_officers(seats)
    colleagues = [(key, seats[officer]) for officer, key in found.items() if key != leaver.pk]
    return [
        (str(key), f"{seat.officer_name} · {seat.title}, {tree.unit(seat.unit_id).name}")
        for key, seat in colleagues
    ]
