"""Units, posts and officers from a spreadsheet: rehearse, look at the report, carry out."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.channels.backoffice import staff_files
from motcua.channels.backoffice.doing import once
from motcua.channels.backoffice.forms.organisation import StaffFileForm
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated, Conflict, NotAllowed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@needs(Power.EDIT_ORGANISATION)
def import_staff(request: ActorRequest) -> HttpResponse:
    """Take a spreadsheet and rehearse it: nothing is written yet."""
    form = StaffFileForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"title": "Nhập đơn vị, vị trí, cán bộ từ bảng tính"}
    if form.is_valid():
        try:
            context |= rehearse(form, request)
        except NotAllowed:
            raise
        except Anticipated as error:
            form.blame(str(error), "file")
    context["form"] = form
    status = 422 if form.errors else 200
    return page(request, "import_staff", context, current="import", status=status)


def rehearse(form: StaffFileForm, request: ActorRequest) -> dict[str, object]:
    """Return the report on the file, and its token for carrying it out. Raises: Anticipated."""
    at = now()
    token = staff_files.keep_for_later(form.cleaned_data["file"][0], by=request.actor, at=at)
    content = staff_files.content_of(token, by=request.actor, at=at)
    report = organisation.import_staff(content, dry_run=True, by=request.actor, at=at)
    return {"report": report, "token": token}


@require_POST
@needs(Power.EDIT_ORGANISATION)
def carry_out(request: ActorRequest) -> HttpResponse:
    """Write what was rehearsed; all of it or nothing."""

    def act(at: datetime) -> str:
        content = staff_files.content_of(request.POST.get("token", ""), by=request.actor, at=at)
        report = organisation.import_staff(content, dry_run=False, by=request.actor, at=at)
        if not report.is_written:
            message = "Từ lúc chạy thử, tổ chức đã thay đổi. Hãy chạy thử lại; chưa có gì được ghi."
            raise Conflict(message)
        return reverse("backoffice:officers")

    address = once(request, act)
    messages.success(request, "Đã nhập bảng tính.")
    return redirect(address)


@require_GET
@needs(Power.EDIT_ORGANISATION)
def staff_template(request: ActorRequest) -> HttpResponse:  # noqa: ARG001 -- a view takes a request
    """Hand out the spreadsheet to fill in."""
    answer = HttpResponse(staff_files.blank(), content_type=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="mau-nhap-can-bo.xlsx"'
    return answer
