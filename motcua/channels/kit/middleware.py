"""What every answer carries, and who may come in."""

import logging
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import BadRequest, PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.db import DataError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from .access import is_closed_to, is_public, is_signed_in, sign_in_url

Respond = Callable[[HttpRequest], HttpResponseBase]

logger = logging.getLogger(__name__)
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
PERMISSIONS = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_reference: ContextVar[str] = ContextVar("reference", default="")


def current_reference() -> str:
    """Return the reference number of the request being answered, for logs; empty outside one."""
    return _reference.get()


def new_reference() -> str:
    """Return a number that can be read out on the telephone: no 0, O, 1, I or L."""
    word = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{word[:4]}-{word[4:]}"


def reference(get_response: Respond) -> Respond:
    """Give each request a number that stands in the logs and on error pages."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        number = new_reference()
        request.reference = number  # type: ignore[attr-defined]  # -- typed in kit.requests
        token = _reference.set(number)
        try:
            response = get_response(request)
        finally:
            _reference.reset(token)
        response.headers["X-Request-ID"] = number
        return response

    return respond


SLOW = "X-Slow"  # on an answer that says that it took too long


def outlives_database(get_response: Respond) -> Respond:
    """Ask once more, on a new connection, for a page whose connection to the database was lost.

    After a crash every kept connection is dead once; only what changes nothing is asked again, and
    nothing that was too slow: it would only be so twice.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_away = response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        if not is_away or request.method != "GET" or SLOW in response.headers:
            return response
        connection.close()
        return get_response(request)

    return respond


def security_headers(get_response: Respond) -> Respond:
    """Allow only our own scripts and styles, none of them inline.

    A view may set its own policy, which is then kept.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if is_signed_in(request):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return respond


class ReadableInput:
    """Refuse words no database can keep: NUL in an address at the door, all others when met.

    Nothing is half done then: the story that met them is undone.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in unquote(request.META.get("QUERY_STRING", "")) or "\0" in request.path_info:
            raise BadRequest
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 400 to what cannot be written down, and leave it in the log."""
        if not isinstance(error, DataError | UnicodeEncodeError):
            return None
        logger.warning("unreadable_input", extra={"path": request.path_info}, exc_info=error)
        return response_for_exception(request, BadRequest())


class RequireSignIn:
    """Send strangers to the sign-in page, except from public views. Stands after the sign-in.

    People of partners see what is marked for them, and what is public.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        _args: tuple[object, ...],
        _kwargs: dict[str, object],
    ) -> HttpResponse | None:
        actor = getattr(request, "actor", None)
        if actor is not None and is_closed_to(actor, view):
            raise PermissionDenied("Trang này không dành cho tài khoản của đối tác.")
        if is_public(view) or is_signed_in(request):
            return None
        return sign_in_first(request)


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Return the way to the sign-in page and back; parts of pages are told to go as a whole."""
    wants_part = request.headers.get("HX-Request") == "true"
    if not wants_part:
        return redirect(sign_in_url(page_of(request)))
    page = urlsplit(request.headers.get("HX-Current-URL", "/")).path
    return HttpResponse(status=401, headers={"HX-Redirect": sign_in_url(page)})


def page_of(request: HttpRequest) -> str:
    """Return the page the reader was on: of something sent, the page with the form."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return "/"
    parts = urlsplit(referer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
