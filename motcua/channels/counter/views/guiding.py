"""What is still to be added: guide before receipt, take in what is supplied, withdraw."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Status, SubState, SupplementItemIn, WholeDossier
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import PaperSpec
from motcua.casework.reasons.api import ReasonKind
from motcua.channels.counter.checklist import checklist, papers_given
from motcua.channels.counter.clocks import Clock, check_clock
from motcua.channels.counter.forms import GuideForm, WithdrawalForm
from motcua.channels.counter.frame import page
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.reasons import Given, Shelf, hold, is_putting_in, shelf_for, with_reasons
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.codelists import api as codelists
from motcua.lib.clock import HANOI, local_day, now
from motcua.lib.errors import BadInput

from .dossier import missing
from .listing import pages, queue_here
from .waiting import rows

BLANK_ROWS, MOST_ROWS = 3, 30
CLOSING = time(17, 0)


class ItemRow(NamedTuple):
    """One thing to add, as typed."""

    what: str
    reason_code: str
    reason: str
    spec_code: str


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("counter:dossier")
def guide(request: ActorRequest, code: str) -> HttpResponse:
    """Say everything that is still to be added, each with its reason (paper 02)."""
    at = now()
    opened = dossiers.get_dossier_for(request.actor, code)
    all_of_it = dossiers.whole(opened)
    shelf = shelf_for(request, all_of_it, ReasonKind.SUPPLEMENT, at=at)
    is_filling = is_putting_in(request)
    is_final = request.POST.get("act") == "guide" and not is_filling
    form = GuideForm(request.POST if is_final or is_filling else None)
    if is_filling:
        hold(form)
    if is_final and form.is_valid():
        given = Given(shelf, "\n".join(f"{one.what}: {one.reason}" for one in typed(request)))
        try:
            with_reasons(
                request, all_of_it, given, lambda: tell_applicant(request, code, form, at), at=at
            )
        except BadInput as error:
            form.blame(str(error), error.field)
        else:
            messages.success(request, f"Đã hướng dẫn hoàn thiện hồ sơ {code}; in phiếu ở dưới.")
            return redirect("counter:dossier", code)
    items = typed(request) if is_final or is_filling else list(first_items(request, all_of_it))
    items = with_chosen(items, shelf)
    context = {
        "dossier": opened,
        "definition": all_of_it.definition,
        "form": form,
        "shelf": shelf,
        "items": [*items, *[ItemRow("", "", "", "")] * BLANK_ROWS],
        "reasons": [("", "Chọn lý do"), *codelists.choices("supplement_reasons", on=local_day(at))],
    }
    status = 422 if form.errors else 200
    return page(request, "guide", context, current="waiting", status=status)


def tell_applicant(request: ActorRequest, code: str, form: GuideForm, at: datetime) -> None:
    names = dict(codelists.choices("supplement_reasons", on=local_day(at)))
    items = [
        SupplementItemIn(row.what, reason_of(row, names), row.spec_code)
        for row in typed_items(request.POST)
    ]
    day = form.cleaned_data["answer_on"]
    answer_by = datetime.combine(day, CLOSING, tzinfo=HANOI) if day else None
    dossiers.guide_applicant(code, items, by=request.actor, at=at, answer_by=answer_by)


def reason_of(row: ItemRow, names: dict[str, str]) -> str:
    words = [names.get(row.reason_code, ""), row.reason]
    return ": ".join(word for word in words if word)


def typed(request: ActorRequest) -> list[ItemRow]:
    """Return the rows as typed."""
    return list(typed_items(request.POST))


def with_chosen(items: list[ItemRow], shelf: Shelf) -> list[ItemRow]:
    """Return the rows with the ticked reasons: in the row of their paper, else in one of their own.

    A row of a missing paper that says nothing more takes the words of the library.
    """
    found = list(items)
    for one in shelf.chosen:
        code = one.suggestion.paper_code
        place = next(
            (
                at
                for at, row in enumerate(found)
                if code and row.spec_code == code and not row.reason
            ),
            None,
        )
        if place is None:
            found.append(ItemRow(one.suggestion.title, "", one.whole_words, code))
        else:
            found[place] = found[place]._replace(reason_code="", reason=one.whole_words)
    return found


def typed_items(data: QueryDict) -> Iterator[ItemRow]:
    """Yield the rows in which something was typed."""
    columns = [data.getlist(name) for name in ("what", "reason_code", "reason", "spec")]
    for what, reason_code, reason, spec in list(zip(*columns, strict=False))[:MOST_ROWS]:
        if what.strip():
            yield ItemRow(what.strip(), reason_code, reason.strip(), spec)


def first_items(request: ActorRequest, all_of_it: WholeDossier) -> Iterator[ItemRow]:
    """Yield what is missing, then the papers that were looked at and not found right."""
    for name in missing(all_of_it):
        spec = next(spec for spec in all_of_it.definition.papers if spec.name == name)
        yield ItemRow(name, "missing_paper", "", spec.code)
    if request.method == "POST":
        right = set(request.POST.getlist("ok"))
        for paper in all_of_it.papers:
            if str(paper.seq) not in right:
                yield ItemRow(paper.name, "", "", paper.spec_code)


@require_GET
@shows_errors("counter:start")
def supplements(request: ActorRequest) -> HttpResponse:
    """List the dossiers that wait for their applicant, and those that were completed."""
    found = queue_here(request, dossiers.SUPPLEMENTS)
    lines = sorted(
        rows(found.rows, now(), supply_clock), key=lambda row: not is_supplied(row.dossier)
    )
    context = {"rows": lines, **pages(request, found)}
    return page(request, "supplements", context, current="supplements")


def is_supplied(one: dossiers.Dossier) -> bool:
    return one.sub_state == SubState.SUPPLIED


def supply_clock(one: dossiers.Dossier, at: datetime) -> Clock:
    """Return the clock of a completed filing; nobody's clock runs while its applicant has it."""
    return check_clock(one, at) if is_supplied(one) else Clock("Chờ người nộp", "paused")


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("counter:dossier")
def supply(request: ActorRequest, code: str) -> HttpResponse:
    """Take in at the desk what the applicant brings."""
    at = now()
    opened = dossiers.get_dossier_for(request.actor, code)
    all_of_it = dossiers.whole(opened)
    asked = all_of_it.supplements[-1].seq if all_of_it.supplements else 0
    items = [item for item in all_of_it.supplement_items if item.request_seq == asked]
    specs = [PaperSpec(item.spec_code or f"noi-dung-{item.seq}", item.what) for item in items]
    papers = list(checklist(request, request.POST, specs, (), at=at))
    problems = [{"text": row.error, "href": ""} for row in papers if row.error]
    if request.method == "POST" and not problems:
        try:
            given = list(papers_given(papers))
            dossiers.supply(code, given, by=request.actor, at=at)
        except BadInput as error:
            problems.append({"text": str(error), "href": ""})
        else:
            messages.success(request, f"Đã nhận bổ sung hồ sơ {code}.")
            return redirect("counter:dossier", code)
    context = {
        "dossier": opened,
        "definition": all_of_it.definition,
        "papers": papers,
        "items": items,
        "problems": problems,
        "can_supply": opened.status == Status.AWAITING_APPLICANT,
    }
    status = 422 if problems else 200
    return page(request, "supply", context, current="supplements", status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("counter:dossier")
def withdraw(request: ActorRequest, code: str) -> HttpResponse:
    """Take the application back for its applicant, who asks for it at the desk."""
    opened = dossiers.get_dossier_for(request.actor, code)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        dossiers.withdraw(code, form.cleaned_data["reason"], by=request.actor, at=now())
        messages.success(request, f"Đã rút hồ sơ {code} theo yêu cầu của người nộp.")
        return redirect("counter:dossier", code)
    definition = procedures.definition_of(opened.procedure_version_id)
    context = {"dossier": opened, "definition": definition, "form": form}
    status = 422 if form.errors else 200
    return page(request, "withdraw", context, current="waiting", status=status)
