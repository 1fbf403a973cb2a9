"""Deny by default: a view is for people who have signed in, unless it is marked public."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.crypto import salted_hmac

from motcua.lib.actor import Actor, ActorKind
from motcua.lib.visitors import network_of, visitor_address

__all__ = [
    "account_mark",
    "asks_for_a_token",
    "for_partners",
    "is_closed_to",
    "is_public",
    "is_signed_in",
    "public",
    "sign_in_url",
    "visitor_address",
    "visitor_network",
]

V = TypeVar("V", bound=Callable[..., Any])


def public(view: V) -> V:
    """Mark a view as open to everybody. A test keeps the list of them."""
    view.is_public = True  # type: ignore[attr-defined]  # -- a mark, as Django itself sets them
    return view


def is_public(view: Callable[..., Any]) -> bool:
    """Say whether the view is marked, or comes from a guest package that guards itself."""
    if getattr(view, "is_public", False):
        return True
    guests: tuple[str, ...] = getattr(settings, "SELF_GUARDED_MODULES", ("allauth.",))
    home = getattr(getattr(view, "view_class", view), "__module__", "")
    return home.startswith(tuple(guests))


def for_partners(view: V) -> V:
    """Mark a view as open to people of partners; they see nothing else that is not public."""
    view.is_for_partners = True  # type: ignore[attr-defined]  # -- a mark, as above
    return view


def is_closed_to(actor: Actor, view: Callable[..., Any]) -> bool:
    """Say whether a view is not for this actor because a partner sent them."""
    if actor.kind != ActorKind.PARTNER:
        return False
    return not (is_public(view) or getattr(view, "is_for_partners", False))


def asks_for_a_token(view: Callable[..., Any]) -> bool:
    """Say whether the view finds out itself who asks, by a token: cookies do not count there."""
    home = str(getattr(view, "__module__", ""))
    return home.startswith(tuple(getattr(settings, "TOKEN_GUARDED_MODULES", ())))


def is_signed_in(request: HttpRequest) -> bool:
    """Say whether the sign-in middleware found somebody; a stranger's actor has no id."""
    actor = getattr(request, "actor", None)
    return actor is not None and actor.id != 0


def account_mark(request: HttpRequest) -> str:
    """Return a mark by which a page knows its own reader again, and nobody learns who it is."""
    actor = getattr(request, "actor", None)
    return salted_hmac("kit.account_mark", str(actor.id)).hexdigest()[:16] if actor else ""


def visitor_network(request: HttpRequest) -> str:
    """Return what limits are counted by."""
    return network_of(visitor_address(request))


def sign_in_url(back_to: str = "") -> str:
    """Return the address of the sign-in page, which leads back to `back_to`."""
    address = resolve_url(settings.LOGIN_URL)
    return f"{address}?{urlencode({'next': back_to})}" if back_to else address
