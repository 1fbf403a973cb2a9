"""What can be done on the page of a task: each act with its form, its right and its operation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.casework.tasks import api as tasks
from motcua.casework.tasks.api import PartPage, PartRole, TaskPage, TaskState
from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.kept import kept_files
from motcua.channels.kit.words import stamp
from motcua.lib.actor import Actor

from . import forms
from .people import agencies_below, chosen, other_agencies, people_to_give, units_to_give

Data = Mapping[str, Any]
S = TaskState
_RUNNING = (S.GIVEN, S.ACCEPTED, S.WORKING, S.RETURNED)


@dataclass(frozen=True, slots=True)
class Situation:
    """Who is about to do what to which part of which task; without a part, to the whole."""

    page: TaskPage
    part: PartPage | None
    actor: Actor
    at: datetime

    @property
    def code(self) -> str:
        """Return the task's code."""
        return self.page.task.code

    @property
    def seq(self) -> int:
        """Return the part's number, 0 for the whole task."""
        return self.part.part.seq if self.part else 0

    @property
    def state(self) -> str:
        """Return where the part stands."""
        return self.part.part.state if self.part else ""

    @property
    def is_open(self) -> bool:
        """Say whether the whole task is."""
        return self.page.task.closed_at is None

    @property
    def follows(self) -> bool:
        """Say whether the actor follows up an open part."""
        return bool(self.part and self.part.can_follow and self.part.part.closed_at is None)

    @property
    def does(self) -> bool:
        """Say whether the part waits for the actor: his own, or his unit's that nobody has yet."""
        if self.part is None or not self.part.can_do or self.state not in _RUNNING:
            return False
        doer = self.part.part.account_id
        return doer == self.actor.id or (doer is None and not self.part.can_follow)


@dataclass(frozen=True, slots=True)
class TaskAct:
    """One act: its word in the address, its label, when it is offered, what it does."""

    slug: str
    label: str
    offered: Callable[[Situation], bool]
    run: Callable[[Situation, Data], str]
    form: type[KitForm] = forms.NothingForm
    note: str = ""
    button: str = ""
    kind: str = "secondary"
    prepare: Callable[[Situation, Any], None] | None = None

    @property
    def button_text(self) -> str:
        """Return what its button says."""
        return self.button or self.label


def _files(one: Situation, data: Data) -> list[tasks.FileIn]:
    kept = kept_files(data.get("attached") or [], by=one.actor, at=one.at)
    return [tasks.FileIn(file.name, file.pk) for file in kept]


def _accept(one: Situation, _data: Data) -> str:
    tasks.accept_part(one.code, one.seq, by=one.actor, at=one.at)
    return "Đã nhận nhiệm vụ."


def _refuse(one: Situation, data: Data) -> str:
    tasks.refuse_part(one.code, one.seq, data["words"], by=one.actor, at=one.at)
    return "Đã trả lại nhiệm vụ; người giao được báo lý do."


def _assign(one: Situation, data: Data) -> str:
    to = chosen(data["who"])
    tasks.assign_part(
        one.code, one.seq, to.unit_id, to.account_id, by=one.actor, at=one.at, note=data["words"]
    )
    return "Đã phân công."


def _reassign(one: Situation, data: Data) -> str:
    to = chosen(data["who"])
    tasks.reassign_part(
        one.code, one.seq, to.unit_id, to.account_id, by=one.actor, at=one.at, note=data["words"]
    )
    return "Đã giao lại."


def _progress(one: Situation, data: Data) -> str:
    files = _files(one, data)
    tasks.report_progress(
        one.code, one.seq, data["percent"], data["words"], by=one.actor, at=one.at, files=files
    )
    return f"Đã báo cáo tiến độ {data['percent']} %."


def _finish(one: Situation, data: Data) -> str:
    files = _files(one, data)
    tasks.ask_to_finish(one.code, one.seq, data["words"], by=one.actor, at=one.at, files=files)
    is_lead = one.part is not None and one.part.part.role == PartRole.LEAD
    return "Đã báo cáo kết quả, chờ người giao xác nhận." if is_lead else "Đã báo cáo kết quả."


def _approve(one: Situation, data: Data) -> str:
    tasks.approve_part(one.code, one.seq, by=one.actor, at=one.at, note=data["words"])
    return "Đã xác nhận hoàn thành."


def _send_back(one: Situation, data: Data) -> str:
    tasks.send_back(one.code, one.seq, data["words"], by=one.actor, at=one.at)
    return "Đã trả lại để làm tiếp."


def _ask_extension(one: Situation, data: Data) -> str:
    due = forms.end_of(data["due_on"]) or one.at
    tasks.ask_extension(one.code, one.seq, due, data["words"], by=one.actor, at=one.at)
    return f"Đã xin gia hạn đến {stamp(due)}."


def _decide(one: Situation, data: Data) -> str:
    is_granted = data["answer"] == "yes"
    decision = tasks.Decision(is_granted, data["words"], forms.end_of(data["due_on"]))
    tasks.decide_extension(one.code, one.seq, decision, by=one.actor, at=one.at)
    return "Đã cho gia hạn." if is_granted else "Đã trả lời: không gia hạn."


def _change_due(one: Situation, data: Data) -> str:
    due = forms.end_of(data["due_on"]) or one.at
    tasks.change_due(one.code, one.seq, due, data["words"], by=one.actor, at=one.at)
    return f"Hạn mới: {stamp(due)}."


def _remind(one: Situation, data: Data) -> str:
    tasks.remind(one.code, one.seq, data["words"], by=one.actor, at=one.at)
    return "Đã đôn đốc."


def _stop(one: Situation, data: Data) -> str:
    if one.part is None:
        tasks.cancel_task(one.code, data["words"], by=one.actor, at=one.at)
        return "Đã thôi thực hiện nhiệm vụ."
    tasks.cancel_part(one.code, one.seq, data["words"], by=one.actor, at=one.at)
    return "Đã thôi giao."


def _note(one: Situation, data: Data) -> str:
    tasks.write_note(one.code, data["words"], by=one.actor, at=one.at)
    return "Đã gửi trao đổi."


def _add_places(one: Situation, data: Data) -> str:
    due = forms.end_of(data["due_on"])
    leads = [chosen(word)._replace(due_at=due) for word in data.get("more") or []]
    helpers = [chosen(word)._replace(due_at=due) for word in data.get("together_others") or []]
    tasks.add_parts(one.code, leads, helpers, by=one.actor, at=one.at)
    return f"Đã giao thêm {len(leads) + len(helpers)} nơi."


def _offer_own(one: Situation, form: Any) -> None:
    """Offer the units of the part's agency in which the actor assigns, and their people."""
    units = units_to_give(one.actor)
    people = people_to_give(one.actor, [int(value[2:]) for value, _ in units], one.at)
    form.fields["who"].choices = [*people, *units]


def _offer_any(one: Situation, form: Any) -> None:
    _offer_own(one, form)
    form.fields["who"].choices = [*form.fields["who"].choices, *agencies_below(one.actor)]


def _offer_places(one: Situation, form: Any) -> None:
    form.fields["more"].choices = [*units_to_give(one.actor), *agencies_below(one.actor)]
    form.fields["together_others"].choices = other_agencies(one.actor)


def _is_last_lead(one: Situation) -> bool:
    leads = [p for p in one.page.parts if p.part.role == PartRole.LEAD and not p.part.closed_at]
    return len(leads) == 1 and leads[0] is one.part


ACTS = (
    TaskAct(
        "nhan",
        "Nhận nhiệm vụ",
        lambda one: one.does and one.state == S.GIVEN,
        _accept,
        kind="primary",
    ),
    TaskAct(
        "ket-thuc",
        "Báo cáo kết quả",
        lambda one: one.does and one.state != S.GIVEN,
        _finish,
        forms.FinishForm,
        note="Nơi chủ trì xin kết thúc; người giao xác nhận hoặc trả lại để làm tiếp.",
        button="Gửi kết quả",
        kind="primary",
    ),
    TaskAct(
        "tien-do",
        "Báo cáo tiến độ",
        lambda one: one.does and one.state != S.GIVEN,
        _progress,
        forms.ProgressForm,
        button="Gửi báo cáo",
    ),
    TaskAct(
        "phan-cong",
        "Phân công",
        lambda one: bool(one.part and one.part.can_head and one.state in _RUNNING),
        _assign,
        forms.WhoForm,
        prepare=_offer_own,
        note="Giao trong cơ quan. Phân công cũng là nhận nhiệm vụ.",
    ),
    TaskAct(
        "khong-nhan",
        "Không nhận",
        lambda one: one.does and one.state == S.GIVEN,
        _refuse,
        forms.ReasonForm,
        note="Ví dụ: không đúng thẩm quyền; nên ghi giao cho nơi nào thì đúng.",
        button="Trả lại người giao",
    ),
    TaskAct(
        "gia-han",
        "Xin gia hạn",
        lambda one: (
            one.does
            and one.part is not None
            and not one.part.part.asks_extension
            and one.part.part.due_at != tasks.NO_LIMIT
        ),
        _ask_extension,
        forms.UntilForm,
        note="Hạn giao lần đầu vẫn được giữ trong báo cáo.",
        button="Gửi đề nghị",
    ),
    TaskAct(
        "xac-nhan",
        "Xác nhận hoàn thành",
        lambda one: one.follows and one.state == S.REPORTED,
        _approve,
        forms.NoteForm,
        kind="primary",
        note="Hoàn thành được tính từ lúc nơi thực hiện báo cáo kết quả.",
    ),
    TaskAct(
        "tra-lai",
        "Trả lại, làm tiếp",
        lambda one: one.follows and one.state == S.REPORTED,
        _send_back,
        forms.WordsForm,
        button="Trả lại",
    ),
    TaskAct(
        "quyet-gia-han",
        "Quyết định gia hạn",
        lambda one: one.follows and one.part is not None and one.part.part.asks_extension,
        _decide,
        forms.DecideForm,
        button="Gửi quyết định",
        kind="primary",
    ),
    TaskAct(
        "giao-lai",
        "Giao lại",
        lambda one: one.follows,
        _reassign,
        forms.WhoForm,
        prepare=_offer_any,
        note="Nơi đang giữ việc thôi thực hiện, nơi mới nhận từ đầu; dấu vết vẫn còn.",
    ),
    TaskAct(
        "doi-han",
        "Điều chỉnh hạn",
        lambda one: one.follows and one.part is not None and not one.part.part.asks_extension,
        _change_due,
        forms.UntilForm,
        button="Đặt hạn mới",
    ),
    TaskAct(
        "don-doc",
        "Đôn đốc",
        lambda one: (
            (one.follows and one.state in _RUNNING)
            or (one.part is None and one.page.can_follow and one.is_open)
        ),
        _remind,
        forms.NoteForm,
        note="Người đang giữ việc nhận thông báo ngay.",
    ),
    TaskAct(
        "them-noi",
        "Giao thêm nơi",
        lambda one: one.part is None and one.page.can_follow and one.is_open,
        _add_places,
        forms.PlacesForm,
        prepare=_offer_places,
    ),
    TaskAct(
        "trao-doi",
        "Trao đổi",
        lambda one: one.part is None and one.page.can_note,
        _note,
        forms.WordsForm,
        button="Gửi",
    ),
    TaskAct(
        "thoi",
        "Thôi giao",
        lambda one: one.follows and not _is_last_lead(one),
        _stop,
        forms.ReasonForm,
        kind="warning",
    ),
    TaskAct(
        "thoi-nhiem-vu",
        "Thôi thực hiện",
        lambda one: one.part is None and one.page.can_follow and one.is_open,
        _stop,
        forms.ReasonForm,
        kind="warning",
        note="Mọi phần việc chưa xong đều thôi thực hiện; phần đã xong vẫn tính.",
    ),
)


def acts_for(one: Situation) -> list[TaskAct]:
    """Return what the actor may do here now."""
    return [act for act in ACTS if act.offered(one)]
