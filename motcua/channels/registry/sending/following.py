"""Who has not answered what was sent: a list, a reminder, a note of an answer on paper."""

from typing import Any, NamedTuple

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Recipient, Unanswered
from motcua.channels.kit.addresses import address
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.words import Badge, short_day
from motcua.channels.registry.asking import Asked, ask
from motcua.channels.registry.frame import for_officers, page
from motcua.lib.clock import local_day, now

from .forms import ChaseForm, NoteAnswerForm

_ASKED = ("GET", "HEAD", "POST")
_NAMED = 4


class WaitingRow(NamedTuple):
    """One document that was sent and is not answered by everybody."""

    href: str
    named: str
    kind: str
    subject: str
    due: Badge
    waiting: str
    names: str


def _sent(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_GET
@for_officers("registry:outgoing")
def waiting(request: ActorRequest) -> HttpResponse:
    """Show what was sent with a deadline and is not answered yet. Costs: five statements."""
    only_late = "qua-han" in request.GET
    found = documents.open_answers(request.actor, on=local_day(now()), only_late=only_late)
    context = {"rows": [_row(one) for one in found], "only_late": only_late}
    return page(request, "waiting", context, current="outgoing")


def _row(one: Unanswered) -> WaitingRow:
    document = one.document
    rest = len(one.waiting) - _NAMED
    names = "; ".join(row.name for row in one.waiting[:_NAMED])
    day = short_day(document.due_on) if document.due_on else ""
    return WaitingRow(
        href=address("registry:document", document.code),
        named=documents.in_words(document.number, document.notation),
        kind=document.kind_name,
        subject=document.subject,
        due=Badge(f"Quá hạn {day}", "late") if one.is_late else Badge(day, "info"),
        waiting=f"{len(one.waiting)}/{one.sent_to}",
        names=names + (f" và {rest} nơi khác" if rest > 0 else ""),
    )


@require_http_methods(_ASKED)
@for_officers("registry:start")
def chase(request: ActorRequest, code: str) -> HttpResponseBase:
    """Remind agencies of this system that have not answered; others get a letter."""
    document, at = documents.get_document_for(request.actor, code), now()
    found = documents.unanswered(document)
    here = [one for one in found if documents.is_told_here(one)]
    form = ChaseForm(_sent(request), places=here, initial={"places": _all(here)})

    def run() -> None:
        data = form.cleaned_data
        places = [int(one) for one in data["places"]]
        documents.chase(code, places, data["words"], by=request.actor, at=at)

    letter = f"{address('registry:new_draft')}?don-doc={code}"
    elsewhere = [one.name for one in found if not documents.is_told_here(one)]
    asked = Asked(
        "Đôn đốc nơi nhận",
        "Gửi đôn đốc",
        "Đã đôn đốc; văn thư và người đang giữ văn bản ở từng nơi nhận thông báo.",
        template="chase",
        context={"letter": letter, "elsewhere": elsewhere, "here": here},
    )
    return ask(request, document, form, run, asked)


def _all(rows: list[Recipient]) -> list[str]:
    return [str(one.seq) for one in rows]


@require_http_methods(_ASKED)
@for_officers("registry:start")
def note_answer(request: ActorRequest, code: str) -> HttpResponseBase:
    """Note that places have answered by a way nobody tells this system of."""
    document, at = documents.get_document_for(request.actor, code), now()
    form = NoteAnswerForm(_sent(request), places=list(documents.unanswered(document)))

    def run() -> None:
        data = form.cleaned_data
        places = [int(one) for one in data["places"]]
        documents.note_answer(code, places, data["words"], by=request.actor, at=at)

    asked = Asked(
        "Ghi nhận nơi nhận đã trả lời",
        "Ghi nhận",
        "Đã ghi nhận.",
        "Văn bản trả lời gửi qua mạng được nhận ra và ghi nhận tự động. Chỉ ghi ở đây khi trả lời "
        "bằng bản giấy, điện thoại hoặc cách khác.",
    )
    return ask(request, document, form, run, asked)
