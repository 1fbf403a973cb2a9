"""Dossiers of many clients in one list, for whoever acts for them."""

from collections.abc import Sequence

from django.http import HttpRequest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures import api as procedures
from motcua.channels.kit.tongues import translate as _
from motcua.channels.portal.tracking import promise_of, stand_of
from motcua.foundation.mandates import api as mandates
from motcua.lib.actor import Actor
from motcua.lib.paging import decode

ON_PHONE = 20


def options_of(given: Sequence[mandates.Mandate]) -> list[tuple[str, str]]:
    """Return the clients to choose among, beginning with all of them."""
    return [("", _("Tất cả")), *((str(one.pk), one.client_name) for one in given)]


def filed_rows(request: HttpRequest, reader: Actor) -> dict[str, object]:
    """Return a page of what the reader's mandates made, newest first.

    Costs: two statements, however many clients; none without one.
    """
    if not reader.unit_ids:
        return {"rows": [], "next": None, "previous": None}
    after = decode(request.GET.get("tu", ""))
    page = dossiers.dossiers_for(reader, after=after, limit=ON_PHONE)
    rows = [
        {
            "dossier": one,
            "name": procedures.definition_of(one.procedure_version_id).short_name,
            "stand": stand_of(one),
            "promise": promise_of(one),
            "is_waited_for": one.status == dossiers.Status.AWAITING_APPLICANT,
        }
        for one in page.rows
    ]
    return {
        "rows": rows,
        "next": page.next.encode() if page.next else None,
        "previous": page.previous.encode() if page.previous else None,
    }
