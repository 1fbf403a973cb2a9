"""Many like dossiers at once: the template, the filled spreadsheet, the preview, the codes."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.casework.payments import api as payments
from motcua.casework.procedures import api as procedures
from motcua.channels.kit.agents import for_agents
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.tongues import said_by
from motcua.channels.kit.tongues import translate as _
from motcua.channels.portal.applying import missing
from motcua.channels.portal.bulk_files import XLSX, codes_listed, template
from motcua.channels.portal.drafting import Desk, with_draft
from motcua.lib.clock import now
from motcua.lib.errors import BadInput
from motcua.lib.sheets import LARGEST_FILE

FILE = "bang"
SHOWN = 6  # columns of the preview: more do not fit a page


@for_agents()
@with_draft
def sheet(request: ActorRequest, desk: Desk) -> HttpResponseBase:
    """Take a filled spreadsheet and show what would be filed; wrong rows with their places."""
    problem, complaints = "", []
    if request.method == "POST":
        try:
            _take(request, desk)
        except dossiers.SheetWrong as error:
            problem, complaints = said_by(error), list(error.complaints)
        except (BadInput, dossiers.DossierError) as error:
            problem = said_by(error)
        else:
            return redirect("portal:draft_sheet", desk.draft.token)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(
        request, "portal/bulk.html", _shown(request, desk, problem, complaints), None, status
    )


def _take(request: ActorRequest, desk: Desk) -> None:
    sent = request.FILES.get(FILE)
    if sent is None:
        raise BadInput(_("Hãy chọn tệp bảng tính đã điền."), field=FILE)
    if (sent.size or 0) > LARGEST_FILE:
        size = LARGEST_FILE // 2**20
        raise BadInput(_("Tệp quá lớn: tối đa %(size)s MB.", size=size), field=FILE)
    name = sent.name or ""
    dossiers.take_sheet(desk.draft.token, name, sent.read(), by=request.actor, at=now())


def _shown(
    request: ActorRequest, desk: Desk, problem: str, complaints: list[dossiers.Complaint]
) -> dict[str, object]:
    columns = dossiers.columns_for(desk.definition)
    lies = None if problem else dossiers.bulk_beside(request.actor, desk.draft.pk)
    rows = [dossiers.words_of_row(columns, one) for one in lies.rows] if lies else []
    # What differs from row to row stands first: that is what people look for.
    order = sorted(range(len(columns)), key=lambda place: len({row[place] for row in rows}) <= 1)
    return {
        "draft": desk.draft,
        "definition": desk.definition,
        "can_take": dossiers.takes_sheet(desk.definition),
        "lacking": missing(desk.draft, desk.definition),
        "problem": problem,
        "complaints": complaints,
        "lies": lies,
        "headings": [(_("STT"),), *((columns[place].title,) for place in order[:SHOWN])],
        "rows": [
            (number, [row[place] for place in order[:SHOWN]])
            for number, row in enumerate(rows, start=1)
        ],
        "field": FILE,
        "most_rows": dossiers.MOST_ROWS,
        "most_bytes": LARGEST_FILE,
    }


@for_agents()
@with_draft
def blank(request: ActorRequest, desk: Desk) -> HttpResponseBase:  # noqa: ARG001 -- a view takes a request
    """Hand out the spreadsheet to fill in."""
    content = template(dossiers.columns_for(desk.definition), desk.draft.answers)
    return _file(content, f"mau-{desk.definition.code}.xlsx")


@for_agents()
@require_POST
@with_draft
def file_all(request: ActorRequest, desk: Desk) -> HttpResponseBase:
    """File every row; the same again is the same answer."""
    lies = dossiers.bulk_beside(request.actor, desk.draft.pk)
    if lies is None:
        return redirect("portal:draft_sheet", desk.draft.token)
    if request.POST.get("declared") != "true":
        messages.error(request, _("Hãy đánh dấu cam đoan trước khi nộp."))
        return redirect("portal:draft_sheet", desk.draft.token)
    key = request.POST.get("request_key", "")
    try:
        filed = dossiers.file_bulk(lies.token, by=request.actor, at=now(), key=key)
    except dossiers.AnswersWrong as error:
        messages.error(request, " ".join(error.complaints.values()))
        return redirect("portal:draft_sheet", desk.draft.token)
    return redirect("portal:bulk", filed.token)


@for_agents()
@shows_errors("portal:dossiers")
def bulk(request: ActorRequest, token: str) -> HttpResponse:
    """Show what was filed in one act: the codes, and one note for all that is to be paid."""
    found = dossiers.bulk_for(request.actor, token)
    definition = procedures.definition_of(found.procedure_version_id)
    columns = dossiers.columns_for(definition)
    filed = dossiers.filed_in_bulk(found)
    cells = [dossiers.words_of_row(columns, one) for one in found.rows]
    context = {
        "bulk": found,
        "definition": definition,
        "rows": [
            (one, "; ".join(cell for cell in row if cell))
            for one, row in zip(filed, cells, strict=False)
        ],
        "order": payments.get_order(found.order_code) if found.order_code else None,
    }
    return render(request, "portal/bulk_filed.html", context)


@for_agents()
@shows_errors("portal:dossiers")
def bulk_list(request: ActorRequest, token: str) -> HttpResponse:
    """Hand out the list of codes as a spreadsheet."""
    found = dossiers.bulk_for(request.actor, token)
    columns = dossiers.columns_for(procedures.definition_of(found.procedure_version_id))
    rows = [dossiers.words_of_row(columns, one) for one in found.rows]
    return _file(codes_listed(dossiers.filed_in_bulk(found), rows), "danh-sach-ho-so.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=XLSX,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
