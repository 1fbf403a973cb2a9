"""One dossier at the desk: look at it, receive it, refuse it, open its files."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import (
    Act,
    IssuedForm,
    PaperState,
    Status,
    SubState,
    WholeDossier,
)
from motcua.casework.fees import api as fees
from motcua.casework.forms.api import summary_of
from motcua.casework.procedures import api as procedures
from motcua.casework.reasons.api import ReasonKind
from motcua.channels.counter.clocks import check_clock
from motcua.channels.counter.forms import RefusalForm
from motcua.channels.counter.frame import desks_of, page
from motcua.channels.counter.sheet import place_name
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.downloads import file_response, preview_response
from motcua.channels.kit.owners import Whose, whose
from motcua.channels.kit.paper_signatures import (
    SignaturesSeen,
    signatures_part,
    signatures_seen,
)
from motcua.channels.kit.reasons import (
    Given,
    Shelf,
    bases,
    hold,
    is_putting_in,
    joined,
    shelf_for,
    with_reasons,
)
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.signatures import badge_of
from motcua.channels.kit.words import stamp
from motcua.foundation.access.api import Power
from motcua.foundation.codelists import api as codelists
from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing import api as signing
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput
from motcua.lib.money import in_dong

Rows = list[dict[str, str]]


class PaperShown(NamedTuple):
    """One handed-in paper as the desk checks it."""

    seq: int
    spec_code: str
    name: str
    kind: str
    quantity: int
    state: str
    href: str
    preview: str
    file_name: str
    seen: SignaturesSeen | None


@require_GET
@shows_errors("counter:start")
def dossier(request: ActorRequest, code: str) -> HttpResponse:
    """Show a dossier with all that the desk must check."""
    at = now()
    opened = dossiers.open_dossier(code, by=request.actor, at=at, purpose="desk")
    all_of_it = dossiers.whole(opened)
    looks = signing.looks_at([one.file_id for one in all_of_it.papers], at=at)
    owners = whose(opened)
    context = {
        "dossier": opened,
        "definition": all_of_it.definition,
        "clock": check_clock(opened, at)
        if opened.check_due_at and not opened.received_at and not waits_for_money(opened)
        else None,
        "papers": [paper_shown(opened, paper, looks, owners) for paper in all_of_it.papers],
        "missing": missing(all_of_it),
        "answers": list(answers_shown(all_of_it)),
        "person": person_shown(opened),
        "places": places_shown(opened),
        "fees": [{"key": fee.name, "value": taken(fee)} for fee in all_of_it.fees],
        "book_lines": dossiers.book_lines(opened),
        "handed": [one for one in all_of_it.outcomes if one.handed_at],
        "thread": all_of_it.messages,
        "earlier": earlier(request, opened),
        "history": history_shown(all_of_it),
        "flags": all_of_it.flags,
        "must_charge": must_charge(all_of_it),
        "issued": issued_shown(all_of_it, now()),
        **promised(opened, all_of_it.definition, at),
        **what_can_be_done(request, opened),
        **back_at_desk(request, all_of_it),
    }
    return page(request, "dossier", context, current=list_of(opened))


def list_of(opened: dossiers.Dossier) -> str:
    """Return the desk's list in which the dossier stands now."""
    return _LISTS.get(Status(opened.status), "find")


_LISTS = {
    Status.SUBMITTED: "waiting",
    Status.AWAITING_APPLICANT: "supplements",
    Status.RESOLVED: "returns",
}


def back_at_desk(request: ActorRequest, all_of_it: WholeDossier) -> dict[str, object]:
    """Return why the handlers sent it back, and whether the officer passes it on or corrects it."""
    opened, step = all_of_it.dossier, all_of_it.step_at_desk
    if step is None:
        return {"sent_back": "", "can_pass_on": False}
    why = max((s for s in all_of_it.steps if s.closed_at), key=lambda s: (s.closed_at, s.seq))
    actor, unit_id = request.actor, step.unit_id
    is_head = actor.can(Power.CORRECT_RECEPTION, unit_id=opened.receiving_unit_id)
    return {
        "sent_back": f"{why.closed_by_name} trả lại bộ phận một cửa: {why.comment}",
        "can_pass_on": actor.can(Power.HAND_OVER_DOSSIERS, unit_id=unit_id),
        "can_correct": is_head,
    }


def what_can_be_done(request: ActorRequest, opened: dossiers.Dossier) -> dict[str, bool]:
    actor = request.actor
    is_ours = actor.can(Power.RECEIVE_DOSSIERS, unit_id=opened.receiving_unit_id)
    is_head = actor.can(Power.CORRECT_RECEPTION, unit_id=opened.receiving_unit_id)
    is_running = opened.received_at is not None and opened.closed_at is None
    awaits = opened.status == Status.AWAITING_APPLICANT
    is_new = opened.status in {Status.SUBMITTED, Status.AWAITING_APPLICANT}
    is_paid = opened.sub_state == SubState.PAID
    return {
        "can_confirm": is_ours and opened.sub_state == SubState.CONFIRMING,
        "can_take_money": is_ours and is_asked(opened) and not is_paid,
        "can_receive": is_ours and (is_new or is_paid) and opened.received_at is None,
        "can_correct": is_head and opened.status == Status.RECEIVED,
        "can_redo": is_head and is_running and opened.status != Status.RESOLVED,
        "can_refuse": is_ours and opened.status == Status.SUBMITTED,
        "can_supply": is_ours and awaits,
        "can_withdraw": is_ours
        and opened.closed_at is None
        and opened.status not in {Status.RESOLVED, Status.RETURNED},
        "can_hand_out": actor.can(Power.RETURN_OUTCOMES, unit_id=opened.return_unit_id)
        and (opened.status == Status.RESOLVED or bool(dossiers.part_to_hand_out(opened))),
    }


def is_asked(opened: dossiers.Dossier) -> bool:
    return opened.status == Status.AWAITING_PAYMENT


def waits_for_money(opened: dossiers.Dossier) -> bool:
    """Say whether it is the applicant's turn to pay: the desk's clock says nothing then."""
    return is_asked(opened) and opened.sub_state != SubState.PAID


def must_charge(all_of_it: WholeDossier) -> bool:
    """Say whether a fee is still to be paid before the dossier may be received."""
    opened = all_of_it.dossier
    if opened.received_at is not None or is_asked(opened):
        return False
    paid = {fee.line_code for fee in all_of_it.fees}
    channel = procedures.FilingChannel(opened.channel)
    dues = fees.fees_due(all_of_it.definition, opened.case_code, channel, all_of_it.facts)
    return any(
        due.line.collected == "at_filing"
        and (due.amount_vnd or due.trouble)
        and due.line.code not in paid
        for due in dues
    )


def paper_shown(
    opened: dossiers.Dossier, paper: Any, looks: Mapping[int, signing.Looked], owners: Whose
) -> PaperShown:
    args = [opened.code, paper.seq]
    has_file = paper.file_id is not None
    return PaperShown(
        seq=paper.seq,
        spec_code=paper.spec_code,
        name=paper.name,
        kind=paper.kind_in_words,
        quantity=paper.quantity,
        state=PaperState(paper.state).label,
        href=reverse("counter:paper_file", args=args) if has_file else "",
        preview=reverse("counter:paper_preview", args=args) if has_file else "",
        file_name=paper.file_name,
        seen=signatures_seen(
            looks,
            paper.file_id,
            reverse("counter:paper_signatures", args=args),
            whose=owners,
        ),
    )


def issued_shown(all_of_it: WholeDossier, at: datetime) -> list[dict[str, object]]:
    """Return the official papers, each with its address and who signed it digitally."""
    code, signed = all_of_it.dossier.code, dossiers.signed_slips_of(all_of_it.dossier, at=at)
    return [
        {
            "title": IssuedForm(paper.form).label,
            "number": paper.number,
            "at": paper.issued_at,
            "href": reverse("counter:paper_issued", args=[code, paper.form, paper.seq]),
            "signed": badge_of(signed.get(paper.seq)),
        }
        for paper in all_of_it.issued
    ]


def missing(all_of_it: WholeDossier) -> list[str]:
    """Return the names of papers that the law demands and nobody has handed in."""
    return [name for _, name in dossiers.standard_reasons.missing_papers(all_of_it)]


def answers_shown(all_of_it: WholeDossier) -> Iterator[tuple[str, Rows]]:
    form = all_of_it.definition.form
    if form is not None:
        for title, fields in summary_of(form, all_of_it.answers):
            yield title, [{"key": field.label, "value": words} for field, words in fields]


def person_shown(opened: dossiers.Dossier) -> Rows:
    """Return who applies and who submits; the number is masked."""
    hint = f"… {opened.applicant_hint}" if opened.applicant_hint else ""
    rows = [
        ("Chủ hồ sơ", opened.applicant_name),
        ("Loại", opened.get_applicant_kind_display()),
        ("Số định danh", hint),
        ("Người được nói tới", opened.subject_name),
        ("Người nộp", opened.submitter_name),
        ("Tư cách", opened.get_authority_display()),
        ("Điện thoại", opened.submitter_phone),
        ("Thư điện tử", opened.submitter_email),
        ("Địa chỉ", opened.submitter_address),
        ("Người hỗ trợ", opened.helper_name),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def places_shown(opened: dossiers.Dossier) -> Rows:
    """Return where it was supported, received, is decided and returned; one line for one place."""
    tree = organisation.tree()
    roles: dict[str, list[str]] = {}
    for word, place in (
        ("hỗ trợ", place_name(tree.unit(opened.support_unit_id))),
        ("tiếp nhận", place_name(tree.unit(opened.receiving_unit_id))),
        ("giải quyết", tree.agency(opened.agency_id).name),
        ("trả kết quả", place_name(tree.unit(opened.return_unit_id))),
    ):
        roles.setdefault(place, []).append(word)
    rows = [(f"Nơi {', '.join(words)}", place) for place, words in roles.items()]
    rows += [
        ("Cách nhận", opened.get_return_way_display()),
        ("Nộp lúc", stamp(opened.submitted_at)),
    ]
    return [{"key": key, "value": value} for key, value in rows]


def history_shown(all_of_it: WholeDossier) -> list[dict[str, object]]:
    """Return what was done to the dossier, the newest first."""
    return [
        {
            "title": Act(move.act).label,
            "state": "done",
            "by": move.by_name,
            "at": move.at,
            "text": move.note,
        }
        for move in reversed(all_of_it.moves)
    ]


def taken(fee: Any) -> str:
    how = f"biên lai {fee.receipt_number}" if fee.receipt_number else f"đơn {fee.order_code}"
    return f"{in_dong(fee.amount_vnd)} · {how}"


def promised(
    opened: dossiers.Dossier, definition: procedures.Definition, at: datetime
) -> dict[str, object]:
    """Return the promise given, or the one that would be given now."""
    if opened.received_at is not None:
        return {"due_at": opened.due_at, "reason": dossiers.due_reason(opened)}
    promise = dossiers.preview_promise(
        definition,
        opened.case_code,
        procedures.FilingChannel(opened.channel),
        desk_unit_id=opened.receiving_unit_id,
        start=opened.submitted_at if opened.entered_late_at else at,
    )
    return {"due_at": promise.due_at, "reason": f"Nếu tiếp nhận bây giờ. {promise.reason}"}


def earlier(request: ActorRequest, opened: dossiers.Dossier) -> list[dossiers.Dossier]:
    if opened.applicant_person_id is None:
        return []
    found = dossiers.earlier_dossiers(request.actor, opened.applicant_person_id, limit=6)
    return [one for one in found if one.pk != opened.pk]


@require_POST
@shows_errors("counter:dossier")
def accept(request: ActorRequest, code: str) -> HttpResponse:
    """Receive a filing that was looked at."""
    dossiers.get_dossier_for(request.actor, code)
    key = request.POST.get("request_key", "")
    dossiers.receive_dossier(code, by=request.actor, at=now(), key=key)
    return redirect("counter:received", code)


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("counter:dossier")
def refuse(request: ActorRequest, code: str) -> HttpResponse:
    """Refuse to receive, with a coded reason and its basis in law."""
    at = now()
    opened = dossiers.get_dossier_for(request.actor, code)
    reasons = codelists.choices("refusal_reasons", on=local_day(at))
    whole = dossiers.whole(opened)
    shelf = shelf_for(request, whole, ReasonKind.REFUSAL, at=at)
    form = RefusalForm(refusal_typed(request, shelf), reasons=reasons)
    if is_putting_in(request):
        hold(form)
    elif request.method == "POST" and form.is_valid():
        try:
            with_reasons(
                request,
                whole,
                Given(shelf, form.reason()),
                lambda: dossiers.refuse_dossier(
                    code,
                    reason=form.reason(),
                    basis=form.cleaned_data["basis"],
                    by=request.actor,
                    at=at,
                ),
                at=at,
            )
        except BadInput as error:
            form.blame(str(error), error.field)
        else:
            messages.success(
                request, f"Đã từ chối tiếp nhận hồ sơ {code}; bản chính được trả lại người nộp."
            )
            return redirect("counter:dossier", code)
    context = {"dossier": opened, "definition": whole.definition, "form": form, "shelf": shelf}
    status = 422 if form.errors else 200
    return page(request, "refuse", context, current="waiting", status=status)


def refusal_typed(request: ActorRequest, shelf: Shelf) -> QueryDict | None:
    """Return what was typed, with the ticked reasons in it."""
    if request.method != "POST":
        return None
    typed = request.POST.copy()
    typed["reason_more"] = joined(shelf.chosen, typed.get("reason_more", ""), with_basis=False)
    typed["basis"] = bases(shelf.chosen, typed.get("basis", ""))
    return typed


@require_GET
@shows_errors()
def paper_file(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Hand out the file of a paper."""
    paper = found_paper(request, code, seq)
    return file_response(paper.file, paper.file_name, inline=True)


@require_GET
@shows_errors()
def paper_signatures_part(request: ActorRequest, code: str, seq: int) -> HttpResponse:
    """Say what is known by now of the signatures in a paper's file."""
    paper = found_paper(request, code, seq)
    page_of = reverse("counter:paper_signatures", args=[code, seq])
    opened = dossiers.get_dossier_for(request.actor, code)
    return signatures_part(request, paper.file_id, page_of, at=now(), whose=whose(opened))


@require_GET
@shows_errors()
def paper_preview(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Hand out the small picture of a paper's first page."""
    return preview_response(found_paper(request, code, seq).file)


@require_GET
@shows_errors("counter:dossier")
def paper_signatures(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Show who signed a paper, whether trusted and why, before anybody relies on it."""
    paper = found_paper(request, code, seq)
    looks = signing.looks_at([paper.file_id], at=now())
    opened = dossiers.get_dossier_for(request.actor, code)
    seen = signatures_seen(looks, paper.file_id, request.path, whose=whose(opened))
    context = {"code": code, "paper": paper, "seen": seen}
    return page(request, "paper_signatures", context, current="")


def found_paper(request: ActorRequest, code: str, seq: int) -> Any:
    opened = dossiers.get_dossier_for(request.actor, code)
    paper = dossiers.find_paper(opened, seq)
    if paper is None or paper.file is None or not desks_of(request.actor):
        raise Http404("Không có tệp này trong hồ sơ.")
    return paper
