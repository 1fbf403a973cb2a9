"""Work files in words, for lists and pages."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from motcua.casework.workfiles import api as workfiles
from motcua.casework.workfiles.api import (
    HandOver,
    HandOverState,
    ItemKind,
    State,
    WorkFile,
    WorkFileItem,
)
from motcua.channels.kit.addresses import address
from motcua.channels.kit.words import Badge, short_day

_TONES = {
    State.OPEN: "info",
    State.CLOSED: "ok",
    State.OFFERED: "soon",
    State.HANDED_OVER: "neutral",
}
_HAND_OVER_TONES = {
    HandOverState.OFFERED: "soon",
    HandOverState.ACCEPTED: "ok",
    HandOverState.RETURNED: "neutral",
}
_NEAR = 30


def state_badge(work_file: WorkFile) -> Badge:
    """Return the state in words, with its colour."""
    state = State(work_file.state)
    return Badge(state.label, _TONES[state])


def hand_over_badge(found: HandOver) -> Badge:
    """Return how a hand-over stands."""
    state = HandOverState(found.state)
    return Badge(state.label, _HAND_OVER_TONES[state])


def due_badge(work_file: WorkFile, at: datetime) -> Badge | None:
    """Return how the day of hand-over stands, nothing if the file does not wait for it."""
    left = workfiles.days_left(work_file, at)
    if left is None:
        return None
    day = short_day(work_file.hand_over_by)
    if left < 0:
        return Badge(f"Quá hạn nộp lưu {day}", "late")
    return Badge(f"Nộp lưu trước {day}", "soon" if left <= _NEAR else "neutral")


class FileRow(NamedTuple):
    """One line of a list of work files."""

    code: str
    href: str
    symbol: str
    title: str
    state: Badge
    due: Badge | None
    person: str
    opened: str
    documents: int
    retention: str


def rows_shown(found: Iterable[WorkFile], at: datetime) -> list[FileRow]:
    """Return the lines of a list of work files."""
    return [
        FileRow(
            code=one.code,
            href=address("registry:work_file", one.code),
            symbol=one.symbol,
            title=one.title,
            state=state_badge(one),
            due=due_badge(one, at),
            person=one.person_name,
            opened=short_day(one.sort_at),
            documents=one.documents,
            retention=workfiles.retention_words(one.retention_years),
        )
        for one in found
    ]


class ItemRow(NamedTuple):
    """One thing in a work file."""

    number: int
    seq: int
    title: str
    href: str
    kind: str
    notation: str
    day: str
    pages: str
    author: str
    note: str
    lacks: bool


def items_shown(code: str, items: Iterable[WorkFileItem]) -> list[ItemRow]:
    """Return the lines of a file's contents."""
    return [
        ItemRow(
            number=number,
            seq=one.seq,
            title=one.title,
            href=_href(code, one),
            kind=ItemKind(one.kind).label,
            notation=one.notation,
            day=short_day(one.day) if one.day else "",
            pages=str(one.pages or ""),
            author=one.author,
            note=one.note,
            lacks=one.day is None or not one.pages,
        )
        for number, one in enumerate(items, 1)
    ]


def _href(code: str, item: WorkFileItem) -> str:
    """Return where the thing itself is read."""
    if item.kind == ItemKind.DOCUMENT:
        return address("registry:document", item.ref)
    if item.kind == ItemKind.DOSSIER:
        return f"/xu-ly/ho-so/{item.ref}/"
    if item.kind == ItemKind.TASK:
        return address("registry:task", item.ref)
    return address("registry:item_file", code, item.seq)
