"""Whose request it is: one statement; Django's session only on the account pages.

`request.actor` is the signed-in Actor or ANONYMOUS; `request.account_id` is None for a stranger.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.template.response import TemplateResponse

from motcua.foundation.access import api as access
from motcua.foundation.identity import api as identity
from motcua.lib.actor import Actor
from motcua.lib.clock import now

from .access import asks_for_a_token
from .agents import stand_in
from .decorators import go
from .places import PLACE_COOKIE

Respond = Callable[[HttpRequest], HttpResponseBase]


class OnAccountPages:
    """Give Django's session and user to the account pages, and to no other page."""

    def __init__(self, get_response: Respond) -> None:
        self.plain = get_response
        with_user: Any = AuthenticationMiddleware(cast("Any", get_response))
        self.with_session = cast("Respond", SessionMiddleware(with_user))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.with_session(request) if is_account_page(request) else self.plain(request)

    def process_template_response(
        self, _request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        """Keep our `site` in the pages that allauth fills, which has another of that name."""
        if response.context_data:
            response.context_data.pop("site", None)
        return response


class SignIn:
    """Find out who makes the request, and lead who must first make the account safe."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        set_actor(request, None, access.ANONYMOUS)
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        _args: tuple[object, ...],
        _kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Ask only when a view has been found: pictures and unknown addresses cost nothing."""
        if asks_for_a_token(view):
            return None
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        at = now()
        found = identity.signed_in(key, at=at) if key else None
        if found is None:
            end_session(request)
            return None
        compiled = compiled_for(request, found, at)
        set_actor(request, found, compiled.actor)
        first = what_comes_first(found, is_privileged=compiled.is_privileged)
        if first is not None and not is_account_page(request):
            return go(request, resolve_url(first))
        return stand_in(request, view, compiled.actor, at=at)


def compiled_for(request: HttpRequest, found: identity.SignedIn, at: datetime) -> access.Compiled:
    """Return who acts, under the post chosen in this browser where there are several.

    The choice gives no power: a unit that is not the officer's own is passed over.
    """
    compiled = access.actor_of(found.account_id, found.version, at=at, acting_for=found.acting_for)
    wanted = request.COOKIES.get(PLACE_COOKIE, "")
    main_unit = next((one for one in compiled.actor.unit_ids[1:] if str(one) == wanted), None)
    if main_unit is None:
        return compiled
    return access.actor_of(
        found.account_id,
        found.version,
        at=at,
        acting_for=found.acting_for,
        main_unit=main_unit,
    )


def set_actor(request: HttpRequest, found: identity.SignedIn | None, actor: Actor) -> None:
    values = {
        "actor": actor,
        "account_id": found.account_id if found else None,
        "speaks": found.language if found else "",
        "idle_seconds": found.idle_minutes * 60 if found else 0,
        "client": None,
    }
    for name, value in values.items():
        setattr(request, name, value)


def what_comes_first(found: identity.SignedIn, *, is_privileged: bool) -> str | None:
    """Return the page that must be dealt with before anything else, if there is one.

    Source: docs/law/identity.md
    """
    if found.must_set_password:
        return str(settings.SET_PASSWORD_URL)
    if is_privileged and not found.has_second_factor:
        return str(settings.SECOND_FACTOR_URL)
    return None


def end_session(request: HttpRequest) -> None:
    """Sign Django's session out where ours has ended, so that both always agree."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        logout(request)


def is_account_page(request: HttpRequest) -> bool:
    return request.path_info.startswith(settings.ACCOUNTS_PREFIX)
