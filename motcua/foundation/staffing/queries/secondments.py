"""Who is sent to the hall, from where, until when."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Q

from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import Level, UnitKind
from motcua.foundation.staffing.errors import NoSuchSeat
from motcua.foundation.staffing.models import Secondment
from motcua.lib.actor import Actor

EDIT = "organisation.edit"
_WITH = ("officer", "post__unit__agency", "home_unit__agency", "renews")


def secondments_for(
    actor: Actor, *, since: date, after: tuple[date, int] | None = None, limit: int = 50
) -> Sequence[Secondment]:
    """Return secondments into halls the actor arranges that reach the day, the next to end first.

    `after` is the last day and the number of the one at which the page before ended.

    Costs: one query.
    """
    actor.require(EDIT)
    found = Secondment.objects.filter(valid_to__gte=since).select_related(*_WITH)
    if after is not None:
        day, number = after
        found = found.filter(Q(valid_to__gt=day) | Q(valid_to=day, pk__gt=number))
    if EDIT not in actor.province_powers:
        found = found.filter(post__unit__in=actor.powers.get(EDIT, frozenset()))
    return list(found.order_by("valid_to", "pk")[:limit])


def get_secondment_for(actor: Actor, secondment_id: int) -> Secondment:
    """Raises: NoSuchSeat if there is none, or it is not the actor's to arrange."""
    found = Secondment.objects.filter(pk=secondment_id).select_related(*_WITH).first()
    if found is None or not actor.can(EDIT, unit_id=found.post.unit_id):
        raise NoSuchSeat("Không tìm thấy đợt biệt phái này.")
    return found


def renewed_among(secondment_ids: Collection[int]) -> frozenset[int]:
    """Return those of the secondments that were renewed. Costs: one query."""
    found = Secondment.objects.filter(renews__in=secondment_ids)
    return frozenset(key for key in found.values_list("renews_id", flat=True) if key)


def secondments_at(unit_ids: Collection[int], day: date) -> dict[int, Secondment]:
    """Return by post who sits at these desks on secondment on that day. Costs: one query."""
    found = Secondment.objects.filter(
        post__unit__in=unit_ids, valid_from__lte=day, valid_to__gte=day, ended_on=None
    )
    return {one.post_id: one for one in found.select_related("home_unit__agency")}


def halls_of(actor: Actor) -> list[tuple[int, str]]:
    """Return the desks into which the actor may second somebody, the province's first."""
    tree = organisation.tree()
    found = [
        (agency.level != Level.PROVINCE, agency.code, unit)
        for agency in tree.agencies()
        for unit in tree.units_of(agency.id)
        if unit.kind == UnitKind.ONE_STOP_DESK and actor.can(EDIT, unit_id=unit.id)
    ]
    found.sort(key=lambda one: one[:2])
    return [(unit.id, f"{unit.name} – {tree.agency_of(unit.id).name}") for *_, unit in found]
