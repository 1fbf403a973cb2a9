"""Who may open which page, before the operation behind it decides again."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponseBase]

EVERYWHERE = 0  # no unit: only a power over the whole province reaches it
ADMIN_POWERS = (
    Power.EDIT_ORGANISATION,
    Power.ADMINISTER_IDENTITY,
    Power.EDIT_PROCEDURES,
    Power.PUBLISH_PROCEDURES,
    Power.EDIT_CALENDARS,
    Power.READ_AUDIT,
    Power.KEEP_RECEIPTS,
    Power.KEEP_REASONS,
)
CLOSED = "Trang này dành cho người được giao quyền quản trị việc này."
PROVINCE_ONLY = "Trang này dành cho quản trị viên của toàn tỉnh."


def needs(*powers: Power, everywhere: bool = False) -> Callable[[View[P]], View[P]]:
    """Open a view to holders of one of the powers, in the whole province if so said."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(
            request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            if not holds(request.actor, *powers):
                raise PermissionDenied(CLOSED)
            if everywhere and not holds(request.actor, *powers, everywhere=True):
                raise PermissionDenied(PROVINCE_ONLY)
            return view(request, *args, **kwargs)

        return never_cache(shows_errors()(guarded))

    return decorate


def owned(view: View[P]) -> View[P]:
    """Open a view to everybody with an account: what is whose, the operation behind it decides."""
    return never_cache(shows_errors()(view))


def holds(actor: Actor, *powers: Power, everywhere: bool = False) -> bool:
    """Say whether the actor holds one of the powers somewhere, or in the whole province."""
    unit_id = EVERYWHERE if everywhere else None
    return any(actor.can(power, unit_id=unit_id) for power in powers)


def units_of(actor: Actor, power: Power) -> frozenset[int] | None:
    """Return the units in which the actor holds the power; None stands for the whole province."""
    if power in actor.province_powers:
        return None
    return actor.powers.get(power, frozenset())
