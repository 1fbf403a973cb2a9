"""Reading what is known of old systems and runs; nothing but counts and keys leaves here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from motcua.foundation.access.api import Power
from motcua.foundation.people import api as people
from motcua.lib.actor import Actor
from motcua.lib.spreadsheets import csv_lines

from .choices import FileKind, LikenessState, RunState, Verdict
from .errors import NoSuchSource
from .models import Item, Likeness, Line, Run, Source, SourceFile

_PAGE = 100
_CHUNK = 2000
HEAD = ("Dòng", "Kết quả", "Khóa ở hệ thống cũ", "Mã hồ sơ", "Cột", "Lý do, lưu ý")
BY_COMMAND = 0  # who asked: the operator, by a command


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


def files_of(source: Source, kind: FileKind, until: datetime | None = None) -> Sequence[SourceFile]:
    """Return what was handed over, until a moment where one is given, newest first."""
    rows = SourceFile.objects.filter(source=source, kind=kind).select_related("file")
    if until is not None:
        rows = rows.filter(added_at__lte=until)
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
    """Return the run whose turn it is, the oldest of those under way or queued.

    What a command began it carries through itself: it may have papers that nobody else has.
    """
    ours = Q(state__in=[RunState.RUNNING, RunState.QUEUED]) & ~Q(asked_by_id=BY_COMMAND)
    runs = Run.objects.select_related("source", "table__file")
    return runs.filter(ours | Q(state=RunState.UNDOING)).order_by("pk").first()


def lines_of(run: Run, *, verdict: str = "", after: int = -1, most: int = _PAGE) -> Sequence[Line]:
    """Return lines of the report by row, of one verdict where asked."""
    lines = Line.objects.filter(run=run, row__gt=after)
    if verdict in Verdict.values:
        lines = lines.filter(verdict=verdict)
    return list(lines.order_by("row")[:most])


def report_csv(run: Run) -> Iterator[str]:
    """Yield the whole report as CSV that spreadsheets open with its letters whole."""
    yield from csv_lines(_report_rows(run))


def _report_rows(run: Run) -> Iterator[Sequence[object]]:
    yield HEAD
    after = -1
    while lines := lines_of(run, after=after, most=_CHUNK):
        after = lines[-1].row
        for one in lines:
            verdict = Verdict(one.verdict).label
            yield one.row, verdict, one.ref, one.code, one.column, one.reason


def items_of(source: Source, refs: Sequence[str]) -> dict[str, Item]:
    """Return the dossiers that these keys became."""
    return {one.ref: one for one in Item.objects.filter(source=source, ref__in=refs)}


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A question, and the person it is about as the asker may see them."""

    row: Likeness
    person: people.MaskedPerson


def resemblances_of(
    actor: Actor, source: Source, *, state: str = "", after: int = 0, most: int = _PAGE
) -> Sequence[Resemblance]:
    """Return whom rows resemble, in the order they were asked.

    Raises: NotAllowed. Costs: two queries.
    """
    actor.require(Power.MIGRATE_DATA)
    wanted = state if state in LikenessState.values else LikenessState.ASKED
    asked = Likeness.objects.filter(source=source, state=wanted, pk__gt=after).order_by("pk")
    rows = list(asked[:most])
    known = people.masked_people([one.person_id for one in rows], by=actor)
    return [Resemblance(one, known[one.person_id]) for one in rows if one.person_id in known]


def has_questions(source: Source) -> bool:
    """Say whether somebody should look at whom rows resemble."""
    return Likeness.objects.filter(source=source).exists()
