"""What lies with an officer who leaves, and who takes it over."""

from datetime import datetime

from django.http import HttpResponse
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
from motcua.lib.errors import BadInput

ROWS = 200


@require_http_methods(["GET", "POST"])
@needs(Power.ADMINISTER_IDENTITY)
def open_work(request: ActorRequest, username: str) -> HttpResponse:
    """Show the open steps assigned to an account, and hand them to a colleague.

    Costs: three statements.
    """
    found = accounts.account_in_reach(request, username)
    form = TakeOverForm(request.POST or None)

    def act(at: datetime) -> str:
        heir = heir_of(form.cleaned_data["to_account"])
        identity.take_over_work(found.pk, heir.pk, by=request.actor, at=at)
        return accounts.address(found)

    if answer := tried(request, form, act, "Đã giao việc cho người nhận."):
        return answer
    only = dossiers.WorkFilter(mine=True)
    holder = Actor(id=found.pk, name=found.full_name)
    work = dossiers.worklist_for(holder, only=only, limit=ROWS).rows
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


def heir_of(username: str) -> identity.Account:
    """Return the account that takes over. Raises: BadInput."""
    try:
        return accounts.officer_account(username)
    except identity.NoSuchAccount as error:
        raise BadInput(str(error), field="to_account") from error
