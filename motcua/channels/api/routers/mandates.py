"""Who acts for oneself, for whom one acts: read, taken back; acting itself stays on the pages."""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from ninja.params import functions as params

from motcua.casework.dossiers import api as dossiers
from motcua.channels.api.door import AFTER, LIMIT, NUMBER, Door, listed, plain_json, row_of
from motcua.channels.api.shapes import DossierPage, dossier_row
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.clients.api import Scope
from motcua.foundation.mandates import api as mandates
from motcua.lib import paging
from motcua.lib.clock import now

_FIRM: Any = params.Query("", max_length=14)
_BEFORE: Any = params.Query(None, ge=1, le=2**31 - 1)
_CLIENT: Any = params.Query(None, ge=1, le=2**31 - 1)
door = Door("mandates")


class MandateOut(Schema):
    """One consent: who lets whom act, how far, until when."""

    number: int
    kind: str
    client_name: str
    agent_name: str
    proof: str
    may_receive: bool
    may_pay: bool
    sees_all: bool
    procedure_codes: list[str]
    sector_codes: list[str]
    valid_from: date
    valid_to: date | None


class MandateEntryOut(Schema):
    """One line of what was done under a mandate; `about` is the code of a dossier or procedure."""

    number: int
    mandate_number: int
    at: datetime
    word: str
    by_name: str
    about: str


@door.reads("/mandates", Scope.READ, list[MandateOut], "Người làm thay tôi")
def given(request: ActorRequest) -> Any:
    """Return who may act for the caller, or for a body the caller manages, the latest first."""
    return plain_json([_row(one) for one in mandates.given_by(request.actor, at=now())])


@door.reads("/mandates/history", Scope.READ, list[MandateEntryOut], "Việc đã làm thay tôi")
def history(request: ActorRequest, before: int | None = _BEFORE, limit: int = LIMIT) -> Any:
    """Return what others did for the caller, newest first; go on with the last number."""
    found = mandates.history_for(request.actor, at=now(), before=before, limit=limit)
    rows = [
        row_of(
            MandateEntryOut,
            one,
            number=one.pk,
            mandate_number=one.mandate_id,
            about=one.subject.partition(":")[2],
        )
        for one in found
    ]
    return plain_json(rows)


@door.acts("/mandates/{number}/take-back", Scope.FILE, list[MandateOut], "Rút lại sự đồng ý")
def take_back(request: ActorRequest, number: int = NUMBER) -> Any:
    """Take a consent back at once; answer those that are left."""
    by, at = request.actor, now()
    mandates.take_back(number, by=by, at=at)
    return plain_json([_row(one) for one in mandates.given_by(by, at=at)])


@door.reads("/mandates/held", Scope.READ, list[MandateOut], "Hộ, khách hàng tôi làm thay")
def held(request: ActorRequest, tax_code: str = _FIRM) -> Any:
    """Return the clients of a firm one works for; without a tax code one's own households."""
    return plain_json([_row(one) for one in _held(request, tax_code)])


@door.reads("/mandates/held/dossiers", Scope.READ, DossierPage, "Hồ sơ nộp thay")
def filed(
    request: ActorRequest,
    tax_code: str = _FIRM,
    number: int | None = _CLIENT,
    after: str = AFTER,
    limit: int = LIMIT,
) -> Any:
    """Return what was filed under these mandates, or under one of them, the newest first."""
    chosen = [one for one in _held(request, tax_code) if number in (None, one.pk)]
    reader = mandates.reader_of(request.actor, chosen)
    page = dossiers.dossiers_for(reader, after=paging.decode(after), limit=limit)
    return listed(page, dossier_row)


def _held(request: ActorRequest, tax_code: str) -> list[mandates.Mandate]:
    by, at = request.actor, now()
    if not tax_code:
        return list(mandates.households_of(by, at=at))
    mandates.get_firm_for(by, tax_code, at=at)
    return list(mandates.clients_of(by, tax_code, at=at))


def _row(one: mandates.Mandate) -> dict[str, object]:
    agent = one.helper.full_name if one.helper else one.firm.name if one.firm else ""
    return row_of(MandateOut, one, number=one.pk, client_name=one.client_name, agent_name=agent)
