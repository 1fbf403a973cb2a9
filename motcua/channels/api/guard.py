"""Who calls, with which scopes, and how often: one place for every endpoint."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from motcua.channels.kit.access import visitor_address, visitor_network
from motcua.foundation.access import api as access
from motcua.foundation.clients import api as clients
from motcua.foundation.clients.api import Scope
from motcua.foundation.identity import api as identity
from motcua.foundation.requests import api as requests
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated

WINDOW = timedelta(minutes=1)
MOST_STRANGE = 60  # calls a minute from one network with words that are nobody's
MOST_SIGN_INS = 30  # a minute from one network: checking a password is dear on purpose
_LIMIT, _LEFT, _RESET = "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"


class Load(StrEnum):
    """How dear a request is: each has a limit of its own."""

    READ = "read"
    WRITE = "write"
    HEAVY = "heavy"


class ScopeMissing(Anticipated):
    """The application was not given the scope the endpoint names."""


class TooOften(Anticipated):
    """The credential has used up its requests of this minute."""

    def __init__(self, message: str, *, wait_s: int) -> None:
        super().__init__(message)
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Credential:
    """Who calls: a person's session holds every scope, an application those it was given."""

    name: str
    actor: Actor
    scopes: frozenset[Scope] = frozenset(Scope)
    client_id: int | None = None


class Needs(HttpBearer):
    """What an endpoint asks of its caller: a scope, and a request left of this minute's.

    Without a load of its own a request counts as reading or writing by its method. What serves
    several kinds of work (`also`) is open to each of their scopes.
    """

    def __init__(
        self, scope: Scope, load: Load | None = None, *, also: tuple[Scope, ...] = ()
    ) -> None:
        super().__init__()
        self.scopes, self.load = (scope, *also), load

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Set the actor of the request, or answer None to a stranger.

        What is refused for want of a scope is counted too.

        Raises: TooOften, ScopeMissing.
        Costs: two statements: who calls, and how often.
        """
        at = now()
        found = find_caller(request, token, at=at)
        if found is None:
            _count(request, f"api.stranger.{visitor_network(request)}", MOST_STRANGE, at)
            return None
        request.actor = found.actor  # type: ignore[attr-defined]  # -- as the sign-in middleware does
        request.client_id = found.client_id  # type: ignore[attr-defined]  # -- None for a person
        load = self.load or (Load.READ if request.method == "GET" else Load.WRITE)
        most: int = settings.API_LIMITS[load]
        _count(request, f"api.{found.name}.{load}", most, at)
        if found.scopes.isdisjoint(self.scopes):
            wanted = ", hoặc ".join(f"{one} ({one.label})" for one in self.scopes)
            message = f"Ứng dụng này chưa được cấp phạm vi {wanted}."
            raise ScopeMissing(message)
        return found.actor


def find_caller(request: HttpRequest, token: str, *, at: datetime) -> Credential | None:
    """Return who calls: an application with its key, or a person with the word of a session.

    Costs: one statement.
    """
    if clients.is_key(token):
        caller = clients.caller_with(token, address=visitor_address(request), at=at)
        if caller is None:
            return None
        return Credential(
            f"client:{caller.client_id}", caller.actor, caller.scopes, caller.client_id
        )
    found = identity.signed_in(token, at=at)
    if found is None or found.must_set_password:
        return None
    compiled = access.actor_of(found.account_id, found.version, at=at, acting_for=found.acting_for)
    if compiled.is_privileged and not found.has_second_factor:
        return None
    if compiled.actor.kind == ActorKind.PARTNER:  # their pages are all they have
        return None
    return Credential(f"account:{compiled.actor.id}", compiled.actor)


def count_sign_in(request: HttpRequest, *, at: datetime) -> None:
    """Count one more try to sign in from a network. Raises: TooOften."""
    _count(request, f"api.sign_in.{visitor_network(request)}", MOST_SIGN_INS, at)


def _count(request: HttpRequest, name: str, most: int, at: datetime) -> None:
    counted = requests.count_request(name, window=WINDOW, at=at)
    wait_s = max(1, ceil((counted.ends_at - at).total_seconds()))
    request.rate_headers = {  # type: ignore[attr-defined]  # -- read by `with_limits`
        _LIMIT: str(most),
        _LEFT: str(max(0, most - counted.count)),
        _RESET: str(wait_s),
    }
    if counted.count > most:
        message = f"Đã gửi quá {most} yêu cầu trong một phút; gửi lại sau {wait_s} giây."
        raise TooOften(message, wait_s=wait_s)
