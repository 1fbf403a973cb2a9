"""What texts of procedures, and official names, say in English: how far it is, text by text."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.procedures import api as procedures
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import needs
from motcua.channels.backoffice.views.procedures import crumbs
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.lib.clock import now

ROWS = 30
AT_ONCE = 60
PREFIX = "en."
translators = needs(Power.EDIT_PROCEDURES, everywhere=True)


@require_GET
@translators
def translations(request: ActorRequest) -> HttpResponse:
    """List the procedures that are filed here, each with how many texts lack their English.

    Costs: two statements.
    """
    after = request.GET.get("after", "")
    found = procedures.translations(after=after, limit=ROWS + 1)
    context = {
        "title": "Bản tiếng Anh của thủ tục",
        "crumbs": crumbs(),
        "rows": found[:ROWS],
        "after": found[ROWS - 1].code if len(found) > ROWS else "",
        "is_later": bool(after),
    }
    return page(request, "translations", context, current="translations")


@require_http_methods(["GET", "POST"])
@translators
@shows_errors("backoffice:translations")
def translation(request: ActorRequest, code: str) -> HttpResponse:
    """Show every text of a procedure beside its English, and keep what was written."""
    found = procedures.get_procedure(code)
    definition = procedures.definition_of(found.current_version_id or 0)
    return _texts(request, f"{code} {definition.short_name}", procedures.texts_of(definition))


@require_http_methods(["GET", "POST"])
@translators
@shows_errors("backoffice:translations")
def shared_names(request: ActorRequest) -> HttpResponse:
    """Show the names of sectors, agencies and desks beside their English."""
    return _texts(request, "Tên lĩnh vực, cơ quan, bộ phận một cửa", procedures.shared_texts())


def _texts(request: ActorRequest, title: str, texts: Sequence[procedures.TextAt]) -> HttpResponse:
    """Show texts a page at a time, those without English first if they alone are wanted."""
    known = procedures.english_of({one.words for one in texts})
    only_left = request.GET.get("con") == "1"
    wanted = [one for one in texts if not (only_left and one.words in known)]
    first = _first(request, len(wanted))
    shown = wanted[first : first + AT_ONCE]
    if request.method == "POST":
        return _keep(request, texts, only_left=only_left)
    context = {
        "title": title,
        "crumbs": [*crumbs(), ("Bản tiếng Anh", reverse("backoffice:translations"))],
        "rows": [(one, known.get(one.words, "")) for one in shown],
        "left": sum(one.words not in known for one in texts),
        "texts": len(texts),
        "prefix": PREFIX,
        "only_left": only_left,
        "previous": str(max(first - AT_ONCE, 0)) if first else "",
        "next": str(first + AT_ONCE) if first + AT_ONCE < len(wanted) else "",
    }
    return page(request, "translation", context, current="translations")


def _first(request: ActorRequest, count: int) -> int:
    asked = request.GET.get("tu", "")
    place = int(asked) if asked.isdecimal() and len(asked) < len("10000") else 0
    return place if place < count else 0


def _keep(
    request: ActorRequest, texts: Sequence[procedures.TextAt], *, only_left: bool
) -> HttpResponse:
    """Keep the English of the texts that were sent, whichever would be shown by now.

    Of those left without English the first page comes next: the page just done is empty now.
    """
    sent = {
        one.words: request.POST[f"{PREFIX}{one.key}"]
        for one in texts
        if f"{PREFIX}{one.key}" in request.POST
    }
    changed = procedures.translate_texts(sent, by=request.actor, at=now())
    messages.success(request, f"Đã lưu {changed} lời dịch.")
    return redirect(f"{request.path}?con=1" if only_left else request.get_full_path())


PATHS = [
    path("thu-tuc/tieng-anh/", translations, name="translations"),
    path("thu-tuc/tieng-anh/ten-chung/", shared_names, name="shared_names"),
    path("thu-tuc/<str:code>/tieng-anh/", translation, name="translation"),
]
