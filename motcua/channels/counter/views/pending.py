"""What waits for the applicant at the desk: money to be paid, drafts to be looked at."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Dossier, Status, SubState, WholeDossier
from motcua.casework.fees import api as fees
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import ObligationState, OrderState
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import FilingChannel
from motcua.casework.processes.api import StepKind
from motcua.channels.counter.fees import FeeRow, fee_rows, fees_taken, still_due
from motcua.channels.counter.forms import WordForm
from motcua.channels.counter.frame import desk_of, page
from motcua.channels.kit.days import read_day
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.downloads import pdf_response
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.words import moment
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated, BadInput
from motcua.lib.money import in_dong

from .dossier import answers_shown, earlier, is_asked
from .listing import named, pages, queue_here

CONFIRMS = dossiers.WorkFilter(kinds=(StepKind.APPLICANT_CONFIRMS,))


@require_GET
@shows_errors("counter:start")
def pending(request: ActorRequest) -> HttpResponse:
    """List the dossiers that wait for money, and those whose draft waits for a word.

    Costs: two statements.
    """
    found = queue_here(request, dossiers.AWAITING_PAYMENT)
    context = {
        "drafts": named(dossiers.worklist_for(request.actor, only=CONFIRMS).rows),
        "rows": named(found.rows),
        **pages(request, found),
    }
    return page(request, "pending", context, current="pending")


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("counter:dossier")
def charge(request: ActorRequest, code: str) -> HttpResponse:
    """Ask for the fee that is due before receipt, or take what was asked for."""
    opened = dossiers.get_dossier_for(request.actor, code)
    whole = dossiers.whole(opened)
    rows = amounts_asked(whole, request) if is_asked(opened) else amounts_due(whole)
    problems: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            done = take(request, code, rows) if is_asked(opened) else ask(request, code, rows)
        except Anticipated as error:
            problems.append({"text": str(error), "href": place_of(error, request)})
        else:
            messages.success(request, done)
            return redirect("counter:dossier", code)
    context = {
        "dossier": opened,
        "definition": whole.definition,
        "fees": rows,
        "is_asked": is_asked(opened),
        "problems": problems,
        **(asked_of(request, opened) if is_asked(opened) else {"others": others(request, whole)}),
    }
    return page(request, "charge", context, current="pending", status=422 if problems else 200)


def place_of(error: Anticipated, request: ActorRequest) -> str:
    """Return where on the page the field stands that an error is about."""
    field = getattr(error, "field", "")
    about = [field, request.POST.get("due", "")] if field.startswith("evidence") else [field]
    return f"#id_{'-'.join(filter(None, about))}" if field else ""


def asked_of(request: ActorRequest, opened: Dossier) -> dict[str, object]:
    """Return the order and the dues for which a dossier waits."""
    subject = dossiers.subject_of(opened.code)
    order, dues = payments.waiting_order(subject), payments.obligations_of(subject)
    return {
        "order": order,
        "lines": payments.lines_of(order) if order else [],
        "dues": dues,
        "is_expired": order is not None and order.state == OrderState.EXPIRED,
        "is_owed": any(one.state == ObligationState.DUE for one in dues),
        "is_paid": opened.sub_state == SubState.PAID,
        "takes_cash": order is not None and payments.takes_cash(request.actor),
        "today": f"{local_day(now()):%d/%m/%Y}",
    }


def others(request: ActorRequest, whole: WholeDossier) -> list[tuple[str, str]]:
    """Return the other filed dossiers of the same person that may share an order."""
    opened = whole.dossier
    found = [
        one
        for one in earlier(request, opened)
        if one.status == Status.SUBMITTED and one.submitter_name == opened.submitter_name
    ]
    return [
        (one.code, f"{one.code}: {procedures.definition_of(one.procedure_version_id).name}")
        for one in found
        if amounts_due(dossiers.whole(one))
    ]


def ask(request: ActorRequest, code: str, rows: list[FeeRow]) -> str:
    asked = [(code, [row.asked() for row in rows])]
    for other in request.POST.getlist("others"):
        also = dossiers.whole(dossiers.get_dossier_for(request.actor, other))
        asked.append((other, [row.asked() for row in amounts_due(also)]))
    order = dossiers.ask_together(asked, by=request.actor, at=now())
    return f"Đã lập đơn {order.code}: {in_dong(order.amount_vnd)}; người nộp được báo."


def take(request: ActorRequest, code: str, rows: list[FeeRow]) -> str:
    how = request.POST.get("how")
    if how == "cash":
        taken = dossiers.take_cash(code, by=request.actor, at=now())
        return f"Đã thu tiền mặt {in_dong(taken.amount_vnd)} theo đơn {taken.order.code}."
    if how == "more_time":
        order = dossiers.give_more_time(code, by=request.actor, at=now())
        until = moment(order.expires_at) if order.expires_at else ""
        return f"Đơn {order.code} nộp được đến {until}."
    if how == "evidence":
        on = typed_day(request.POST.get("paid_on", ""))
        seen = payments.EvidenceIn(request.POST.get("evidence", ""), on)
        due = request.POST.get("due", "")
        dossiers.record_due_paid(code, due, seen, by=request.actor, at=now())
        return f"Đã ghi chứng từ nộp tiền của hồ sơ {code}."
    dossiers.record_payment(code, fees_taken(rows), by=request.actor, at=now())
    return f"Đã ghi nhận tiền đã nộp của hồ sơ {code}."


def typed_day(typed: str) -> date:
    """Return a day as written. Raises: BadInput."""
    try:
        return read_day(typed.strip())
    except ValidationError as error:
        raise BadInput(" ".join(error.messages), field="evidence_on") from error


def amounts_due(whole: WholeDossier) -> list[FeeRow]:
    """Return what is due when the application is handed in."""
    opened = whole.dossier
    channel = FilingChannel(opened.channel)
    dues = fees.fees_due(whole.definition, opened.case_code, channel, whole.facts)
    at_filing = [due for due in dues if due.line.collected == "at_filing" and due.amount_vnd]
    return fee_rows(still_due(at_filing, whole.fees), {}, now="")


def amounts_asked(whole: WholeDossier, request: ActorRequest) -> list[FeeRow]:
    """Return what was asked for, with what is now typed of it."""
    return [row_asked(one, index, request) for index, one in enumerate(whole.amounts_asked)]


def row_asked(one: Mapping[str, Any], index: int, request: ActorRequest) -> FeeRow:
    code = one.get("code") or f"khoan-{index + 1}"
    typed = request.POST
    return FeeRow(
        code=code,
        name=one["name"],
        kind=one.get("kind", procedures.FeeKind.CHARGE.value),
        due_vnd=one["amount_vnd"],
        reason="",
        when="",
        amount=typed.get(f"fee_{code}_amount", str(one["amount_vnd"])),
        receipt=typed.get(f"fee_{code}_receipt", ""),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("counter:dossier")
def confirm(request: ActorRequest, code: str) -> HttpResponse:
    """Show the draft to the applicant at the desk and record their word."""
    opened = dossiers.get_dossier_for(request.actor, code)
    if opened.sub_state != SubState.CONFIRMING:
        message = f"Hồ sơ {code} không chờ người nộp xem bản nháp."
        raise dossiers.StepNotOpen(message)
    whole = dossiers.whole(opened)
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        dossiers.confirm_draft(
            code,
            is_right=form.cleaned_data["is_right"] == "true",
            comment=form.cleaned_data["comment"],
            by=request.actor,
            at=now(),
        )
        messages.success(request, f"Đã ghi lời của người nộp về bản nháp hồ sơ {code}.")
        return redirect("counter:dossier", code)
    step = next(s for s in whole.open_steps if s.kind == StepKind.APPLICANT_CONFIRMS)
    context = {
        "dossier": opened,
        "definition": whole.definition,
        "form": form,
        "due_at": step.due_at,
        "drafts": [
            (one.name, reverse("counter:outcome", args=[code, one.seq]))
            for one in whole.outcomes
            if one.decided_at is None
        ],
        "answers": list(answers_shown(whole)),
    }
    return page(request, "confirm", context, current="pending", status=422 if form.errors else 200)


@require_GET
@shows_errors("counter:dossier")
def outcome(request: ActorRequest, code: str, seq: int) -> HttpResponse:
    """Show an outcome, or the draft that its applicant is to look at, as it is printed."""
    desk_of(request)
    return pdf_response(dossiers.outcome_pdf(request.actor, code, seq), f"{code}-ket-qua.pdf")
