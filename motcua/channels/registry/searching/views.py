"""Find words in documents and work files; keep questions for another day."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.documents import api as documents
from motcua.casework.workfiles import api as workfiles
from motcua.channels.kit.addresses import address
from motcua.channels.kit.old_names import first_with_rows, old_names
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.turning import place
from motcua.channels.kit.words import short_day
from motcua.channels.registry.frame import SIDES, Item, for_officers, page
from motcua.foundation.search import api as search
from motcua.foundation.search.api import Piece, TextHit
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.paging import decode
from motcua.lib.text import tidy

_DOCUMENTS = "document"
_LONGEST = 200
_WHERE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "": ("Văn bản và hồ sơ công việc", (_DOCUMENTS, workfiles.KIND)),
    "van-ban": ("Chỉ văn bản", (_DOCUMENTS,)),
    "ho-so": ("Chỉ tài liệu trong hồ sơ công việc", (workfiles.KIND,)),
}


class Found(NamedTuple):
    """One thing found, as the page shows it."""

    href: str
    title: str
    about: str
    page: int
    pieces: Sequence[Piece]


def _side(_actor: Actor) -> list[Item]:
    return [("Tìm toàn văn", address("registry:search"), "search")]


SIDES.append(_side)


def _asking(question: str) -> str:
    return f"{address('registry:search')}?{urlencode({'q': question})}"


@require_GET
@for_officers("registry:search")
def search_page(request: ActorRequest) -> HttpResponse:
    """Show the documents and files in which the words stand, and the questions one keeps.

    Costs: the search, two statements for each kind found, one for what is kept.
    """
    question = tidy(request.GET.get("q", ""))[:_LONGEST]
    where = request.GET.get("o", "")
    kinds = _WHERE.get(where, _WHERE[""])[1]
    after = decode(request.GET.get("sau", ""))
    names = old_names(request, question, now())
    found, used = first_with_rows(
        lambda words: search.find_text(
            words, kinds=kinds, scope_ids=request.actor.scope_ids, after=after
        ),
        question,
        names,
    )
    context = {
        "old_names": names,
        "used": used,
        "question": question,
        "where": where if where in _WHERE else "",
        "places": [(key, words) for key, (words, _) in _WHERE.items()],
        "found": _shown(request.actor, found.rows),
        "next": place(request, found.next),
        "saved": [
            (one.name, _asking(one.question), one.pk) for one in search.searches_of(request.actor)
        ],
    }
    return page(request, "searching/search", context, current="search")


def _shown(actor: Actor, hits: Sequence[TextHit]) -> list[Found]:
    """Return what of the hits the actor may see: the rooms' own scope rows say so once more."""
    named: dict[tuple[str, int], Found] = {}
    for kind, describe in _DESCRIBE.items():
        mine = {hit.subject_id: hit for hit in hits if hit.kind == kind}
        named |= {(kind, one): shown for one, shown in describe(actor, mine).items()}
    keys = [(hit.kind, hit.subject_id) for hit in hits]
    return [named[key] for key in keys if key in named]


def _documents(actor: Actor, hits: Mapping[int, TextHit]) -> dict[int, Found]:
    found = documents.documents_by_ids(actor, list(hits)) if hits else {}
    return {
        pk: Found(
            address("registry:document", one.code),
            one.subject,
            " · ".join(
                filter(
                    None,
                    (
                        documents.in_words(one.number, one.notation) or one.kind_name,
                        one.issuer_name,
                        short_day(one.issued_on) if one.issued_on else "",
                    ),
                )
            ),
            hits[pk].page,
            hits[pk].snippet,
        )
        for pk, one in found.items()
    }


def _items(actor: Actor, hits: Mapping[int, TextHit]) -> dict[int, Found]:
    found = workfiles.items_by_ids(actor, list(hits)) if hits else {}
    return {
        pk: Found(
            address("registry:work_file", one.work_file.code),
            one.title,
            f"Hồ sơ {one.work_file.title} · thêm ngày {short_day(local_day(one.added_at))}",
            hits[pk].page,
            hits[pk].snippet,
        )
        for pk, one in found.items()
    }


Describe = Callable[[Actor, Mapping[int, TextHit]], dict[int, Found]]
_DESCRIBE: Mapping[str, Describe] = {_DOCUMENTS: _documents, workfiles.KIND: _items}


@require_POST
@for_officers("registry:search")
def save(request: ActorRequest) -> HttpResponseBase:
    """Keep the question under a name."""
    name, question = request.POST.get("name", ""), request.POST.get("q", "")
    saved = search.save_search(name, question, by=request.actor, at=now())
    messages.success(request, f"Đã lưu lần tìm “{saved.name}”.")
    return redirect(_asking(saved.question))


@require_POST
@for_officers("registry:search")
def drop(request: ActorRequest, search_id: int) -> HttpResponseBase:
    """Drop a question one keeps."""
    search.drop_search(search_id, by=request.actor, at=now())
    messages.success(request, "Đã bỏ lần tìm đã lưu.")
    return redirect("registry:search")
