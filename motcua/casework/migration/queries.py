"""Reading what is known of old systems and runs; nothing but counts and keys leaves here."""

import csv
import io
from collections.abc import Iterator, Sequence

from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor

from .choices import FileKind, RunState, Verdict
from .errors import NoSuchSource
from .models import Item, Line, Run, Source, SourceFile

_PAGE = 100
_CHUNK = 2000
HEAD = ("Dòng", "Kết quả", "Khóa ở hệ thống cũ", "Mã hồ sơ", "Cột", "Lý do, lưu ý")
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def sources_for(actor: Actor) -> Sequence[Source]:
    """Return every old system, newest first. Raises: NotAllowed."""
    actor.require(Power.MIGRATE_DATA)
    return list(Source.objects.order_by("-made_at", "-pk"))


def get_source(actor: Actor, code: str) -> Source:
    """Raises: NotAllowed, NoSuchSource."""
    actor.require(Power.MIGRATE_DATA)
    found = Source.objects.filter(code=code).first()
    if found is None:
        raise NoSuchSource("Không tìm thấy hệ thống cũ này.")
    return found


def find_source(name: str) -> Source | None:
    """Return the old system of this name; for commands."""
    return Source.objects.filter(name=name).first()


def files_of(source: Source, kind: FileKind) -> Sequence[SourceFile]:
    """Return what was handed over, newest first."""
    rows = SourceFile.objects.filter(source=source, kind=kind).select_related("file")
    return list(rows.order_by("-added_at", "-pk"))


def latest_table(source: Source) -> SourceFile | None:
    """Return the table that came last."""
    return next(iter(files_of(source, FileKind.TABLE)), None)


def runs_of(source: Source) -> Sequence[Run]:
    """Return the runs through its tables, newest first."""
    return list(Run.objects.filter(source=source).select_related("table").order_by("-pk")[:50])


def get_run(actor: Actor, code: str) -> Run:
    """Raises: NotAllowed, NoSuchSource."""
    actor.require(Power.MIGRATE_DATA)
    found = Run.objects.select_related("source", "table__file").filter(code=code).first()
    if found is None:
        raise NoSuchSource("Không tìm thấy lần chạy này.")
    return found


def waiting_run() -> Run | None:
    """Return the run whose turn it is, the oldest of those under way or queued."""
    states = [RunState.RUNNING, RunState.UNDOING, RunState.QUEUED]
    runs = Run.objects.select_related("source", "table__file").filter(state__in=states)
    return runs.order_by("pk").first()


def lines_of(run: Run, *, verdict: str = "", after: int = -1, most: int = _PAGE) -> Sequence[Line]:
    """Return lines of the report by row, of one verdict where asked."""
    lines = Line.objects.filter(run=run, row__gt=after)
    if verdict in Verdict.values:
        lines = lines.filter(verdict=verdict)
    return list(lines.order_by("row")[:most])


def report_csv(run: Run) -> Iterator[str]:
    """Yield the whole report as CSV that spreadsheets open with its letters whole."""
    yield "\ufeff" + _written([HEAD])
    after = -1
    while lines := lines_of(run, after=after, most=_CHUNK):
        after = lines[-1].row
        yield _written([_row(one) for one in lines])


def _row(line: Line) -> Sequence[object]:
    words = (line.ref, line.code, line.column, line.reason)
    return (line.row, Verdict(line.verdict).label, *map(_safe, words))


def _safe(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text


def _written(rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def items_of(source: Source, refs: Sequence[str]) -> dict[str, Item]:
    """Return the dossiers that these keys became."""
    return {one.ref: one for one in Item.objects.filter(source=source, ref__in=refs)}
