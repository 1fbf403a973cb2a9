"""Handing files over to the archive: what is due, what was offered, what was accepted."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.workfiles import api as workfiles
from motcua.casework.workfiles.api import HandOverState
from motcua.channels.kit.addresses import address
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.registry.frame import for_officers, page
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import now

from .asking import Question, ask, sent
from .compiling import pdf
from .forms import KeepForm, ReasonForm
from .showing import hand_over_badge, rows_shown

_ASKED = ("GET", "HEAD", "POST")


@require_http_methods(_ASKED)
@for_officers("registry:hand_overs")
def hand_overs(request: ActorRequest) -> HttpResponseBase:
    """Show what must go to the archive and the hand-overs; offer what was ticked."""
    actor, at = request.actor, now()
    if request.method == "POST":
        found = workfiles.offer(request.POST.getlist("ma"), by=actor, at=at)
        messages.success(request, f"Đã lập danh sách nộp lưu gồm {found.files} hồ sơ.")
        return redirect("registry:hand_over", found.code)
    tree = organisation.tree()
    units = sorted({below for unit in actor.unit_ids for below in tree.descendants(unit)})
    due = workfiles.to_hand_over(actor, units)
    context = {
        "rows": rows_shown(due, at),
        "made": [
            (one, hand_over_badge(one), tree.unit(one.unit_id).name)
            for one in workfiles.hand_overs_for(actor)
        ],
    }
    return page(request, "files/hand_overs", context, current="hand_overs")


@require_GET
@for_officers("registry:hand_overs")
def hand_over(request: ActorRequest, code: str) -> HttpResponse:
    """Show one hand-over and its files. Costs: two statements."""
    found = workfiles.get_hand_over_for(request.actor, code)
    is_archive = workfiles.keeps_archive(request.actor, found.agency_id)
    context = {
        "found": found,
        "state": hand_over_badge(found),
        "unit": organisation.tree().unit(found.unit_id).name,
        "rows": rows_shown(workfiles.handed_in(found), now()),
        "can_receive": is_archive and found.state == HandOverState.OFFERED,
        "has_papers": found.state != HandOverState.RETURNED,
    }
    return page(request, "files/hand_over", context, current="hand_overs")


@require_POST
@for_officers("registry:hand_overs")
def accept(request: ActorRequest, code: str) -> HttpResponseBase:
    """Take the files into the archive."""
    workfiles.get_hand_over_for(request.actor, code)
    found = workfiles.accept(code, by=request.actor, at=now())
    messages.success(request, f"Đã nhận {found.files} hồ sơ vào lưu trữ. Biên bản đã sẵn sàng in.")
    return redirect("registry:hand_over", code)


@require_http_methods(_ASKED)
@for_officers("registry:hand_overs")
def send_back(request: ActorRequest, code: str) -> HttpResponseBase:
    """Give the files back to their unit."""
    workfiles.get_hand_over_for(request.actor, code)
    form, at = ReasonForm(sent(request)), now()

    def run() -> None:
        workfiles.send_back(code, form.cleaned_data["reason"], by=request.actor, at=at)

    asked = Question(
        "Trả lại hồ sơ cho đơn vị",
        "Trả lại",
        "Đã trả lại hồ sơ cho đơn vị.",
        address("registry:hand_over", code),
        "Lần giao nộp",
        "Mọi hồ sơ của lần giao nộp này trở về đơn vị; đơn vị sửa rồi nộp lại.",
        "hand_overs",
    )
    return ask(request, form, run, asked)


@require_http_methods(_ASKED)
@for_officers("registry:work_files")
def keep(request: ActorRequest, code: str) -> HttpResponseBase:
    """Let the unit keep a file beyond its day."""
    found = workfiles.get_file_for(request.actor, code)
    form, at = KeepForm(sent(request)), now()

    def run() -> None:
        data = form.cleaned_data
        workfiles.keep_longer(code, data["until"], data["reason"], by=request.actor, at=at)

    note = "Không quá 2 năm kể từ hạn nộp lưu."
    back = address("registry:work_file", code)
    asked = Question(
        "Giữ lại hồ sơ thêm", "Giữ lại", "Đã ghi việc giữ lại.", back, found.title, note
    )
    return ask(request, form, run, asked)


@require_GET
@for_officers("registry:hand_overs")
def minutes(request: ActorRequest, code: str) -> HttpResponse:
    """Print the minutes of a hand-over."""
    found = workfiles.get_hand_over_for(request.actor, code)
    return pdf(workfiles.minutes_pdf(found, now()), f"bien-ban-giao-nhan-{code}.pdf")


@require_GET
@for_officers("registry:hand_overs")
def listed(request: ActorRequest, code: str) -> HttpResponse:
    """Print the list of the files handed over."""
    found = workfiles.get_hand_over_for(request.actor, code)
    return pdf(workfiles.handed_over_pdf(found), f"muc-luc-nop-luu-{code}.pdf")
