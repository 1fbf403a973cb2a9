"""Find documents one may see; keep questions for another day."""

from collections.abc import Sequence
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import FoundDocument, Wanted
from motcua.channels.kit.addresses import address
from motcua.channels.kit.old_names import OldName, old_names
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.turning import place
from motcua.channels.registry.frame import for_officers, page
from motcua.channels.registry.reading.showing import DocumentRow, rows_shown
from motcua.foundation.search import api as search
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput
from motcua.lib.paging import Page, decode

from .forms import FindForm, question_of

_WHERE = "documents"


class FoundRow(NamedTuple):
    """One document found, and whether it has the very tones."""

    row: DocumentRow
    is_exact: bool


@require_GET
@for_officers("registry:find_documents")
def find_page(request: ActorRequest) -> HttpResponse:
    """Show what fits, exact tones first, and the questions one keeps.

    Costs: the search, two statements, one for what is kept.
    """
    form = FindForm(request.GET or None)
    wanted = _wanted(form)
    found = _found(request, wanted)
    context = {
        "old_names": _old_names(request, wanted),
        "form": form,
        "is_asked": wanted is not None and not wanted.is_empty,
        "has_more": form.has_more(),
        "rows": _rows(found.rows),
        "next": place(request, found.next),
        "question": question_of(request.GET),
        "saved": [
            (one.name, _asking(one.question), one.pk)
            for one in search.searches_of(request.actor, where=_WHERE)
        ],
    }
    status = 422 if form.errors else 200
    return page(request, "finding/find", context, current="find_documents", status=status)


def _wanted(form: FindForm) -> Wanted | None:
    """Return what is looked for; nothing while the form is empty or wrong."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return form.wanted()
    except BadInput as error:
        form.blame(str(error), error.field)
        return None


def _found(request: ActorRequest, wanted: Wanted | None) -> Page[FoundDocument]:
    if wanted is None:
        return Page(())
    after = decode(request.GET.get("sau", ""))
    return documents.search_documents(request.actor, wanted, today=local_day(now()), after=after)


def _old_names(request: ActorRequest, wanted: Wanted | None) -> list[OldName]:
    """Return the old names of places among the words and in the issuer."""
    if wanted is None:
        return []
    at = now()
    return [
        *old_names(request, wanted.words, at, "words"),
        *old_names(request, wanted.issuer, at, "issuer"),
    ]


def _rows(found: Sequence[FoundDocument]) -> list[FoundRow]:
    shown = rows_shown(one.document for one in found)
    return [FoundRow(row, one.is_exact) for row, one in zip(shown, found, strict=True)]


def _asking(question: str) -> str:
    return f"{address('registry:find_documents')}?{question}"


@require_POST
@for_officers("registry:find_documents")
def save(request: ActorRequest) -> HttpResponseBase:
    """Keep the question under a name."""
    question = question_of(QueryDict(request.POST.get("question", "")[:2000]))
    saved = search.save_search(
        request.POST.get("name", ""), question, by=request.actor, at=now(), where=_WHERE
    )
    messages.success(request, f"Đã lưu lần tìm “{saved.name}”.")
    return redirect(_asking(saved.question))


@require_POST
@for_officers("registry:find_documents")
def drop(request: ActorRequest, search_id: int) -> HttpResponseBase:
    """Drop a question one keeps."""
    search.drop_search(search_id, by=request.actor, at=now())
    messages.success(request, "Đã bỏ lần tìm đã lưu.")
    return redirect("registry:find_documents")
