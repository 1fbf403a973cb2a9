"""Documents being signed: what the clerk numbers and seals, one document with its turns."""

from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.turning import place
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.turns import SIGNING
from motcua.channels.office.views.papers import pdf, xml
from motcua.foundation.access.api import Power
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import TurnRole, TurnState
from motcua.foundation.trust.api import Way
from motcua.lib.actor import Actor
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated, BadInput
from motcua.lib.paging import decode
from motcua.lib.text import whole_number

MOST = 100
HANDED_IN = (
    signing.DocumentKind.MODULE_PDF,
    signing.DocumentKind.COPY,
    signing.DocumentKind.ATTACHMENT,
    signing.DocumentKind.XML,
)
SEALING = (TurnRole.SEAL, TurnRole.COPY)
_SHOWN = {
    TurnState.WAITING: "todo",
    TurnState.READY: "current",
    TurnState.UNDERWAY: "current",
    TurnState.DONE: "done",
    TurnState.REFUSED: "late",
    TurnState.DROPPED: "paused",
}


class Sealed(NamedTuple):
    """What became of one chosen document."""

    code: str
    title: str
    is_done: bool
    words: str


@require_GET
@for_officers()
def to_seal(request: ActorRequest) -> HttpResponse:
    """Show what waits for number, day and seal, the oldest first. Costs: one statement."""
    request.actor.require(Power.SEAL_DOCUMENTS)
    found = signing.turns_for(request.actor, SEALING, after=decode(request.GET.get("sau", "")))
    context = {
        "rows": found.rows,
        "next": place(request, found.next),
        "previous": place(request, found.previous),
    }
    return page(request, "to_seal", context, current="seal")


@require_POST
@for_officers("office:to_seal")
def seal(request: ActorRequest) -> HttpResponseBase:
    """Number and seal each chosen document; a refusal of one does not hold up the others."""
    codes = list(dict.fromkeys(request.POST.getlist("van-ban")))[:MOST]
    if not codes:
        messages.warning(request, "Chưa chọn văn bản nào; hãy đánh dấu ít nhất một dòng.")
        return redirect("office:to_seal")
    done = [seal_one(code, request.actor) for code in codes]
    context = {"done": done, "count": sum(one.is_done for one in done)}
    return page(request, "sealed", context, current="seal")


def seal_one(code: str, actor: Actor) -> Sealed:
    whole = signing.request_for(actor, code)
    title = f"{whole.request.title} ({whole.request.about})"
    try:
        sealed = signing.number_and_seal(code, by=actor, at=now())
    except Anticipated as error:
        return Sealed(code, title, is_done=False, words=str(error))
    given = f"Đã cấp số {sealed.number_words}" if sealed.number else "Đã nhận"
    words = f"{given}; dấu đang được đóng."
    return Sealed(code, title, is_done=True, words=words)


@require_GET
@for_officers()
def to_sign(request: ActorRequest) -> HttpResponse:
    """Show what waits for the actor's initials or signature, the oldest first; each turn once.

    Costs: three statements, and those of the ways to sign.
    """
    actor = request.actor
    actor.require(Power.SIGN_DOCUMENTS)
    found = signing.turns_for(actor, SIGNING, after=decode(request.GET.get("sau", "")))
    initials = signing.initialled_by([row.request_id for row in found.rows])
    context = {
        "rows": [(row, initials.get(row.request_id, [])) for row in found.rows],
        "hands": [(one.key, one.label, one.hint) for one in signing.hands_for(actor, now())],
        "to_go_on": len(signing.underway_of(actor)),
        "next": place(request, found.next),
        "previous": place(request, found.previous),
    }
    return page(request, "to_sign", context, current="to_sign")


@require_POST
@for_officers("office:to_sign")
def sign_many(request: ActorRequest) -> HttpResponseBase:
    """Initial or sign each chosen document; a refusal of one does not hold up the others."""
    codes = list(dict.fromkeys(request.POST.getlist("van-ban")))[:MOST]
    if not codes:
        messages.warning(request, "Chưa chọn văn bản nào; hãy đánh dấu ít nhất một dòng.")
        return redirect("office:to_sign")
    hand = request.POST.get("hand", "")
    done = [sign_one(code, hand, request.actor) for code in codes]
    context = {
        "done": done,
        "count": sum(one.is_done for one in done),
        "to_sign": len(signing.underway_of(request.actor)),
    }
    return page(request, "signed_many", context, current="to_sign")


def sign_one(code: str, hand: str, actor: Actor) -> Sealed:
    whole = signing.request_for(actor, code)
    title = f"{whole.request.title} ({whole.request.about})"
    try:
        signing.begin_attempt(code, by=actor, at=now(), hand=hand)
    except Anticipated as error:
        return Sealed(code, title, is_done=False, words=str(error))
    return Sealed(code, title, is_done=True, words="Đang ký.")


@require_GET
@for_officers()
def document(request: ActorRequest, code: str) -> HttpResponse:
    """Show one document that is being signed: who has signed, who is next, what went wrong."""
    whole = signing.request_for(request.actor, code)
    asked = whole.request
    turn = next((one for one in whole.turns if one.state == TurnState.READY), None)
    is_mine = turn is not None and may_take(request.actor, turn)
    context = {
        "asked": asked,
        "state": signing.RequestState(asked.state).label,
        "turns": [shown(one) for one in whole.turns],
        "error": signing.latest_error_of(asked.pk) if asked.state == "open" else "",
        **hand_shown(request.actor, asked),
        "can_sign": is_mine and turn is not None and turn.role in SIGNING,
        "can_seal": is_mine and turn is not None and turn.role in SEALING,
        "is_initial": turn is not None and turn.role == TurnRole.INITIAL,
        **heirs_shown(request.actor, asked, turn, is_mine=is_mine),
        **handed_in(request.actor, asked),
    }
    return page(request, "document", context, current="")


def heirs_shown(
    actor: Actor, asked: signing.SigningRequest, turn: signing.Turn | None, *, is_mine: bool
) -> dict[str, object]:
    """Return to whom the turn may be handed, and whether the actor may take it for its holder.

    Costs: up to three queries, none where nobody's signature is awaited.
    """
    nobody: dict[str, object] = {"heirs": [], "can_take_over": False}
    if turn is None or turn.role not in SIGNING:
        return nobody
    found = signing.heirs_of(asked, turn, now())
    heirs = [(str(one.account_id), heir_words(one)) for one in found]
    can_sign = actor.can(Power.SIGN_DOCUMENTS, unit_id=turn.unit_id)
    is_heir = can_sign and any(one.account_id == actor.id for one in found)
    is_leaders = turn.role == TurnRole.LEADER
    return {"heirs": heirs if is_mine else [], "can_take_over": is_leaders and is_heir}


def heir_words(heir: signing.Expected) -> str:
    """Return a name with the capacity in which it would be signed."""
    return f"{heir.block.name} – {signing.signed_words(heir.block.title, heir.block.printed)}"


def handed_in(actor: Actor, asked: signing.SigningRequest) -> dict[str, object]:
    """Return what one may do with a document that officers handed in themselves."""
    is_own = asked.created_by_id == actor.id and asked.document_kind in HANDED_IN
    is_done = asked.state == signing.RequestState.COMPLETED
    is_xml = asked.document_kind == signing.DocumentKind.XML
    return {
        "can_take_back": is_own and asked.state == signing.RequestState.OPEN,
        "paper_href": f"/giay/{asked.paper_token}/" if is_done else "",
        "can_copy": is_done and not is_xml and actor.can(Power.SEAL_DOCUMENTS),
        "form": "XML" if is_xml else "PDF",
    }


def hand_shown(actor: Actor, asked: signing.SigningRequest) -> dict[str, object]:
    """Return what the actor has begun with a document, and the ways to begin. Costs: 3 queries."""
    begun = signing.hand_at(actor, asked.pk)
    return {
        "begun": begun is not None,
        "waits_for_file": begun is not None
        and begun.way == Way.ELSEWHERE
        and begun.state == signing.AttemptState.PREPARED,
        "field_name": begun.turn.field_name if begun else "",
        "hands": [(one.key, one.label, one.hint) for one in signing.hands_for(actor, now())],
    }


def may_take(actor: Actor, turn: signing.Turn) -> bool:
    """Say whether it is the actor's turn."""
    power = Power.SEAL_DOCUMENTS if turn.role in SEALING else Power.SIGN_DOCUMENTS
    return actor.can(power, unit_id=turn.unit_id) and turn.account_id in (None, actor.id)


def shown(turn: signing.Turn) -> dict[str, object]:
    """Return a turn as a row of a timeline."""
    who = turn.done_by_name or turn.signer_name
    return {
        "state": _SHOWN[TurnState(turn.state)],
        "title": f"{TurnRole(turn.role).label}: {TurnState(turn.state).label.lower()}",
        "by": f"{who}, {title_of(turn)}".strip(", "),
        "at": turn.done_at or turn.ready_at or "",
        "text": turn.reason or turn.note,
    }


def title_of(turn: signing.Turn) -> str:
    """Return under which title a turn is signed, with the capacity."""
    title = turn.done_by_title or turn.signer_title
    return f"{turn.capacity}. {turn.on_behalf_of}, {title}" if turn.on_behalf_of else title


@require_GET
@for_officers()
def document_file(request: ActorRequest, code: str) -> HttpResponse:
    """Hand out the newest version of a document."""
    whole = signing.request_for(request.actor, code)
    content = signing.document_of(whole.request)
    if whole.request.document_kind == signing.DocumentKind.XML:
        return xml(content, f"{code}.xml")
    return pdf(content, f"{code}.pdf")


@require_POST
@for_officers("office:document")
def sign_again(request: ActorRequest, code: str) -> HttpResponseBase:
    """Let one's certificate sign after a try that came to nothing."""
    signing.request_for(request.actor, code)
    signing.begin_attempt(code, by=request.actor, at=now(), hand=request.POST.get("hand", ""))
    messages.success(request, "Văn bản đang được lập để ký.")
    return redirect("office:document", code)


@require_POST
@for_officers("office:document")
def hand_on(request: ActorRequest, code: str) -> HttpResponseBase:
    """Hand one's turn to somebody else, with the reason."""
    signing.request_for(request.actor, code)
    to, reason = whole_number(request.POST.get("to", "")), request.POST.get("reason", "")
    if to is None:
        raise BadInput("Hãy chọn người nhận lượt ký.", field="to")
    signing.hand_on(code, to, reason[:900], by=request.actor, at=now())
    messages.success(request, "Đã chuyển lượt ký; người nhận được báo kèm lý do.")
    return redirect("office:document", code)


@require_POST
@for_officers("office:document")
def take_over(request: ActorRequest, code: str) -> HttpResponseBase:
    """Take the turn of the leader whose name is printed, to sign for him."""
    signing.request_for(request.actor, code)
    signing.take_over(code, by=request.actor, at=now())
    messages.success(request, "Văn bản đã lập lại với chức danh của ông/bà; mời ký.")
    return redirect("office:document", code)


@require_POST
@for_officers("office:document")
def refuse(request: ActorRequest, code: str) -> HttpResponseBase:
    """Refuse to sign or seal, with the reason."""
    signing.request_for(request.actor, code)
    signing.refuse_turn(code, request.POST.get("reason", "")[:1000], by=request.actor, at=now())
    messages.success(request, "Đã từ chối; nơi trình sẽ thấy lý do.")
    return redirect(reverse("office:document", args=[code]))
