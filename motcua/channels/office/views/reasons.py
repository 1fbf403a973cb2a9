"""Which reasons are given most, by procedure: what the instructions leave unclear."""

from datetime import date, timedelta
from typing import NamedTuple

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from motcua.casework.reasons import api as library
from motcua.casework.reasons.api import Often, ReasonKind
from motcua.channels.kit.fields import SelectField
from motcua.channels.kit.periods import PeriodForm
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.forms import offer
from motcua.channels.office.frame import for_officers, page
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.text import whole_number

EVERYWHERE = ""
USUAL = timedelta(days=90)
_MAY = (Power.EXPORT_DOSSIERS, Power.KEEP_REASONS)


class OftenForm(PeriodForm):
    """Whose reasons, for which act, in which days."""

    agency = SelectField(label="Cơ quan", required=False)
    kind = SelectField(
        label="Dùng khi",
        required=False,
        choices=[("", "Mọi việc"), *((one.value, one.label) for one in ReasonKind)],
    )


class ProcedureShown(NamedTuple):
    """The reasons of one procedure, the most frequent first."""

    name: str
    total: int
    rows: list[Often]


@require_GET
@for_officers("office:start")
def report(request: ActorRequest) -> HttpResponse:
    """Show which reasons were given most in a period, procedure by procedure.

    Costs: one statement.
    """
    places = places_of(request.actor)
    today = local_day(now())
    typed = {"first": f"{today - USUAL:%d/%m/%Y}", "latest": f"{today:%d/%m/%Y}"}
    typed |= {"agency": places[0][0]} | request.GET.dict()
    form = OftenForm(typed)
    offer(form, "agency", places)
    form.fields["agency"].required = places[0][0] != EVERYWHERE
    found = counted(form, request.actor, today) if form.is_valid() else []
    context = {"form": form, "found": found, "total": sum(one.total for one in found)}
    status = 422 if form.errors else 200
    return page(request, "reasons_report", context, current="reasons", status=status)


def places_of(actor: Actor) -> list[tuple[str, str]]:
    """Return of which agencies the actor may see the reasons. Raises: NotAllowed."""
    tree = organisation.tree()
    found = [(str(one), tree.agency(one).name) for one in library.agencies_counted_for(actor)]
    is_whole = any(power in actor.province_powers for power in _MAY)
    return [(EVERYWHERE, "Toàn tỉnh"), *found] if is_whole else found


def counted(form: OftenForm, actor: Actor, today: date) -> list[ProcedureShown]:
    """Return the reasons by procedure, the procedure with most of them first."""
    values = form.cleaned_data
    rows = library.most_given_for(
        actor,
        values["first"],
        min(values["latest"], today),
        agency_id=whole_number(values["agency"] or ""),
        kind=ReasonKind(values["kind"]) if values["kind"] else None,
    )
    by_procedure: dict[int, list[Often]] = {}
    for row in rows:
        by_procedure.setdefault(row.procedure_id, []).append(row)
    found = [
        ProcedureShown(ones[0].procedure_name, sum(row.uses for row in ones), ones)
        for ones in by_procedure.values()
    ]
    return sorted(found, key=lambda one: -one.total)
