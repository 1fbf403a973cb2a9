"""Read ratings."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Status

from .choices import Level
from .models import Rating

_RATEABLE = frozenset({Status.RESOLVED, Status.RETURNED, Status.REFUSED, Status.STOPPED})


def can_rate(dossier: dossiers.Dossier) -> bool:
    """Say whether the dossier has a result or an end to be rated."""
    return dossier.status in _RATEABLE


def find_rating(dossier_id: int) -> Rating | None:
    """Return the rating of the dossier, if it has one."""
    return Rating.objects.filter(dossier_id=dossier_id).first()


class Satisfaction(NamedTuple):
    """How many rated, and how many of them were satisfied or very satisfied overall."""

    rated: int
    satisfied: int


def satisfaction_of(agency_id: int, since: datetime, until: datetime) -> Satisfaction:
    """Return the figures of an agency for ratings given from `since` until before `until`."""
    found = Rating.objects.filter(agency_id=agency_id, rated_at__gte=since, rated_at__lt=until)
    counts = found.aggregate(
        rated=Count("pk"), satisfied=Count("pk", filter=Q(overall__gte=Level.SATISFIED))
    )
    return Satisfaction(**counts)
