"""The monthly report: on screen, as a spreadsheet, printed."""

from datetime import date
from io import BytesIO
from typing import NamedTuple, TypeVar

import openpyxl
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from motcua.casework.tasks import api as tasks
from motcua.casework.tasks.api import Grouping, Origin, PartRole, Side, Span, TaskState
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.registry.frame import for_colleagues, page
from motcua.channels.registry.tasks.forms import ReportAsk
from motcua.channels.registry.tasks.showing import due_words
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local, local_day, now

T = TypeVar("T", Side, Grouping)
_MONTHS, _YEAR = 13, 12
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS = (
    "Nơi, người thực hiện",
    "Tổng số",
    "Kỳ trước chuyển sang",
    "Giao trong kỳ",
    "Đã hoàn thành",
    "Đúng hạn",
    "Trong hạn đã gia hạn",
    "Quá hạn",
    "Đang làm, trong hạn",
    "Đang làm, quá hạn",
    "Thôi thực hiện",
)
_LINES = (
    "Nhiệm vụ",
    "Nguồn",
    "Vai trò",
    "Cơ quan",
    "Đơn vị",
    "Người thực hiện",
    "Giao lúc",
    "Hạn giao lần đầu",
    "Hạn",
    "Xong lúc",
    "Tình trạng",
    "Tiến độ (%)",
)


class _Asked(NamedTuple):
    form: ReportAsk
    span: Span
    side: Side
    grouping: Grouping


@require_GET
@for_colleagues("registry:tasks")
def report(request: ActorRequest) -> HttpResponse:
    """Show the figures of a month. Costs: one statement."""
    asked = _asked(request)
    lines = tasks.report(request.actor, asked.span, asked.side, asked.grouping, at=now())
    context = {
        "form": asked.form,
        "span": asked.span,
        "columns": [(_COLUMNS[0],), *((word, "number") for word in _COLUMNS[1:])],
        "lines": [*lines, tasks.total_of(lines)] if lines else [],
        "query": request.GET.urlencode(),
    }
    return page(request, "tasks/report", context, current="task_report")


@require_GET
@for_colleagues("registry:task_report")
def spreadsheet(request: ActorRequest) -> HttpResponseBase:
    """Hand out the figures, and the tasks behind them, as a workbook."""
    asked, at = _asked(request), now()
    book = openpyxl.Workbook()
    figures = book.worksheets[0]
    figures.title = "Tổng hợp"
    _row(figures, _COLUMNS, is_head=True)
    lines = tasks.report(request.actor, asked.span, asked.side, asked.grouping, at=at)
    for line in (*lines, tasks.total_of(lines)):
        _row(figures, _cells(line))
    details = book.create_sheet("Danh sách")
    _row(details, _LINES, is_head=True)
    for one in tasks.report_lines(request.actor, asked.span, asked.side, at=at):
        _row(details, _line(one))
    name = f"nhiem-vu-{asked.span.first:%Y-%m}.xlsx"
    content = BytesIO()
    book.save(content)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content.getvalue(), content_type=_XLSX, headers=headers)


@require_GET
@for_colleagues("registry:task_report")
def printed(request: ActorRequest) -> HttpResponseBase:
    """Show the report as it is printed."""
    asked = _asked(request)
    content = tasks.report_pdf(request.actor, asked.span, asked.side, asked.grouping, at=now())
    name = f"nhiem-vu-{asked.span.first:%Y-%m}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _asked(request: ActorRequest) -> _Asked:
    """Return what is asked for; without an answer, this month's work by unit."""
    months = _months(local_day(now()))
    first = months[0][0]
    known = dict(months)
    wanted = request.GET.get("ky", "")
    wanted = wanted if wanted in known else first
    side = _choice(Side, request.GET.get("so_lieu", ""), Side.RECEIVED)
    grouping = _choice(Grouping, request.GET.get("theo", ""), Grouping.UNIT)
    form = ReportAsk({"ky": wanted, "so_lieu": side.value, "theo": grouping.value})
    form.fields["ky"].choices = months  # type: ignore[attr-defined]  # -- a select has choices
    year, _, number = wanted.partition("-")
    return _Asked(form, tasks.month(int(year), int(number)), side, grouping)


def _choice(kind: type[T], word: str, usual: T) -> T:
    return kind(word) if word in {one.value for one in kind} else usual


def _months(today: date) -> list[tuple[str, str]]:
    """Return this month and the twelve before it, the newest first."""
    newest = today.year * _YEAR + today.month - 1
    found = []
    for number in range(newest, newest - _MONTHS, -1):
        year, month = divmod(number, _YEAR)
        found.append((f"{year}-{month + 1:02}", f"Tháng {month + 1}/{year}"))
    return found


def _cells(line: tasks.Figures) -> tuple[str | int, ...]:
    return (
        line.name,
        line.total,
        line.carried,
        line.given,
        line.done,
        line.on_time,
        line.extended,
        line.late,
        line.running,
        line.overdue,
        line.stopped,
    )


def _line(one: tasks.ReportLine) -> tuple[str | int, ...]:
    tree = organisation.tree()
    return (
        one.title,
        Origin(one.origin).label,
        PartRole(one.role).label,
        tree.agency(one.agency_id).name,
        tree.unit(one.unit_id).name,
        one.account_name,
        f"{local(one.given_at):%d/%m/%Y}",
        due_words(one.due_originally_at),
        due_words(one.due_at),
        f"{local(one.finished_at):%d/%m/%Y %H:%M}" if one.finished_at else "",
        TaskState(one.state).label,
        one.percent,
    )


def _row(sheet: Worksheet, cells: tuple[str | int, ...], *, is_head: bool = False) -> None:
    """Write one row; text stays text, whatever it begins with."""
    number = sheet.max_row + (0 if sheet.max_row == 1 and sheet["A1"].value is None else 1)
    for place, value in enumerate(cells, start=1):
        cell = sheet.cell(row=number, column=place, value=value)
        if isinstance(value, str):
            cell.data_type = "s"
        if is_head:
            cell.font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(place)].width = max(14, len(str(value)) + 2)
