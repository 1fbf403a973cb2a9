"""How work, clocks and people are shown: words and tones made before a page is filled."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Status, WorkRow
from motcua.casework.procedures import api as procedures
from motcua.casework.processes.api import NO_LIMIT, StepKind
from motcua.channels.kit.addresses import address
from motcua.channels.kit.words import Badge, days_left
from motcua.foundation.calendar import api as calendar
from motcua.lib.clock import local

_TONES = {
    Status.AWAITING_APPLICANT: "paused",
    Status.AWAITING_PAYMENT: "paused",
    Status.RESOLVED: "ok",
    Status.RETURNED: "ok",
    Status.REFUSED: "neutral",
    Status.WITHDRAWN: "neutral",
    Status.STOPPED: "neutral",
}


class Span(NamedTuple):
    """A running limit: from when to when, in which calendar."""

    start: datetime | None
    due: datetime | None
    unit_id: int
    is_paused: bool = False


def clock_badge(span: Span, at: datetime) -> Badge:
    """Return the working days left: green, amber near the end, red when late, grey when paused."""
    if span.is_paused:
        return days_left(None, paused=True)
    if span.due is None or span.due >= NO_LIMIT:
        return days_left(None)
    facts = dossiers.facts_of_unit(span.unit_id)
    days = calendar.days_left(at, span.due, facts)
    if at > span.due:
        return days_left(days) if days < 0 else Badge("Quá giờ hẹn", "late")
    word = days_left(max(days, 0)).word
    is_soon = span.start is not None and calendar.is_soon(at, span.start, span.due, facts)
    return Badge(word, "soon" if is_soon else "ok")


def dossier_badge(dossier: dossiers.Dossier, at: datetime) -> Badge | None:
    """Return the badge of an open dossier's promise; an ended one has none."""
    if dossier.received_at is None or not dossier.is_open or dossier.resolved_at is not None:
        return None
    return clock_badge(
        Span(
            dossier.clock_from,
            dossier.due_at,
            dossier.receiving_unit_id,
            dossier.paused_at is not None,
        ),
        at,
    )


def status_badge(dossier: dossiers.Dossier) -> Badge:
    """Return the national status with its tone."""
    status = Status(dossier.status)
    return Badge(status.label, _TONES.get(status, "info"))


class WorkShown(NamedTuple):
    """One line of a work list."""

    key: str
    code: str
    href: str
    badge: Badge
    procedure: str
    applicant: str
    step: str
    kind: str
    assignee: str
    step_due: str
    due: str
    since: datetime
    dossier_id: int
    is_new_promise: bool


def work_shown(rows: Iterable[WorkRow], at: datetime) -> list[WorkShown]:
    """Return the lines of a work list."""
    return [one_work(row, at) for row in rows]


def one_work(row: WorkRow, at: datetime) -> WorkShown:
    definition = procedures.definition_of(row.procedure_version_id)
    span = Span(row.opened_at, row.step_due_at, row.unit_id, row.paused_at is not None)
    return WorkShown(
        key=f"{row.code} {row.step_seq}",
        code=row.code,
        href=address("office:dossier", row.code),
        badge=clock_badge(span, at),
        procedure=definition.name,
        applicant=row.applicant_name,
        step=step_name(definition, row.step_code),
        kind=row.step_kind,
        assignee=row.assignee_name or "Chưa ai nhận",
        step_due="" if row.step_due_at >= NO_LIMIT else short_stamp(row.step_due_at),
        due=short_stamp(row.due_at) if row.due_at else "Không có hạn",
        since=row.opened_at,
        dossier_id=row.dossier_id,
        is_new_promise=row.due_at != row.due_originally_at,
    )


def short_stamp(at: datetime) -> str:
    """Return “13/11 17:00”: what is open is due this year or the next."""
    here = local(at)
    return f"{here.day:02}/{here.month:02} {here.hour:02}:{here.minute:02}"


def step_name(definition: procedures.Definition, code: str) -> str:
    """Return what the process calls a step."""
    if code == dossiers.AT_DESK:
        return "Bộ phận một cửa xem lại"
    steps = definition.process.steps if definition.process else ()
    return next((step.name for step in steps if step.code == code), code)


def kind_options() -> list[tuple[str, str]]:
    """Return the kinds of steps for a filter."""
    return [("", "Mọi loại việc"), *((str(kind), kind.label) for kind in StepKind)]
