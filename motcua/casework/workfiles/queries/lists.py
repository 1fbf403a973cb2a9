"""Lists: the yearly lists, an officer's files, what may be put where, what is due.

Each reads its rows by an index; pages go on by keyset, and none counts its rows.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from motcua.casework.workfiles.choices import HandOverState, State
from motcua.casework.workfiles.errors import NoSuchWorkFile
from motcua.casework.workfiles.models import (
    FileList,
    HandOver,
    ListedFile,
    WorkFile,
    WorkFileScope,
)
from motcua.casework.workfiles.permissions import keeps_archive
from motcua.casework.workfiles.rules.keeping import WARN_DAYS
from motcua.foundation.access import api as access
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.paging import PAGE_SIZE, Cursor, Page
from motcua.lib.text import fold

from .one import reading

_SUGGESTED = 5
_MOST_LINES = 2_000
_MOST = 500


def files_for(
    actor: Actor, *, after: Cursor | None = None, limit: int = PAGE_SIZE
) -> Page[WorkFile]:
    """Return the newest work files the actor may see.

    Costs: two statements.
    """
    page = access.page(WorkFileScope, reading(actor), after=after, limit=limit)
    found = WorkFile.objects.in_bulk(list(page.rows))
    return Page([found[pk] for pk in page.rows], page.next, page.previous)


def my_files(actor: Actor, *, only_open: bool = False, limit: int = PAGE_SIZE) -> list[WorkFile]:
    """Return the newest files this person makes.

    Costs: one statement.
    """
    mine = WorkFile.objects.filter(account_id=actor.id)
    if only_open:
        mine = mine.filter(is_open=True)
    return list(mine.order_by("-sort_at", "-id")[:limit])


def suggest_for(actor: Actor, words: str) -> list[WorkFile]:
    """Return the actor's open files that fit the words best: same symbol, then shared words.

    `words` are a document's notation and subject; a file whose symbol's part (TCCB in 01.TCCB)
    stands in the notation fits better than one that shares words.
    Costs: one statement.
    """
    plain = fold(words)
    asked = {word for word in plain.replace("/", " ").replace("-", " ").split() if len(word) > 1}
    scored = [(_fit(one, asked), one) for one in my_files(actor, only_open=True, limit=200)]
    fitting = [(score, one) for score, one in scored if score > 0]
    fitting.sort(key=lambda pair: (pair[0], pair[1].sort_at), reverse=True)
    return [one for _, one in fitting[:_SUGGESTED]]


def _fit(work_file: WorkFile, asked: set[str]) -> int:
    symbol = set(fold(work_file.symbol).split(".")[1:])
    title = {word for word in fold(work_file.title).split() if len(word) > 1}
    return 10 * len(symbol & asked) + len(title & asked)


def lists_of(agency_id: int) -> list[FileList]:
    """Return the agency's lists, the newest year first."""
    return list(FileList.objects.filter(agency_id=agency_id).order_by("-year"))


def find_list(agency_id: int, year: int) -> FileList | None:
    """Return the agency's list of a year, if there is one."""
    return FileList.objects.filter(agency_id=agency_id, year=year).first()


def lines_of(listed: FileList) -> list[ListedFile]:
    """Return the lines of a list in the order of their symbols."""
    lines = ListedFile.objects.filter(list=listed).order_by("sort_key", "symbol")
    return list(lines[:_MOST_LINES])


def lines_to_open(actor: Actor, year: int) -> list[ListedFile]:
    """Return the approved lines of the year that the actor's units make.

    Costs: one statement.
    """
    lines = ListedFile.objects.filter(list__year=year, unit_id__in=actor.unit_ids)
    lines = lines.exclude(list__approved_at=None)
    return list(lines.order_by("sort_key")[:_MOST_LINES])


def due_within(at: date) -> list[WorkFile]:
    """Return closed files whose day of hand-over is near or past and of which nobody was warned.

    Costs: one statement.
    """
    near = at + timedelta(days=WARN_DAYS)
    due = WorkFile.objects.filter(state=State.CLOSED, warned_on=None, due_on__lte=near)
    return [one for one in due.order_by("due_on", "id")[:_MOST] if one.hand_over_by <= near]


def to_hand_over(actor: Actor, unit_ids: Sequence[int]) -> list[WorkFile]:
    """Return the closed files of these units that go to the archive, the most urgent first.

    Costs: two statements.
    """
    due = WorkFile.objects.filter(state=State.CLOSED, unit_id__in=unit_ids, due_on__isnull=False)
    found = list(due.order_by("due_on", "id")[:_MOST])
    visible = access.visible_among(WorkFileScope, reading(actor), [one.pk for one in found])
    return [one for one in found if one.pk in visible]


def hand_overs_for(actor: Actor, *, limit: int = PAGE_SIZE) -> list[HandOver]:
    """Return the newest hand-overs of the actor's agency, or of his units if he keeps no archive.

    Costs: one statement.
    """
    if actor.agency_id is None:
        return []
    found = HandOver.objects.filter(agency_id=actor.agency_id)
    if not keeps_archive(actor, actor.agency_id):
        found = found.filter(unit_id__in=actor.unit_ids)
    return list(found.order_by("-offered_at", "-id")[:limit])


def get_hand_over_for(actor: Actor, code: str) -> HandOver:
    """Raises: NoSuchWorkFile."""
    found = HandOver.objects.filter(code=code).first()
    if found is not None and _may_see(actor, found):
        return found
    hidden = f"hand_over:{code}" if found else ""
    raise NoSuchWorkFile(f"Không tìm thấy lần giao nộp {code}.", hidden=hidden)


def _may_see(actor: Actor, found: HandOver) -> bool:
    is_giver = found.unit_id in actor.unit_ids or found.giver_id == actor.id
    return is_giver or keeps_archive(actor, found.agency_id)


def handed_in(found: HandOver) -> list[WorkFile]:
    """Return the files of a hand-over in the order of their symbols.

    A hand-over that was returned has none any more.
    """
    if found.state == HandOverState.RETURNED:
        return []
    return list(WorkFile.objects.filter(hand_over=found).order_by("symbol", "id"))


def days_left(work_file: WorkFile, at: datetime) -> int | None:
    """Return how many days are left until the file must go to the archive."""
    if work_file.state != State.CLOSED or work_file.hand_over_by is None:
        return None
    left: timedelta = work_file.hand_over_by - local_day(at)
    return left.days
