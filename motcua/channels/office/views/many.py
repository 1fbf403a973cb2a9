"""Acts on many steps at once, with a result for each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.casework.processes.api import StepKind
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.hands import hand_options
from motcua.channels.office.people import Candidate, candidates, chosen, options
from motcua.foundation.access.api import Power
from motcua.foundation.signing import api as signing
from motcua.lib.actor import Actor
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated, NotAllowed
from motcua.lib.text import whole_number

MOST = 100


class Line(NamedTuple):
    """One chosen step."""

    code: str
    seq: int


class Outcome(NamedTuple):
    """What became of one chosen step."""

    code: str
    is_done: bool
    words: str


class Plan(NamedTuple):
    """What will be done with what was chosen."""

    act: str
    title: str
    consequence: str
    button: str


PLANS = {
    "nhan": Plan("nhan", "Nhận xử lý", "", "Nhận"),
    "giao": Plan("giao", "Giao việc", "Mỗi việc được ghi tên người nhận.", "Giao việc"),
    "xong": Plan(
        "xong",
        "Hoàn thành, duyệt, ký",
        "Bước xử lý được hoàn thành, bước phê duyệt được duyệt, bước ký được ký và cấp số.",
        "Thực hiện",
    ),
}


@require_POST
@for_officers("office:work")
def many(request: ActorRequest) -> HttpResponseBase:
    """Ask once more where it matters, do it one by one, and tell the result of each."""
    at = now()
    plan = PLANS.get(request.POST.get("act", ""))
    lines = chosen_lines(request.POST.getlist("viec"))
    if plan is None or not lines:
        messages.warning(request, "Chưa chọn hồ sơ nào; hãy đánh dấu ít nhất một dòng.")
        return redirect(back_address(request))
    if plan.act != "nhan" and not request.POST.get("sure"):
        return ask(request, plan, lines, at)
    done = [do_one(line, act) for act in [doer(request, plan, lines, at)] for line in lines]
    context = {
        "plan": plan,
        "done": done,
        "count": sum(one.is_done for one in done),
        "back": back_address(request),
        "to_sign": len(signing.underway_of(request.actor)) if plan.act == "xong" else 0,
    }
    return page(request, "many_done", context, current=tab_of(request))


def chosen_lines(words: Sequence[str]) -> list[Line]:
    """Return the chosen steps, each once; odd words are left out."""
    found = [word.partition(" ") for word in dict.fromkeys(words)]
    steps = [(code, whole_number(seq)) for code, _, seq in found if code]
    return [Line(code, seq) for code, seq in steps if seq is not None][:MOST]


def back_address(request: ActorRequest) -> str:
    """Return the list the person came from."""
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if back.startswith("/xu-ly/") and is_ours else "/xu-ly/viec/"


def tab_of(request: ActorRequest) -> str:
    """Return under which entry of the menu the person is, which is where they came from."""
    return "sign" if back_address(request).startswith("/xu-ly/cho-ky/") else "work"


def ask(
    request: ActorRequest, plan: Plan, lines: Sequence[Line], at: datetime, error: str = ""
) -> HttpResponse:
    """Show what will happen to how many, and to whom they go."""
    officers = to_whom(request.actor, lines, at) if plan.act == "giao" else []
    context = {
        "plan": plan,
        "lines": lines,
        "officers": options(officers, is_many=True),
        "hands": hand_options(request.actor, at) if plan.act == "xong" else [],
        "back": back_address(request),
        "error": error,
    }
    return page(request, "many", context, current=tab_of(request))


def to_whom(actor: Actor, lines: Sequence[Line], at: datetime) -> list[Candidate]:
    """Return who may get the first chosen step; the others are of the same unit as a rule.

    Raises: NoSuchDossier, NotAllowed.
    """
    opened = dossiers.get_dossier_for(actor, lines[0].code)
    steps = dossiers.whole(opened).open_steps
    step = next((one for one in steps if one.seq == lines[0].seq), None)
    if step is None:
        raise dossiers.StepNotOpen("Việc này đã có người xử lý xong; hãy tải lại danh sách.")
    actor.require(Power.ASSIGN_DOSSIERS, unit_id=step.unit_id)
    return candidates(step.unit_id, step.kind, at)


Doer = Callable[[Line], str]


@dataclass(frozen=True, slots=True)
class Giving:
    """To whom many steps are given: by which word, among whom, and who just got one."""

    word: str
    found: Sequence[Candidate]
    given: list[int] = field(default_factory=list)


def doer(request: ActorRequest, plan: Plan, lines: Sequence[Line], at: datetime) -> Doer:
    """Return what is done with each step, which says what it did."""
    by, comment = request.actor, request.POST.get("comment", "").strip()[:2000]
    if plan.act == "nhan":
        return lambda line: take(line, by, at)
    if plan.act == "xong":
        hand = request.POST.get("hand", "")
        return lambda line: finish(line, Said(comment, hand), by, at)
    giving = Giving(request.POST.get("to", ""), to_whom(by, lines, at))
    return lambda line: give(line, giving, by, at)


def do_one(line: Line, act: Doer) -> Outcome:
    """Do it to one; a refusal of one does not hold up the others."""
    try:
        return Outcome(line.code, is_done=True, words=act(line))
    except Anticipated as error:
        return Outcome(line.code, is_done=False, words=str(error))


def take(line: Line, by: Actor, at: datetime) -> str:
    dossiers.get_dossier_for(by, line.code)
    dossiers.take_step(line.code, line.seq, by=by, at=at)
    return "Đã nhận."


def give(line: Line, giving: Giving, by: Actor, at: datetime) -> str:
    opened = dossiers.get_dossier_for(by, line.code)
    steps = dossiers.whole(opened).open_steps
    unit_id = next((step.unit_id for step in steps if step.seq == line.seq), 0)
    to = chosen(giving.found, giving.word, dossier=opened, unit_id=unit_id, given=giving.given)
    if to is None:
        raise NotAllowed("Chưa chọn người nhận, hoặc người đó không còn ở đơn vị.")
    dossiers.assign_step(line.code, line.seq, to_id=to.account_id, to_name=to.name, by=by, at=at)
    giving.given.append(to.account_id)
    return f"Đã giao cho {to.name}."


class Said(NamedTuple):
    """What goes with every chosen step: an opinion, and the way of signing."""

    comment: str
    hand: str


def finish(line: Line, said: Said, by: Actor, at: datetime) -> str:
    """Complete, approve or sign, as the step asks."""
    opened = dossiers.get_dossier_for(by, line.code)
    steps = dossiers.whole(opened).open_steps
    kind = next((step.kind for step in steps if step.seq == line.seq), "")
    if kind == StepKind.DECISION:
        signed = dossiers.sign_outcome(
            line.code, line.seq, by=by, at=at, comment=said.comment, hand=said.hand
        )
        is_digital = signed.sub_state == dossiers.SubState.SIGNING
        return "Đang ký số; văn thư sẽ cấp số, đóng dấu." if is_digital else "Đã ký."
    dossiers.complete_step(line.code, line.seq, by=by, at=at, comment=said.comment)
    return "Đã duyệt." if kind == StepKind.APPROVAL else "Đã hoàn thành bước."
