"""Clerks and heads take over what agencies and units that ended have left."""

from typing import NamedTuple

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.documents import api as documents
from motcua.casework.workfiles import api as workfiles
from motcua.channels.kit.addresses import address
from motcua.channels.kit.fields import KitForm, SelectField
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.registry.files.asking import Question, ask, sent
from motcua.channels.registry.frame import for_officers, page
from motcua.foundation.access.api import Power, Secrecy
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput

_ASKED = ("GET", "HEAD", "POST")


class UnitForm(KitForm):
    """Which unit goes on with the files."""

    to = SelectField(label="Đơn vị tiếp nhận")


@require_GET
@for_officers()
def estates(request: ActorRequest) -> HttpResponseBase:
    """Show what others have left to the officer's agency. Costs: some queries for each."""
    agency_id = request.actor.agency_id or 0
    context = {
        "rows": [
            (one, address("registry:estate", one.agency_id), _words_of(one, agency_id))
            for one in workfiles.estates_of(agency_id)
        ],
        "units": workfiles.ended_units_of(agency_id) if _heads(request.actor) else [],
        "books": _books_of(request.actor),
    }
    return page(request, "heirs/estates", context, current="estates")


def _heads(actor: Actor) -> bool:
    root = organisation.tree().agency(actor.agency_id or 0).root_unit_id
    return actor.can(Power.APPROVE_DOCUMENTS, unit_id=root)


def _words_of(estate: documents.Estate, agency_id: int) -> str:
    """Return who else stands in the place of an agency that ended."""
    names = [organisation.name_of_agency(one) for one in estate.heirs if one != agency_id]
    return f"Cùng kế tục: {', '.join(names)}" if names else "Cơ quan này kế tục toàn bộ"


def _books_of(actor: Actor) -> list[tuple[str, documents.BookShown]]:
    """Return the books of those who came before, if the actor keeps books."""
    before = organisation.predecessors_of_agency(actor.agency_id or 0, local_day(now()))
    kept = [one for one in before if documents.keeps_books(actor, one)]
    return [
        (organisation.name_of_agency(one), book) for one in kept for book in documents.books_of(one)
    ]


@require_http_methods(_ASKED)
@for_officers("registry:estates")
def estate(request: ActorRequest, agency_id: int) -> HttpResponseBase:
    """Take over what an agency left: all of it, or what was ticked where it has several heirs."""
    own = request.actor.agency_id or 0
    found = next((one for one in workfiles.estates_of(own) if one.agency_id == agency_id), None)
    if found is None:
        raise Http404("Không còn gì phải tiếp nhận từ cơ quan này.")
    if request.method == "POST":
        return _taken(request, found, own)
    is_alone = len(found.heirs) == 1
    context = {
        "estate": found,
        "is_alone": is_alone,
        "words": _words_of(found, own),
        "documents": [
            _row(one.code, one.subject, one.get_state_display(), one.secrecy)
            for one in documents.open_documents_of([agency_id])
        ],
        "files": [
            _row(one.code, one.title, one.get_state_display(), one.secrecy)
            for one in workfiles.left_files_of(agency_id)
        ],
        "can_take": any(
            request.actor.can(Power.REGISTER_DOCUMENTS, unit_id=unit.id)
            for unit in organisation.tree().units_of(own)
        ),
    }
    return page(request, "heirs/estate", context, current="estates")


class Left(NamedTuple):
    """One thing that was left: what is kept closely is not named."""

    code: str
    name: str
    state: str


def _row(code: str, name: str, state: str, secrecy: int) -> Left:
    is_open = secrecy == Secrecy.OPEN
    return Left(code, name if is_open else "(chỉ người có tên được biết)", state)


def _taken(request: ActorRequest, found: documents.Estate, own: int) -> HttpResponseBase:
    codes = None if len(found.heirs) == 1 else request.POST.getlist("ma")
    if codes is not None and not codes:
        raise BadInput("Hãy chọn ít nhất một văn bản hoặc hồ sơ.")
    taken = workfiles.inherit(found.agency_id, own, by=request.actor, at=now(), codes=codes)
    messages.success(request, f"Đã tiếp nhận {taken} văn bản, hồ sơ của {found.name}.")
    return redirect("registry:estates")


@require_http_methods(_ASKED)
@for_officers("registry:estates")
def ended_unit(request: ActorRequest, unit_id: int) -> HttpResponseBase:
    """Say which unit goes on with the files of one that ended."""
    own = request.actor.agency_id or 0
    left = {unit.id: (unit, count) for unit, count in workfiles.ended_units_of(own)}
    if unit_id not in left:
        raise Http404("Đơn vị này không còn hồ sơ phải chuyển.")
    unit, count = left[unit_id]
    form = UnitForm(sent(request))
    field = form.fields["to"]
    if isinstance(field, SelectField):
        units = organisation.tree().units_of(own)
        field.choices = [("", "Chọn đơn vị"), *((str(one.id), one.name) for one in units)]

    def run() -> None:
        to = int(form.cleaned_data["to"])
        workfiles.take_unit(unit_id, to, by=request.actor, at=now())

    asked = Question(
        f"Chuyển {count} hồ sơ của {unit.name}",
        "Chuyển hồ sơ",
        "Đã chuyển hồ sơ sang đơn vị tiếp nhận.",
        address("registry:estates"),
        "Cơ quan, đơn vị cũ",
        "Đơn vị này đã kết thúc hoạt động. Hồ sơ giữ nguyên người lập; trưởng đơn vị mới có thể "
        "giao người khác.",
        "estates",
    )
    return ask(request, form, run, asked)
