"""The yearly list of files: lines of units, copying, a spreadsheet, the head's decision."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.workfiles import api as workfiles
from motcua.casework.workfiles.api import FileList, ListedFile
from motcua.channels.kit.addresses import address
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.registry.frame import for_officers, page
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now
from motcua.lib.errors import NotAllowed

from .asking import Question, ask, sent, sent_with_files
from .compiling import pdf
from .forms import ApproveForm, LineForm, SheetForm

_ASKED = ("GET", "HEAD", "POST")


def _agency(request: ActorRequest) -> int:
    if request.actor.agency_id is None:
        raise NotAllowed("Tài khoản này không thuộc cơ quan nào nên không có danh mục hồ sơ.")
    return request.actor.agency_id


def _list(request: ActorRequest, year: int) -> FileList:
    found = workfiles.find_list(_agency(request), year)
    if found is None:
        raise Http404(f"Cơ quan chưa lập danh mục hồ sơ năm {year}.")
    return found


def _back(year: int) -> str:
    return address("registry:file_list", year)


@require_GET
@for_officers("registry:start")
def this_year(request: ActorRequest) -> HttpResponse:  # noqa: ARG001 -- a view's shape
    """Go to the list of this year."""
    return redirect("registry:file_list", local_day(now()).year)


@require_http_methods(_ASKED)
@for_officers("registry:file_lists")
def year_list(request: ActorRequest, year: int) -> HttpResponseBase:
    """Show the list of a year, or begin it. Costs: three statements."""
    agency_id, at = _agency(request), now()
    if request.method == "POST":
        workfiles.open_list(agency_id, year, by=request.actor, at=at)
        messages.success(request, f"Đã bắt đầu lập danh mục hồ sơ năm {year}.")
        return redirect(_back(year))
    found = workfiles.find_list(agency_id, year)
    lines = workfiles.lines_of(found) if found else []
    years = sorted({one.year for one in workfiles.lists_of(agency_id)} | {year, local_day(at).year})
    is_head = workfiles.can_approve_list(request.actor, agency_id)
    context = {
        "year": year,
        "listed": found,
        "year_tabs": [(str(one), _back(one), str(one)) for one in years],
        "rows": [(one, *_about(request, found, one)) for one in lines] if found else [],
        "can_add": found is not None and (not found.is_approved or is_head),
        "can_draft": found is not None and not found.is_approved,
        "can_approve": found is not None and not found.is_approved and is_head and bool(lines),
        "has_earlier": workfiles.find_list(agency_id, year - 1) is not None,
    }
    return page(request, "files/file_list", context, current="file_lists")


def _about(request: ActorRequest, found: FileList, line: ListedFile) -> tuple[str, str, bool]:
    unit = organisation.tree().unit(line.unit_id).name
    can_write = workfiles.can_propose(request.actor, found, line.unit_id)
    return workfiles.retention_words(line.retention_years), unit, can_write


@require_http_methods(_ASKED)
@for_officers("registry:file_lists")
def line(request: ActorRequest, year: int, line_id: int | None = None) -> HttpResponseBase:
    """Add a line to the list, or change one."""
    found, at = _list(request, year), now()
    known = next((one for one in workfiles.lines_of(found) if one.pk == line_id), None)
    if line_id is not None and known is None:
        raise Http404("Không còn dòng này trong danh mục.")
    form = LineForm(_units(request, found), sent(request), _initial(known))

    def run() -> None:
        new = form.line()
        workfiles.write_line(found.agency_id, year, new, by=request.actor, at=at, line_id=line_id)

    title = "Sửa dòng danh mục" if known else "Thêm dòng danh mục"
    asked = _question(year, title, "Lưu", "Đã ghi vào danh mục.")
    return ask(request, form, run, asked)


def _units(request: ActorRequest, found: FileList) -> list[organisation.UnitInfo]:
    units = organisation.tree().units_of(found.agency_id)
    return [one for one in units if workfiles.can_propose(request.actor, found, one.id)]


def _initial(known: ListedFile | None) -> dict[str, object] | None:
    if known is None:
        return None
    return {
        "symbol": known.symbol,
        "title": known.title,
        "heading": known.heading,
        "retention": str(known.retention_years),
        "unit": str(known.unit_id),
        "person": known.person_name,
        "note": known.note,
    }


def _question(year: int, title: str, button: str, done: str, note: str = "") -> Question:
    word = f"Danh mục hồ sơ năm {year}"
    return Question(title, button, done, _back(year), word, note, "file_lists")


@require_POST
@for_officers("registry:file_lists")
def drop(request: ActorRequest, year: int, line_id: int) -> HttpResponseBase:
    """Take a line out of a list that is being drafted."""
    found = _list(request, year)
    workfiles.drop_line(found.agency_id, year, line_id, by=request.actor, at=now())
    messages.success(request, "Đã bỏ dòng khỏi danh mục.")
    return redirect(_back(year))


@require_POST
@for_officers("registry:file_lists")
def copy(request: ActorRequest, year: int) -> HttpResponseBase:
    """Copy the lines of the year before."""
    found = _list(request, year)
    added = workfiles.copy_list(found.agency_id, year, by=request.actor, at=now())
    messages.success(request, f"Đã chép {added} dòng từ danh mục năm {year - 1}.")
    return redirect(_back(year))


@require_http_methods(_ASKED)
@for_officers("registry:file_lists")
def from_sheet(request: ActorRequest, year: int) -> HttpResponseBase:
    """Add the lines of a spreadsheet, or say what it would do."""
    found, at = _list(request, year), now()
    form = SheetForm(*sent_with_files(request))
    tried_out: list[workfiles.SheetReport] = []

    def run() -> None:
        (first, *_) = form.cleaned_data["sheet"]
        content = first.read()
        is_dry = form.cleaned_data["is_rehearsal"]
        report = workfiles.import_lines(
            found.agency_id, year, content, dry_run=is_dry, by=request.actor, at=at
        )
        tried_out.append(report)

    asked = _question(year, "Nhập danh mục từ bảng tính", "Nhập", "")
    answer = ask(request, form, run, asked)
    if not tried_out:
        return answer
    (report,) = tried_out
    if report.is_written:
        messages.success(request, f"Đã thêm {report.added} dòng, {report.unchanged} dòng đã có.")
        return redirect(_back(year))
    context = {"form": form, "asked": asked, "report": report, "year": year}
    return page(request, "files/sheet_report", context, current="file_lists")


@require_http_methods(_ASKED)
@for_officers("registry:file_lists")
def approve(request: ActorRequest, year: int) -> HttpResponseBase:
    """Put the list into force by a decision."""
    found, at = _list(request, year), now()
    form = ApproveForm(sent(request), initial={"decided_on": local_day(at)})

    def run() -> None:
        data = form.cleaned_data
        decided = data["decision"], data["decided_on"]
        workfiles.approve_list(found.agency_id, year, *decided, by=request.actor, at=at)

    note = "Sau khi ban hành, chỉ người đứng đầu cơ quan bổ sung được dòng mới."
    asked = _question(year, "Ban hành danh mục hồ sơ", "Ban hành", "Đã ban hành danh mục.", note)
    return ask(request, form, run, asked)


@require_GET
@for_officers("registry:file_lists")
def printed(request: ActorRequest, year: int) -> HttpResponse:
    """Print the list."""
    found = _list(request, year)
    if not workfiles.lines_of(found):
        raise Http404("Danh mục chưa có dòng nào để in.")
    return pdf(workfiles.list_pdf(found, now()), f"danh-muc-ho-so-{year}.pdf")
