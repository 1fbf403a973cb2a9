"""What is on record of agencies, units, posts and officers, for the screens that keep it."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Case, F, IntegerField, Q, Value, When

from motcua.foundation.organisation.choices import Standing
from motcua.foundation.organisation.errors import NoSuchUnit
from motcua.foundation.organisation.models import (
    Agency,
    AgencySuccession,
    CalendarUse,
    Officer,
    Post,
    PostHolding,
    Unit,
    UnitSuccession,
)
from motcua.lib.dated import holding_on
from motcua.lib.text import exact, fold, has_tones

FOUND = 50
_LIVING_FIRST = Case(
    When(standing=Standing.LIVING, then=Value(0)),
    When(standing=Standing.PLANNED, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def get_agency(code: str) -> Agency:
    """Return the agency with the code: a living one, else one to come, else the latest ended.

    Raises: NoSuchUnit.
    """
    agencies = Agency.objects.filter(code=code).select_related("parent")
    found = agencies.order_by(_LIVING_FIRST, "-id").first()
    if found is None:
        raise NoSuchUnit(f"Không có cơ quan nào mang mã “{code}”.")
    return found


def get_unit(code: str) -> Unit:
    """Return the unit with the code: a living one, else one to come, else the latest ended.

    Raises: NoSuchUnit.
    """
    units = Unit.objects.filter(code=code).select_related("agency", "parent", "calendar")
    found = units.order_by(_LIVING_FIRST, "-id").first()
    if found is None:
        raise NoSuchUnit(f"Không có đơn vị nào mang mã “{code}”.")
    return found


def get_post(code: str) -> Post:
    """Return the post with the code. Raises: NoSuchUnit."""
    found = Post.objects.filter(code=code).select_related("unit__agency").first()
    if found is None:
        raise NoSuchUnit(f"Không có vị trí nào mang mã “{code}”.")
    return found


def get_officer(code: str) -> Officer:
    """Return the officer with the code. Raises: NoSuchUnit."""
    found = Officer.objects.filter(code=code).first()
    if found is None:
        raise NoSuchUnit(f"Không có cán bộ nào mang mã “{code}”.")
    return found


def units_on_record(agency_id: int) -> Sequence[Unit]:
    """Return every unit of an agency, also ended ones and those to come, the living first."""
    units = Unit.objects.filter(agency=agency_id).select_related("parent")
    return list(units.order_by(_LIVING_FIRST, F("parent").asc(nulls_first=True), "code"))


def posts_on_record(unit_id: int) -> Sequence[Post]:
    """Return every post of a unit, also ended ones, by code."""
    return list(Post.objects.filter(unit=unit_id).order_by("code"))


def holdings_of_post(post_id: int) -> Sequence[PostHolding]:
    """Return who held a post when, the latest first."""
    holdings = PostHolding.objects.filter(post=post_id).select_related("officer")
    return list(holdings.order_by("-valid_from"))


def holdings_of_officer(officer_id: int) -> Sequence[PostHolding]:
    """Return which posts an officer held when, the latest first."""
    holdings = PostHolding.objects.filter(officer=officer_id)
    return list(holdings.select_related("post__unit__agency").order_by("-valid_from", "id"))


def calendar_uses(unit_id: int) -> Sequence[CalendarUse]:
    """Return which calendars a unit of its own used when, the latest first."""
    uses = CalendarUse.objects.filter(unit=unit_id).select_related("calendar")
    return list(uses.order_by("-valid_from"))


def successions_of_agency(agency_id: int) -> Sequence[AgencySuccession]:
    """Return the links from and to an agency, the latest first."""
    links = AgencySuccession.objects.filter(Q(from_agency=agency_id) | Q(to_agency=agency_id))
    return list(links.select_related("from_agency", "to_agency").order_by("-on", "id"))


def successions_of_unit(unit_id: int) -> Sequence[UnitSuccession]:
    """Return the links from and to a unit, the latest first."""
    links = UnitSuccession.objects.filter(Q(from_unit=unit_id) | Q(to_unit=unit_id))
    return list(links.select_related("from_unit", "to_unit").order_by("-on", "id"))


def find_officers(
    text: str = "",
    *,
    on: date,
    unit_ids: Collection[int] | None = None,
    after: tuple[str, str] | None = None,
    limit: int = FOUND,
) -> Sequence[Officer]:
    """Return officers whose name or code has these words, by given name, after a (key, code).

    With `unit_ids` only those who sit there on that day or, like newcomers, nowhere.

    Costs: one query, and one over all names if there is a text.
    """
    officers = Officer.objects.all()
    if text.strip():
        officers = officers.filter(pk__in=_named(text))
    if unit_ids is not None:
        held = PostHolding.objects.filter(holding_on(on))
        here = Q(pk__in=held.filter(post__unit__in=unit_ids).values("officer"))
        officers = officers.filter(here | ~Q(pk__in=held.values("officer")))
    if after is not None:
        key, code = after
        officers = officers.filter(Q(sort_key__gt=key) | Q(sort_key=key, code__gt=code))
    return list(officers.order_by("sort_key", "code")[:limit])


def _named(text: str) -> list[int]:
    """Return the officers whose name or code has the words, with tones only if any are typed."""
    spell = exact if has_tones(text) else fold
    asked = spell(text.strip())
    rows = Officer.objects.values_list("id", "full_name", "code")
    return [pk for pk, name, code in rows if asked in spell(name) or asked in spell(code)]
