"""What watchers ask: does it live, is it ready, how is it. Answered before anything else.

Stands first among the middlewares: no session, no host name, no sign-in, no redirect to https.
"""

import logging
from collections.abc import Callable
from functools import cache
from http import HTTPStatus

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from config.figures import Figure, figures
from motcua.lib.clock import now

logger = logging.getLogger(__name__)
_HERE = frozenset({"127.0.0.1", "::1", ""})  # a unix socket has no address
_FORWARDED = ("X-Forwarded-For", "X-Real-IP", "Forwarded")


def answers_watchers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer the three addresses of watchers, and hand everything else on."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        answer = _ANSWERS.get(request.path)
        return get_response(request) if answer is None else answer(request)

    return respond


def healthz(_: HttpRequest) -> HttpResponse:
    """Say that the process answers; asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(_: HttpRequest) -> HttpResponse:
    """Say whether requests can be served: the database answers and its tables are up to date."""
    checks = {"database": _database_answers()}
    checks["tables"] = checks["database"] and _tables_are_up_to_date()
    ready = all(checks.values())
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"ready": ready, **checks}, status=status)


def metrics(request: HttpRequest) -> HttpResponse:
    """Tell the figures in Prometheus' text format to readers on this very machine."""
    if not is_local(request):
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    lines = "".join(as_line(figure) for figure in figures(now()))
    return HttpResponse(lines, content_type="text/plain; version=0.0.4; charset=utf-8")


def is_local(request: HttpRequest) -> bool:
    """Say whether the request was made on this machine and not passed on by a proxy."""
    passed_on = any(name in request.headers for name in _FORWARDED)
    return not passed_on and request.META.get("REMOTE_ADDR", "") in _HERE


def as_line(figure: Figure) -> str:
    """Return one line such as `motcua_outbox_lag_seconds{consumer="x"} 0.5`."""
    of = ",".join(f'{name}="{_escaped(value)}"' for name, value in sorted(figure.of.items()))
    return (
        f"motcua_{figure.name}{{{of}}} {figure.value:g}\n"
        if of
        else (f"motcua_{figure.name} {figure.value:g}\n")
    )


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.warning("database_away")
        connection.close()
        return False
    return True


def _tables_are_up_to_date() -> bool:
    if not _seen_up_to_date():
        _seen_up_to_date.cache_clear()
        return False
    return True


@cache
def _seen_up_to_date() -> bool:
    """Ask once: a process whose tables fit will find them fitting as long as it lives."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, ImproperlyConfigured):
        return False


_ANSWERS = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}
