"""Translating anticipated errors into answers, once for all channels."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import NoReverseMatch
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.lib.errors import Anticipated, NotAllowed, NotFound

from .access import is_public, public
from .attempts import note_attempt
from .tongues import said_by

__all__ = ["is_public", "public", "shows_errors"]

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
View = Callable[Concatenate[R, P], HttpResponseBase]


def shows_errors(redirect_to: str | None = None) -> Callable[[View[R, P]], View[R, P]]:
    """Answer 403 to what may not be done, 404 to what may not be known, else show the message.

    `redirect_to` is the name of a view that takes the same arguments, or the first, or none;
    without it the person stays on the page they came from.
    """

    def decorate(view: View[R, P]) -> View[R, P]:
        @wraps(view)
        def guarded(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except NotAllowed as error:
                raise PermissionDenied(said_by(error)) from error
            except NotFound as error:
                note_attempt(request, error)
                raise Http404(said_by(error)) from error
            except ObjectDoesNotExist as error:
                raise Http404 from error
            except Anticipated as error:
                messages.error(request, said_by(error))
                return go(request, target(request, redirect_to, args, kwargs))

        return guarded

    return decorate


def target(
    request: HttpRequest, name: str | None, args: tuple[object, ...], kwargs: dict[str, object]
) -> str:
    """Return where to go on: the named view, with as many of the first arguments as it takes."""
    if name is None:
        return same_site_referer(request)
    for many in range(len(kwargs), 0, -1):
        with suppress(NoReverseMatch):
            return resolve_url(name, *args, **dict(list(kwargs.items())[:many]))
    return resolve_url(name)


def same_site_referer(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return referer
    return "/"


def go(request: HttpRequest, address: str) -> HttpResponse:
    """Redirect; a part of a page is told to move the whole page."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
