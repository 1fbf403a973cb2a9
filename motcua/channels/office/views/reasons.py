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
from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.errors import NotAllowed
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
    found = counted(form, today) if form.is_valid() else []
    context = {"form": form, "found": found, "total": sum(one.total for one in found)}
    status = 422 if form.errors else 200
    return page(request, "reasons_report", context, current="reasons", status=status)


def places_of(actor: Actor) -> list[tuple[str, str]]:
    """Return of which agencies the actor may see the reasons. Raises: NotAllowed."""
    if not any(actor.can(power) for power in _MAY):
        raise NotAllowed("Trang này dành cho lãnh đạo, trưởng đơn vị và người giữ thư viện lý do.")
    tree = organisation.tree()
    if any(power in actor.province_powers for power in _MAY):
        return [
            (EVERYWHERE, "Toàn tỉnh"),
            *((str(one.id), one.name) for one in tree.agencies() if one.is_counted),
        ]
    reached = {one for power in _MAY for one in access.agencies_reached(power, actor)}
    own = [actor.agency_id] if actor.agency_id else []
    return [(str(one), tree.agency(one).name) for one in sorted(reached) or own]


def counted(form: OftenForm, today: date) -> list[ProcedureShown]:
    """Return the reasons by procedure, the procedure with most of them first."""
    values = form.cleaned_data
    chosen = whole_number(values["agency"] or "")
    tree = organisation.tree()
    agencies = [chosen] if chosen else [one.id for one in tree.agencies() if one.is_counted]
    rows = library.most_given(
        values["first"],
        min(values["latest"], today),
        agency_ids=agencies,
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
