"""A dossier's history in words, for its owner: what was done, by which office, when, due when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Act, Status, WholeDossier
from motcua.casework.procedures.api import Ground
from motcua.channels.kit import words
from motcua.foundation.calendar.api import WaitingRule
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day

# What passes between officers is theirs; the applicant reads messages in the thread.
_INTERNAL = frozenset({Act.ASSIGN, Act.RETURN_STEP, Act.WRITE_MESSAGE, Act.CORRECT})
_BY_CITIZEN = frozenset({Act.FILE, Act.SUPPLY, Act.WITHDRAW, Act.CONFIRM_DRAFT})
_SPOKEN = frozenset(
    {Act.GUIDE, Act.REFUSE, Act.ASK_SUPPLEMENT, Act.STOP, Act.APOLOGISE, Act.EXTEND, Act.WITHDRAW}
)
_TONES = {
    Status.SUBMITTED: "soon",
    Status.RECEIVED: "info",
    Status.PROCESSING: "info",
    Status.AWAITING_APPLICANT: "soon",
    Status.AWAITING_PAYMENT: "soon",
    Status.RESOLVED: "ok",
    Status.RETURNED: "ok",
}
_WITH_RESULT = frozenset({Status.RESOLVED, Status.RETURNED})


@dataclass(frozen=True, slots=True)
class Stand:
    """Where the dossier stands now, in a word and a tone."""

    word: str
    tone: str


def stand_of(dossier: dossiers.Dossier) -> Stand:
    """Return where the dossier stands, late or paused before all else."""
    status = Status(dossier.status)
    return Stand(str(status.label), _TONES.get(status, "neutral"))


def promise_of(dossier: dossiers.Dossier) -> str:
    """Return by when the dossier is due, in words, or why that is not known yet."""
    if dossier.due_at is not None:
        return words.by_moment(dossier.due_at)
    if dossier.received_at is None and dossier.check_due_at is not None:
        return _("cơ quan trả lời %(when)s") % {"when": words.by_moment(dossier.check_due_at)}
    return ""


def timeline_of(whole: WholeDossier) -> list[dict[str, Any]]:
    """Return what happened, newest first, with the times in which the clock stood still."""
    items = [*_moves(whole), *_waits(whole)]
    items.sort(key=lambda item: item["at"], reverse=True)
    return [*_now(whole), *items]


def _now(whole: WholeDossier) -> Iterator[dict[str, Any]]:
    dossier = whole.dossier
    if not dossier.is_open:
        return
    units = dict.fromkeys(_unit(step.unit_id, step.opened_at) for step in whole.open_steps)
    if dossier.status in _WITH_RESULT:
        title, by = _("Kết quả chờ ông/bà đến nhận"), _unit(dossier.return_unit_id, None)
    elif whole.open_steps:
        title, by = _("Đang giải quyết"), ", ".join(units)
    else:
        title, by = str(Status(dossier.status).label), _unit(dossier.receiving_unit_id, None)
    yield {
        "title": title,
        "by": by,
        "state": "paused" if dossier.paused_at else "current",
        "due": dossier.due_at or "",
    }


def _moves(whole: WholeDossier) -> Iterator[dict[str, Any]]:
    due: datetime | None = None
    for move in whole.moves:
        act = Act(move.act)
        has_new_due = move.due_at is not None and move.due_at != due
        due = move.due_at or due
        if act in _INTERNAL:
            continue
        yield {
            "title": act.label,
            "by": _who(act, move),
            "at": move.at,
            "state": "done",
            "due": move.due_at if has_new_due else "",
            "text": move.note if act in _SPOKEN else "",
        }


def _who(act: Act, move: dossiers.DossierMove) -> str:
    if act in _BY_CITIZEN and (act == Act.FILE or move.unit_id is None):
        return _("Người nộp")
    return _unit(move.unit_id, move.at) if move.unit_id else ""


def _waits(whole: WholeDossier) -> Iterator[dict[str, Any]]:
    for wait in whole.waits:
        if wait.rule == WaitingRule.COUNTS:
            continue
        ground = Ground(wait.ground).label
        until = words.moment(wait.supplied_at) if wait.supplied_at else _("chưa xong")
        yield {
            "title": _("Tạm dừng tính thời hạn: %(ground)s") % {"ground": ground},
            "at": wait.asked_at,
            "state": "paused",
            "text": _("Đến: %(until)s. %(note)s") % {"until": until, "note": wait.note},
        }


def _unit(unit_id: int, at: datetime | None) -> str:
    name = organisation.name_of_unit(unit_id, on=local_day(at) if at else None)
    agency = organisation.tree().agency_of(unit_id)
    return f"{name}, {agency.name}"
