"""What an imported text left unclear: a person settles it, one doubt at a time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from motcua.casework.procedures import api as procedures
from motcua.channels.backoffice import versions
from motcua.channels.backoffice.doing import tried
from motcua.channels.backoffice.forms.settling import form_for
from motcua.channels.backoffice.frame import form_page
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.errors import Conflict

from .procedures import FORM, address, crumbs, editors

SETTLED = "Đã làm rõ điểm này."


@require_http_methods(FORM)
@editors
def settle(request: ActorRequest, code: str, number: int, key: str) -> HttpResponse:
    """Ask for one limit, amount or list of papers that the source did not say clearly."""
    version = procedures.get_version(code, number)
    doubt = _doubt(version, key)
    form = form_for(doubt, request.POST or None)

    def act(at: datetime) -> str:
        procedures.settle_doubt(version.pk, key, form.settlement(), by=request.actor, at=at)
        return address(code, number)

    return tried(request, form, act, SETTLED) or form_page(
        request,
        form,
        {
            "title": procedures.Doubt(doubt["doubt"]).label,
            "back": address(code, number),
            "crumbs": crumbs(version.procedure),
            "doubt": doubt,
            "concerns": versions.concerns_of(doubt, procedures.draft_definition(version)),
            "original": versions.original_of(version),
        },
        current="procedures",
        template="settle",
    )


def _doubt(version: procedures.ProcedureVersion, key: str) -> Mapping[str, Any]:
    """Raises: Conflict if it is settled already."""
    for one in version.unclear:
        if procedures.key_of(one) == key:
            return dict(one)
    raise Conflict("Điểm này đã được làm rõ; mời xem lại phiên bản.")
