"""The list of dossiers as a file: at once where it is short, written by the worker where not."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import chain
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.dossiers import api as dossiers
from motcua.channels.kit.fields import DayField, KitForm, SelectField
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.spreadsheets import csv_lines
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.list_files import gathered, workbook_of
from motcua.foundation.access.api import Power
from motcua.foundation.requests import api as requests
from motcua.lib.clock import local_day, now

AT_ONCE = 30_000
WIDTHS = (25, 14, 50, 28, 14, 17, 17, 17, 17, 18, 17, 17, 12, 34, 34)
A_MONTH = timedelta(days=30)
CSV, XLSX = "csv", "xlsx"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExportForm(KitForm):
    """Which dossiers, by the day they arrived, and in which form."""

    first = DayField(label="Đến từ ngày", look={"single": True, "width": "10"})
    latest = DayField(label="Đến hết ngày", look={"single": True, "width": "10"})
    how = SelectField(
        label="Dạng tệp",
        choices=[(CSV, "CSV, dài bao nhiêu cũng được"), (XLSX, "Excel (xlsx), đến 30.000 hồ sơ")],
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, latest = values.get("first"), values.get("latest")
        if first and latest and first > latest:
            message = "Ngày cuối không thể trước ngày đầu."
            self.add_error("latest", ValidationError(message, code="order"))
        return values


@require_http_methods(["GET", "POST"])
@for_officers("office:dossiers")
def export(request: ActorRequest) -> HttpResponseBase:
    """Ask for the list as a file, and show those that were asked for."""
    request.actor.require(Power.EXPORT_DOSSIERS)
    today = local_day(now())
    usual = {"first": today - A_MONTH, "latest": today, "how": CSV}
    form = ExportForm(request.POST or None, initial=usual)
    if form.is_valid() and (answer := _handed_out(request, form)):
        return answer
    found = dossiers.exports_for(request.actor)
    context = {
        "form": form,
        "found": found,
        "is_waiting": any(one.state == dossiers.ExportState.WAITING for one in found),
    }
    status = 422 if form.errors else 200
    return page(request, "export", context, current="dossiers", status=status)


def _handed_out(request: ActorRequest, form: ExportForm) -> HttpResponseBase | None:
    """Send the file, have a long one written, or say in the form why not."""
    values, at = form.cleaned_data, now()
    first, latest, how = values["first"], values["latest"], values["how"]
    is_long = dossiers.is_more_than(request.actor, first, latest, AT_ONCE)
    if is_long and how == XLSX:
        form.add_error("how", "Danh sách quá dài cho Excel: chọn ít ngày hơn, hoặc CSV.")
        return None
    if is_long:
        try:
            dossiers.ask_export(first, latest, by=request.actor, at=at)
        except dossiers.DossierError as error:
            form.add_error(None, str(error))
            return None
        messages.success(request, "Danh sách dài: tệp đang được lập, xong sẽ tải được ở dưới.")
        return redirect("office:export")
    dossiers.note_export(first, latest, how, by=request.actor, at=at)
    name = f"ho-so-{first:%Y%m%d}-{latest:%Y%m%d}.{how}"
    rows = dossiers.list_rows(request.actor, first, latest)
    return _workbook(rows, name) if how == XLSX else _table(rows, name)


def _table(rows: Iterable[Iterable[object]], name: str) -> HttpResponseBase:
    """Send CSV while it is read, in one of the site's few places for what takes seconds."""
    lines = _in_a_place(gathered(csv_lines(rows)))
    first = next(lines)  # with it the place is taken, or the reader is asked to come back
    answer = StreamingHttpResponse(chain([first], lines), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _in_a_place(pieces: Iterable[bytes]) -> Iterator[bytes]:
    with requests.slow_place():
        yield from pieces


def _workbook(rows: Iterator[Sequence[object]], name: str) -> HttpResponseBase:
    """Write a workbook row by row, and send it from its file."""
    with requests.slow_place():
        file = workbook_of("Hồ sơ", rows, WIDTHS, dossiers.EXPORT_MOMENTS)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX_TYPE)


@require_GET
@for_officers("office:export")
def exported(request: ActorRequest, export_id: int) -> HttpResponseBase:
    """Send a file that was written, piece by piece."""
    found = dossiers.export_for(request.actor, export_id)
    if found.state != dossiers.ExportState.READY:
        return redirect("office:export")
    name = f"ho-so-{found.first:%Y%m%d}-{found.latest:%Y%m%d}.csv"
    pieces = (zlib.decompress(part) for part in dossiers.parts_of(found))
    answer = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
