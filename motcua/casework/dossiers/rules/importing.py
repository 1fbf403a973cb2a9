"""What another system kept of a dossier, as plain values; and what of it our figures count.

Source: docs/law/migration.md
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from motcua.casework.dossiers.choices import ApplicantKind, Status
from motcua.casework.procedures.api import FilingChannel
from motcua.lib.clock import local, local_day
from motcua.lib.errors import BadInput

from .application import PaperIn, PartyIn, SubmitterIn
from .measuring import (
    FILED,
    FILED_ONLINE,
    RECEIVED,
    RECEIVED_ONLINE,
    REFUSED,
    RESOLVED,
    RESOLVED_LATE,
    RESOLVED_ONLINE,
    RESOLVED_ONLINE_LATE,
    RETURNED,
    STOPPED,
    WITHDRAWN,
)
from .moves import ENDS

Days = Mapping[tuple[str, date], int]
OLD_CODE = "mã cũ "  # stands before a code we could not keep as ours, in `Dossier.origin`
OLD_PAPER = "he-thong-cu"
_ENDED = {Status.REFUSED: REFUSED, Status.WITHDRAWN: WITHDRAWN, Status.STOPPED: STOPPED}
_AT_WORK = frozenset({Status.RECEIVED, Status.PROCESSING})
_WAITING = frozenset({Status.AWAITING_APPLICANT, Status.AWAITING_PAYMENT})
_LABELS = {
    "submitted_at": "nộp",
    "received_at": "tiếp nhận",
    "due_first_at": "hẹn trả lần đầu",
    "due_at": "hẹn trả",
    "asked_at": "yêu cầu",
    "resolved_at": "xong",
    "returned_at": "trả kết quả",
    "ended_at": "kết thúc",
}


@dataclass(frozen=True, slots=True)
class Moments:
    """When the old system says that things happened; `ended_at` is of what ended without result."""

    submitted_at: datetime
    received_at: datetime | None = None
    due_first_at: datetime | None = None
    due_at: datetime | None = None
    asked_at: datetime | None = None
    resolved_at: datetime | None = None
    returned_at: datetime | None = None
    ended_at: datetime | None = None

    def told(self) -> Iterator[tuple[str, datetime]]:
        """Yield each moment there is, with its word."""
        for name, word in _LABELS.items():
            moment = getattr(self, name)
            if moment is not None:
                yield word, moment


@dataclass(frozen=True, slots=True)
class OutcomeIn:
    """The result the old system kept, or said there is."""

    name: str = ""
    number: str = ""
    signed_by: str = ""
    file: PaperIn | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """One dossier as another system kept it, in our words.

    `step_code` is where it stood, "" for where its status says; `assignee` is an account and its
    name. `more` is what is only told: who handled it, what was paid, what else there was.
    """

    code: str
    source: str
    ref: str
    procedure_id: int
    version_id: int
    case_code: str
    agency_id: int
    receiving_unit_id: int
    status: Status
    moments: Moments
    applicant: PartyIn
    submitter: SubmitterIn
    competent_unit_id: int | None = None
    channel: FilingChannel = FilingChannel.COUNTER
    applicant_kind: ApplicantKind = ApplicantKind.CITIZEN
    old_code: str = ""
    summary: str = ""
    received_by: str = ""
    step_code: str = ""
    assignee: tuple[int, str] | None = None
    papers: Sequence[PaperIn] = ()
    outcome: OutcomeIn | None = None
    more: Mapping[str, str] = field(default_factory=dict)


def check_kept(kept: Kept, *, has_limit: bool, at: datetime) -> None:
    """Raises: BadInput naming the moment that is missing, impossible or in the wrong order."""
    moments, status = kept.moments, kept.status
    _check_order(moments, at)
    needed = {"received_at": status in _AT_WORK or status in {Status.RESOLVED, Status.RETURNED}}
    needed["resolved_at"] = status in {Status.RESOLVED, Status.RETURNED}
    needed["returned_at"] = status == Status.RETURNED
    needed["ended_at"] = status in _ENDED
    is_running = status not in ENDS and status != Status.RESOLVED
    needed["due_at"] = is_running and moments.received_at is not None and has_limit
    needed["asked_at"] = status in _WAITING
    for name, is_needed in needed.items():
        if is_needed and getattr(moments, name) is None:
            message = f"Hồ sơ “{status.label}” phải có lúc {_LABELS[name]}."
            raise BadInput(message, field=name)
    if moments.due_at is not None and moments.received_at is None:
        raise BadInput("Có hẹn trả nhưng không có lúc tiếp nhận.", field="received_at")


def _check_order(moments: Moments, at: datetime) -> None:
    happened = ("submitted_at", "received_at", "asked_at", "resolved_at", "returned_at", "ended_at")
    for name in happened:
        moment = getattr(moments, name)
        if moment is not None and moment > at:
            message = f"Lúc {_LABELS[name]} {local(moment):%d/%m/%Y %H:%M} ở tương lai."
            raise BadInput(message, field=name)
    pairs = (
        ("submitted_at", "received_at"),
        ("received_at", "due_at"),
        ("received_at", "asked_at"),
        ("received_at", "resolved_at"),
        ("resolved_at", "returned_at"),
        ("submitted_at", "ended_at"),
    )
    for first, then in pairs:
        before, after = getattr(moments, first), getattr(moments, then)
        if before is not None and after is not None and after < before:
            message = (
                f"Lúc {_LABELS[then]} ({local(after):%d/%m/%Y %H:%M}) đứng trước lúc"
                f" {_LABELS[first]} ({local(before):%d/%m/%Y %H:%M})."
            )
            raise BadInput(message, field=then)


def history_in_words(kept: Kept) -> str:
    """Return what the old system says happened, for the one move that stands for all of it."""
    parts = [f"{word} {local(moment):%H:%M %d/%m/%Y}" for word, moment in kept.moments.told()]
    told = [f"{word}: {value}" for word, value in kept.more.items() if value]
    sentences = [f"Chuyển từ {kept.source}; hệ thống cũ ghi: {', '.join(parts)}", *told]
    return ". ".join(sentences)[:1990] + "."


def days_of(dossier: Any) -> Counter[tuple[str, date]]:
    """Return what the figures count of a dossier's own moments, by measure and day.

    It is counted by the days of the old system, once, however often it is brought.
    """
    online = dossier.channel == FilingChannel.PORTAL
    found: Counter[tuple[str, date]] = Counter()

    def count(moment: datetime | None, *measures: str) -> None:
        if moment is not None:
            found.update((measure, local_day(moment)) for measure in measures)

    count(dossier.submitted_at, FILED, *([FILED_ONLINE] if online else []))
    count(dossier.received_at, RECEIVED, *([RECEIVED_ONLINE] if online else []))
    due, resolved = dossier.due_at, dossier.resolved_at
    late = due is not None and resolved is not None and resolved > due
    count(resolved, RESOLVED, *([RESOLVED_ONLINE] if online else []))
    if late:
        count(resolved, RESOLVED_LATE, *([RESOLVED_ONLINE_LATE] if online else []))
    count(dossier.returned_at, RETURNED)
    ended = _ENDED.get(Status(dossier.status))
    if ended:
        count(dossier.closed_at, ended)
    return found


def change_in_days(before: Days, now: Days) -> str:
    """Return the difference as words that a move and a fact can carry: “+dossiers.filed=2024-…”."""
    words = []
    for key in sorted({*before, *now}):
        difference = now.get(key, 0) - before.get(key, 0)
        sign = "+" if difference > 0 else "-"
        words += [f"{sign}{key[0]}={key[1]:%Y-%m-%d}"] * abs(difference)
    return " ".join(words)
