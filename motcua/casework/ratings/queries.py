"""Read ratings."""

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Status

from .models import Rating

_RATEABLE = frozenset({Status.RESOLVED, Status.RETURNED, Status.REFUSED, Status.STOPPED})


def can_rate(dossier: dossiers.Dossier) -> bool:
    """Say whether the dossier has a result or an end to be rated."""
    return dossier.status in _RATEABLE


def find_rating(dossier_id: int) -> Rating | None:
    """Return the rating of the dossier, if it has one."""
    return Rating.objects.filter(dossier_id=dossier_id).first()
