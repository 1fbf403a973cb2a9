"""Who acts for somebody else in this browser: on which pages, and until when.

Deny by default: only views marked here run in the client's name; on all others people are
themselves. Source: docs/law/acting-for-others.md
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url

from motcua.foundation.mandates import api as mandates
from motcua.lib.actor import Actor

from .decorators import go
from .tongues import translate as _

V = TypeVar("V", bound=Callable[..., Any])
APPLY, PAY, RECEIVE = "apply", "pay", "receive"


def for_agents(act: str = APPLY) -> Callable[[V], V]:
    """Mark a view as one in which somebody may act for a client who has allowed that act."""

    def mark(view: V) -> V:
        view.agents_may = act  # type: ignore[attr-defined]  # -- a mark, as in `access`
        return view

    return mark


def stand_in(
    request: HttpRequest, view: Callable[..., Any], by: Actor, *, at: datetime
) -> HttpResponse | None:
    """Let the request run in the client's name, where there is a session and the view is marked.

    A session that is over leads to the page that says so: nothing typed meanwhile is taken for
    the agent's own.

    Costs: one statement for whoever carries a session, nothing for everybody else.
    """
    token = request.COOKIES.get(settings.AGENT_COOKIE, "")
    act = getattr(view, "agents_may", "")
    if not token:
        return None
    client = mandates.agent_in(token, by, at=at)
    if client is None:
        return go(request, resolve_url(settings.AGENT_OVER_URL)) if act else None
    request.client = client  # type: ignore[attr-defined]  # -- typed in kit.requests
    if not act:
        return None
    if not _is_allowed(client, act):
        raise PermissionDenied(_("Chủ hồ sơ chưa cho phép làm thay việc này."))
    request.actor = client  # type: ignore[attr-defined]  # -- typed in kit.requests
    return None


def _is_allowed(client: Actor, act: str) -> bool:
    agent = client.agent
    if agent is None:
        return False
    return {APPLY: True, PAY: agent.may_pay, RECEIVE: agent.may_receive}[act]


def carry(response: HttpResponseBase, session: mandates.AgentSession) -> None:
    """Let the browser carry the session; it is worth nothing in anybody else's.

    When it ends says the site alone: the clock of a telephone may be wrong.
    """
    response.set_cookie(
        settings.AGENT_COOKIE,
        session.token,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def drop(response: HttpResponseBase) -> None:
    """Let the browser forget the session."""
    response.delete_cookie(settings.AGENT_COOKIE, samesite="Lax")
