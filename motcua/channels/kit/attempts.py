"""Leaving a trace of what was asked for by somebody who may not know of it."""

from django.http import HttpRequest

from motcua.foundation.audit import api as audit
from motcua.lib.clock import now
from motcua.lib.errors import NotFound


def note_attempt(request: HttpRequest, error: NotFound) -> None:
    """Note who asked for what, if it exists; the answer stays the same “not found”.

    What was asked is the name of the page: nothing that was typed goes into the trail.
    """
    actor = getattr(request, "actor", None)
    if not error.hidden or actor is None:
        return
    match = request.resolver_match
    asked = f"{request.method} {match.view_name if match else ''}".strip()
    audit.record_attempt(error.hidden, by=actor, at=now(), asked=asked)
