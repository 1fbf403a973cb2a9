"""One work file with what lies in it, for those who may know of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from motcua.casework.workfiles.choices import ItemKind, State
from motcua.casework.workfiles.errors import NoSuchWorkFile
from motcua.casework.workfiles.models import (
    WorkFile,
    WorkFileItem,
    WorkFileMove,
    WorkFileScope,
)
from motcua.casework.workfiles.permissions import keeps_archive
from motcua.foundation.access import api as access
from motcua.lib.actor import Actor

_AT_ARCHIVE = (State.OFFERED, State.HANDED_OVER)


def reading(actor: Actor) -> Actor:
    """Return the actor as this room sees him: who reads all dossiers reads no files by it.

    Source: docs/law/access.md
    """
    return replace(actor, sees_all=False)


def get_file_for(actor: Actor, code: str) -> WorkFile:
    """Return the work file if the actor may see it. Raises: NoSuchWorkFile, for either reason.

    What was handed over is open to who keeps the agency's archive.
    Costs: two statements.
    """
    found = WorkFile.objects.select_related("hand_over").filter(code=code).first()
    message = f"Không tìm thấy hồ sơ {code}, hoặc ông/bà không có quyền xem."
    if found is None:
        raise NoSuchWorkFile(message)
    if found.state in _AT_ARCHIVE and keeps_archive(actor, found.agency_id):
        return found
    if not access.may_see(WorkFileScope, reading(actor), found.pk):
        raise NoSuchWorkFile(message, hidden=f"work_file:{code}")
    return found


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A work file with what lies in it and what was done to it."""

    work_file: WorkFile
    items: list[WorkFileItem]
    moves: list[WorkFileMove]

    @property
    def missing(self) -> list[str]:
        """Return what must still be written before the file can be closed."""
        return missing_in(self.items)


def whole(work_file: WorkFile) -> WholeFile:
    """Return the work file with its items and moves.

    Costs: two statements.
    """
    moves = WorkFileMove.objects.filter(work_file=work_file).order_by("seq")
    return WholeFile(work_file, items_of(work_file), list(moves))


def items_of(work_file: WorkFile) -> list[WorkFileItem]:
    """Return what lies in the file, in its order."""
    items = WorkFileItem.objects.filter(work_file=work_file, gone_at=None)
    return list(items.select_related("file").order_by("position", "seq"))


def missing_in(items: Iterable[WorkFileItem]) -> list[str]:
    """Return, in words, which items lack their day or their number of pages."""
    lacking = []
    for number, item in enumerate(items, 1):
        what = [] if item.day else ["ngày"]
        what += [] if item.pages else ["số trang"]
        if what:
            lacking.append(f"mục {number} thiếu {' và '.join(what)}")
    return lacking


@dataclass(frozen=True, slots=True)
class FileOf:
    """A work file in which something lies."""

    code: str
    symbol: str
    title: str
    state: str


def files_of(ref: str, *, kind: str = ItemKind.DOCUMENT) -> tuple[FileOf, ...]:
    """Return the work files in which a document, dossier or task lies, whoever asks; for rooms.

    Costs: one statement.
    """
    items = WorkFileItem.objects.filter(kind=kind, ref=ref, gone_at=None).exclude(ref="")
    found = items.select_related("work_file").order_by("work_file_id")
    return tuple(_of(item.work_file) for item in found)


def files_of_for(actor: Actor, ref: str, *, kind: str = ItemKind.DOCUMENT) -> tuple[FileOf, ...]:
    """Return those of the work files in which it lies that the actor may see.

    Costs: two statements.
    """
    items = WorkFileItem.objects.filter(kind=kind, ref=ref, gone_at=None).exclude(ref="")
    found = {one.work_file_id: one.work_file for one in items.select_related("work_file")}
    visible = access.visible_among(WorkFileScope, reading(actor), found)
    return tuple(_of(found[pk]) for pk in sorted(visible))


def _of(work_file: WorkFile) -> FileOf:
    return FileOf(work_file.code, work_file.symbol, work_file.title, work_file.state)


def items_by_ids(actor: Actor, ids: Collection[int]) -> dict[int, WorkFileItem]:
    """Return, by key, those items whose work file the actor may see; for the search.

    Costs: two statements.
    """
    items = WorkFileItem.objects.filter(pk__in=list(ids), gone_at=None)
    found = {one.pk: one for one in items.select_related("work_file")}
    files = {one.work_file_id for one in found.values()}
    visible = access.visible_among(WorkFileScope, reading(actor), files)
    return {pk: one for pk, one in found.items() if one.work_file_id in visible}


def days_of(items: Iterable[WorkFileItem]) -> tuple[date | None, date | None]:
    """Return the first and the latest day in a file."""
    days = sorted(item.day for item in items if item.day)
    return (days[0], days[-1]) if days else (None, None)
