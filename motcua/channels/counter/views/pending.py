"""What waits for the applicant at the desk: money to be paid, drafts to be looked at."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Act, FeeIn, SubState, WholeDossier
from motcua.casework.fees import api as fees
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import FilingChannel
from motcua.casework.processes.api import StepKind
from motcua.channels.counter.fees import FeeRow, fees_taken
from motcua.channels.counter.forms import WordForm
from motcua.channels.counter.frame import desk_of, page
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated

from .dossier import answers_shown, is_asked
from .listing import named, pages, queue_here
from .papers import pdf

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
    """Ask for the fee that is due before receipt, or note what was paid and its receipt."""
    opened = dossiers.get_dossier_for(request.actor, code)
    whole = dossiers.whole(opened)
    rows = amounts_asked(whole, request) if is_asked(opened) else amounts_due(whole)
    problems: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            done = take(request, code, rows) if is_asked(opened) else ask(request, code, rows)
        except Anticipated as error:
            field = getattr(error, "field", "")
            problems.append({"text": str(error), "href": f"#id_{field}" if field else ""})
        else:
            messages.success(request, done)
            return redirect("counter:dossier", code)
    context = {
        "dossier": opened,
        "definition": whole.definition,
        "fees": rows,
        "is_asked": is_asked(opened),
        "problems": problems,
    }
    return page(request, "charge", context, current="pending", status=422 if problems else 200)


def ask(request: ActorRequest, code: str, rows: list[FeeRow]) -> str:
    amounts = [FeeIn(row.code, row.name, row.kind, row.due_vnd) for row in rows]
    dossiers.ask_payment(code, amounts, by=request.actor, at=now())
    return f"Đã yêu cầu người nộp hồ sơ {code} nộp tiền; khi nộp thì ghi số biên lai."


def take(request: ActorRequest, code: str, rows: list[FeeRow]) -> str:
    dossiers.record_payment(code, fees_taken(rows), by=request.actor, at=now())
    return f"Đã ghi nhận tiền đã nộp của hồ sơ {code}."


def amounts_due(whole: WholeDossier) -> list[FeeRow]:
    """Return what is due when the application is handed in."""
    opened = whole.dossier
    dues = fees.fees_due(
        whole.definition, opened.case_code, FilingChannel(opened.channel), whole.facts
    )
    return [
        FeeRow(d.line.code, d.line.name, d.line.kind.value, d.amount_vnd, d.reason, "", "", "")
        for d in dues
        if d.line.collected == "at_filing" and d.amount_vnd
    ]


def amounts_asked(whole: WholeDossier, request: ActorRequest) -> list[FeeRow]:
    """Return what was asked for, with what is now typed of it."""
    moves = [move for move in whole.moves if move.act == Act.ASK_PAYMENT]
    asked: list[dict[str, Any]] = moves[-1].detail["amounts"] if moves else []
    return [row_asked(one, index, request) for index, one in enumerate(asked)]


def row_asked(one: dict[str, Any], index: int, request: ActorRequest) -> FeeRow:
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
    return pdf(dossiers.outcome_pdf(request.actor, code, seq), f"{code}-ket-qua.pdf")
