"""How endpoints are declared: each with its scope, its load, and what it answers."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from ninja.params import functions as params
from pydantic_core import to_json

from motcua.foundation.clients.api import Scope
from motcua.lib import paging

from .guard import Load, Needs
from .keys import remembered_key

V = TypeVar("V", bound=Callable[..., Any])
R = TypeVar("R")
JSON = "application/json; charset=utf-8"
KEY: Any = params.Header("", alias="Idempotency-Key", max_length=80, pattern=r"^[!-~]*$")
LIMIT: Any = params.Query(50, ge=1, le=200)
WORDS: Any = params.Query("", max_length=200)
AFTER: Any = params.Query("", max_length=200)
NUMBER: Any = params.Path(..., ge=1, le=2**31 - 1)


class Door:
    """The endpoints of one subject."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self._declared: list[tuple[Callable[..., Any], Mapping[str, Any]]] = []

    def enter(self, router: Router) -> None:
        """Put the endpoints into a router; several subjects may share an address."""
        for view, declared in self._declared:
            router.api_operation(**declared)(view)

    def reads(
        self,
        address: str,
        scope: Scope,
        out: Any,
        title: str,
        *,
        heavy: bool = False,
        also: tuple[Scope, ...] = (),
    ) -> Callable[[V], V]:
        """Declare something that is read; `out` None: a file, not JSON."""
        load = Load.HEAVY if heavy else Load.READ
        return self._endpoint("GET", address, Needs(scope, load, also=also), {200: out}, title)

    def acts(
        self,
        address: str,
        scope: Scope,
        out: Any,
        title: str,
        *,
        heavy: bool = False,
        also: tuple[Scope, ...] = (),
    ) -> Callable[[V], V]:
        """Declare something that is done."""
        load = Load.HEAVY if heavy else Load.WRITE
        return self._endpoint("POST", address, Needs(scope, load, also=also), {200: out}, title)

    def makes(
        self, address: str, scope: Scope, out: Any, title: str, *, also: tuple[Scope, ...] = ()
    ) -> Callable[[V], V]:
        """Declare something that comes into being (201)."""
        needs = Needs(scope, Load.WRITE, also=also)
        return self._endpoint("POST", address, needs, {201: out}, title)

    def puts(self, address: str, scope: Scope, out: Any, title: str) -> Callable[[V], V]:
        """Declare something that is put in the place of what was there."""
        return self._endpoint("PUT", address, Needs(scope, Load.WRITE), {200: out}, title)

    def drops(
        self, address: str, scope: Scope, out: Any, title: str, *, also: tuple[Scope, ...] = ()
    ) -> Callable[[V], V]:
        """Declare something that is taken away; `out` None: nothing is answered (204)."""
        answer = {204: None} if out is None else {200: out}
        needs = Needs(scope, Load.WRITE, also=also)
        return self._endpoint("DELETE", address, needs, answer, title)

    def _endpoint(
        self, method: str, address: str, needs: Needs, out: Mapping[int, Any], title: str
    ) -> Callable[[V], V]:
        declared = {
            "methods": [method],
            "path": address,
            "auth": needs,
            "response": dict(out),
            "summary": title,
            "tags": [self.subject],
        }

        def declare(view: V) -> V:
            self._declared.append((view, declared))
            return view

        return declare


def key_of(request: HttpRequest, key: str) -> str:
    """Return the sender's key as it is remembered."""
    return remembered_key(key, request.path_info, getattr(request, "client_id", None) or "")


def with_limits(view: V) -> V:
    """Tell every caller how many requests are left, whatever the answer."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        answer = view(request, *args, **kwargs)
        for name, value in getattr(request, "rate_headers", {}).items():
            answer.headers[name] = value
        return answer

    return told  # type: ignore[return-value]  # -- the same signature


def row_of(shape: type[Schema], row: object, **more: object) -> dict[str, object]:
    """Return plain data in a shape, from the fields of a row; `more` are those it lacks."""
    return {name: more[name] if name in more else getattr(row, name) for name in shape.model_fields}


def listed(page: paging.Page[R], plain: Callable[[R], Mapping[str, object]]) -> HttpResponse:
    """Return a page of rows as bytes: ours needs no checking, which costs more than reading it."""
    body = {
        "rows": [plain(row) for row in page.rows],
        "next": page.next.encode() if page.next else "",
        "previous": page.previous.encode() if page.previous else "",
    }
    return plain_json(body)


def plain_json(body: object, status: int = 200) -> HttpResponse:
    """Return plain data as JSON, unchecked."""
    return HttpResponse(to_json(body), status=status, content_type=JSON)


def file_answer(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Return a file as something to be kept."""
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
