"""Dated versions: begin one, end one; only the last day of a version is ever written later."""

from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet

from motcua.foundation.organisation.errors import BadOrganisation, LaterVersion
from motcua.foundation.organisation.models import AgencyVersion, UnitVersion
from motcua.foundation.organisation.rules.facts import Term, check_term, day_before
from motcua.lib.dated import holding_on

V = TypeVar("V", AgencyVersion, UnitVersion)


def overlapping(term: Term) -> Q:
    """Return the condition that a dated row holds on a day of the term."""
    open_or_later = Q(valid_to__isnull=True) | Q(valid_to__gte=term.valid_from)
    return open_or_later & (Q(valid_from__lte=term.valid_to) if term.valid_to else Q())


def latest_of(versions: QuerySet[V]) -> V:
    """Return the version with the latest first day."""
    return versions.order_by("-valid_from")[:1].get()


def check_lives(versions: QuerySet[V], day: date) -> None:
    """Raises: BadOrganisation if no version holds on that day."""
    if not versions.filter(holding_on(day)).exists():
        message = f"Cơ quan hoặc đơn vị cấp trên không hoạt động vào ngày {day:%d/%m/%Y}."
        raise BadOrganisation(message, field="parent")


def give_way(versions: QuerySet[V], term: Term) -> date | None:
    """End the latest version the day before a new one begins.

    Returns the last day the new version inherits; what ended only yesterday is prolonged.

    Raises: LaterVersion, BadOrganisation.
    """
    check_term(term)
    latest = latest_of(versions)
    if latest.valid_from >= term.valid_from:
        message = f"Đã có thay đổi từ ngày {latest.valid_from:%d/%m/%Y}; hãy chọn ngày sau đó."
        raise LaterVersion(message)
    if latest.valid_to is not None and latest.valid_to < day_before(term.valid_from):
        message = f"Đã chấm dứt hoạt động từ sau ngày {latest.valid_to:%d/%m/%Y}."
        raise BadOrganisation(message, field="valid_from")
    inherited = latest.valid_to
    latest.valid_to = day_before(term.valid_from)
    latest.save(update_fields=["valid_to"])
    if inherited is not None and inherited < term.valid_from:
        return term.valid_to
    return term.valid_to or inherited


def end_latest(versions: QuerySet[V], on: date) -> None:
    """Make `on` the last day of the latest version.

    Raises: LaterVersion, BadOrganisation.
    """
    latest = latest_of(versions)
    if latest.valid_from > on:
        message = f"Đã có thay đổi từ ngày {latest.valid_from:%d/%m/%Y}; hãy chọn ngày sau đó."
        raise LaterVersion(message)
    if latest.valid_to is not None and latest.valid_to < on:
        message = f"Đã chấm dứt hoạt động từ sau ngày {latest.valid_to:%d/%m/%Y}."
        raise BadOrganisation(message, field="on")
    latest.valid_to = on
    latest.save(update_fields=["valid_to"])
