"""A dossier's history in words, for its owner: what was done, by which office, when, due when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Act, Status, WholeDossier
from motcua.casework.procedures.api import Ground
from motcua.channels.kit import words
from motcua.channels.kit.tongues import translate as _
from motcua.foundation.calendar.api import WaitingRule
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day
from motcua.lib.tongue import is_english, sentence

_BY_CITIZEN = frozenset({Act.FILE, Act.SUPPLY, Act.WITHDRAW, Act.CONFIRM_DRAFT})
# In English what was done is not called as what can be done.
_DONE = {
    Act.FILE: sentence("Đã nộp hồ sơ"),
    Act.SUPPLY: sentence("Đã nộp bổ sung"),
    Act.WITHDRAW: sentence("Đã rút hồ sơ"),
}
_OF_A_STEP = frozenset({Act.COMPLETE, Act.APPROVE})
_TONES = {
    Status.SUBMITTED: "soon",
    Status.RECEIVED: "info",
    Status.PROCESSING: "info",
    Status.AWAITING_APPLICANT: "soon",
    Status.AWAITING_PAYMENT: "soon",
    Status.RESOLVED: "ok",
    Status.RETURNED: "ok",
}


_FOR_OWNER = {
    Status.AWAITING_APPLICANT: gettext_noop("Chờ ông/bà bổ sung"),
    Status.AWAITING_PAYMENT: gettext_noop("Chờ ông/bà nộp tiền"),
}
_DRAFT_READY = gettext_noop("Chờ ông/bà xem bản nháp kết quả")
_TO_FETCH = gettext_noop("Kết quả chờ ông/bà nhận")
_AT_WORK = (gettext_noop("Đang kiểm tra"), gettext_noop("Đang giải quyết"))


@dataclass(frozen=True, slots=True)
class Stand:
    """Where the dossier stands now, in a word and a tone."""

    word: str
    tone: str


def stand_of(dossier: dossiers.Dossier) -> Stand:
    """Return where the dossier stands, what waits for its owner before all else."""
    if dossier.sub_state == dossiers.SubState.CONFIRMING:
        return Stand(_(_DRAFT_READY), "soon")
    status = Status(dossier.status)
    return Stand(_(status.label), _TONES.get(status, "neutral"))


def promise_of(dossier: dossiers.Dossier) -> str:
    """Return in a sentence by when the owner hears next; nothing once there is a result."""
    if dossier.resolved_at is not None or not dossier.is_open:
        return ""
    if dossier.due_at is not None:
        when = words.by_moment(dossier.due_at)
        if dossier.paused_at is None:
            return _("Hẹn trả kết quả %(when)s.", when=when)
        return _("Trước khi tạm dừng hẹn trả %(when)s; ngày hẹn lùi theo thời gian chờ.", when=when)
    if dossier.received_at is None and dossier.check_due_at is not None:
        return _("Cơ quan trả lời %(when)s.", when=words.by_moment(dossier.check_due_at))
    return ""


def timeline_of(whole: WholeDossier) -> list[dict[str, Any]]:
    """Return what happened, newest first, with the times in which the clock stood still."""
    items = [*_moves(whole), *_waits(whole)]
    items.sort(key=lambda item: (item["at"], item["state"] == "paused"), reverse=True)
    return [*_now(whole), *items]


def _now(whole: WholeDossier) -> Iterator[dict[str, Any]]:
    dossier = whole.dossier
    if not dossier.is_open:
        return
    at_work = dict.fromkeys(_unit(step.unit_id, step.opened_at) for step in whole.open_steps)
    offices = ", ".join(at_work) or _unit(dossier.receiving_unit_id, None)
    waits_for_owner = _FOR_OWNER.get(Status(dossier.status), "")
    if dossier.sub_state == dossiers.SubState.CONFIRMING:
        waits_for_owner = _DRAFT_READY
    if dossier.status == Status.RESOLVED:
        waits_for_owner, offices = _TO_FETCH, _unit(dossier.return_unit_id, None)
    yield {
        "title": _(waits_for_owner or _AT_WORK[dossier.received_at is not None]),
        "by": offices,
        "state": "paused" if dossier.paused_at else "current",
        "due": "" if dossier.resolved_at or dossier.paused_at else dossier.due_at or "",
    }


def _moves(whole: WholeDossier) -> Iterator[dict[str, Any]]:
    due: datetime | None = None
    for move in whole.moves:
        act = Act(move.act)
        has_new_due = move.due_at is not None and move.due_at != due
        due = move.due_at or due
        if act in dossiers.INTERNAL_ACTS:
            continue
        yield {
            "title": _title(act, move, whole),
            "by": _who(act, move, whole.dossier),
            "at": move.at,
            "state": "done",
            "due": move.due_at if has_new_due else "",
            "text": _said(move, whole) if act in dossiers.SPOKEN_ACTS else "",
        }


def _said(move: dossiers.DossierMove, whole: WholeDossier) -> str:
    """Return what was noted, with what it changed, or the law it rests on where one was named."""
    if changes := dossiers.changes_told(whole.definition.form, move):
        return ". ".join([move.note.rstrip("."), *changes])
    basis = move.detail.get("basis")
    if not basis:
        return move.note
    return _("%(words)s. Căn cứ: %(basis)s.", words=move.note.rstrip("."), basis=basis)


def _title(act: Act, move: dossiers.DossierMove, whole: WholeDossier) -> str:
    """Return what was done; of a step of the process, which."""
    code, process = move.detail.get("step"), whole.definition.process
    names = {step.code: step.name for step in process.steps} if process else {}
    done = _(_DONE.get(act, act.label)) if is_english() else act.label
    return f"{done}: {names[code]}" if act in _OF_A_STEP and code in names else done


def _who(act: Act, move: dossiers.DossierMove, dossier: dossiers.Dossier) -> str:
    # Who acts for the applicant's enterprise holds no post; an officer at a desk does.
    is_citizen = move.by_id == dossier.submitter_account_id or (move.by_id and not move.by_title)
    if (act in _BY_CITIZEN and is_citizen) or act == Act.FILE:
        return _("Người nộp")
    return _unit(move.unit_id or dossier.receiving_unit_id, move.at)


def _waits(whole: WholeDossier) -> Iterator[dict[str, Any]]:
    for wait in whole.waits:
        if wait.rule == WaitingRule.COUNTS:
            continue
        ground = Ground(wait.ground).label
        until = words.moment(wait.supplied_at) if wait.supplied_at else _("chưa xong")
        yield {
            "title": _("Tạm dừng tính thời hạn: %(ground)s", ground=ground),
            "at": wait.asked_at,
            "state": "paused",
            "text": _("Đến: %(until)s. %(note)s", until=until, note=wait.note),
        }


def _unit(unit_id: int, at: datetime | None) -> str:
    name = organisation.name_of_unit(unit_id, on=local_day(at) if at else None)
    agency = organisation.tree().agency_of(unit_id)
    return f"{name}, {agency.name}"
