"""A hundred thousand dossiers at work, each with a promise that follows from the calendar."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures import api as procedures
from motcua.foundation.calendar import api as calendar

from .load import TABLES, One, bare, copy_lines
from .world import World

CHUNK = 10_000
PROCEDURES = 60
WAITED = 10  # one in so many waited for a supplement and got it
_VERSIONS = """
SELECT p.id, p.current_version_id FROM procedures_procedure p
WHERE p.current_version_id IS NOT NULL AND p.code ~ '^9' ORDER BY p.id LIMIT %s
"""
_STEPS = (
    "dossier_id, seq, code, kind, round, unit_id, role, assignee_id, assignee_name,"
    " opened_at, due_at, closed_at, closed_by_id, closed_by_name, result, comment"
)
_WAITS = "dossier_id, seq, ground, rule, reset_unit, asked_at, supplied_at, note"


class Version(NamedTuple):
    """Which procedure a dossier is about, as the loader asks for it."""

    procedure_id: int
    version_id: int


class Open(One):
    """One dossier at work, received lately."""

    __slots__ = ("step_due", "version", "waited")

    def __init__(
        self, number: int, world: World, at: datetime, version: Version, ends: "Ends"
    ) -> None:
        super().__init__(number, world, at)
        self.code = f"{self.place.code}-{at:%y%m%d}-{number % 1_000_000:06d}8"
        self.is_open, self.status, self.version = True, "processing", version
        self.waited = number % WAITED == 0
        self.due, self.step_due = ends.of(version.version_id, at, waited=self.waited)


class Ends:
    """When promises and first steps end, each computation done once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, datetime, bool], tuple[datetime, datetime]] = {}
        self._facts = calendar.national_facts()

    def of(self, version_id: int, at: datetime, *, waited: bool) -> tuple[datetime, datetime]:
        """Return the promise and the end of the first step."""
        key = (version_id, at, waited)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._count(*key)
        return found

    def _count(self, version_id: int, at: datetime, waited: bool) -> tuple[datetime, datetime]:  # noqa: FBT001 -- part of the key
        definition = procedures.definition_of(version_id)
        limits = definition.case("thuong").limits
        limit = next(iter(limits.values()))
        assert definition.process is not None  # noqa: S101 -- the sample has one
        budget = definition.process.steps[0].budget
        pauses = (pause_of(at),) if waited else ()
        due = calendar.due_at(limit, at, pauses, self._facts).due_at
        if budget is None:
            return due, due
        own = calendar.Limit(budget.amount, calendar.LimitUnit(budget.unit))
        return due, min(due, calendar.due_at(own, at, pauses, self._facts).due_at)


def pause_of(at: datetime) -> calendar.Waiting:
    """Return how a dossier waited for a supplement."""
    return calendar.Waiting(at + timedelta(hours=1), at + timedelta(hours=2))


def load_open(world: World, count: int, at: datetime) -> None:
    """Copy dossiers in that were received within the last four hours."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS, [PROCEDURES])
        versions = [Version(*row) for row in cursor.fetchall()]
        cursor.execute("SELECT coalesce(max(id), 0) FROM dossiers_dossier")
        first = cursor.fetchone()[0] + 1
    ends = Ends()
    with bare([]):
        for start in range(first, first + count, CHUNK):
            ones = [
                Open(
                    number,
                    world,
                    at - timedelta(minutes=number % 240),
                    versions[number % len(versions)],
                    ends,
                )
                for number in range(start, min(start + CHUNK, first + count))
            ]
            _copy(ones, world)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE dossiers_dossier SET promise_salt = left(md5(id::text), 22) WHERE id >= %s",
            [first],
        )
        sequence = "SELECT setval(pg_get_serial_sequence('dossiers_dossier', 'id'), %s)"
        cursor.execute(sequence, [first + count])
        cursor.execute("ANALYZE dossiers_dossier, dossiers_dossierstep, dossiers_dossierwait")


def _copy(ones: Sequence[Open], world: World) -> None:
    for table, names, line in TABLES:
        if table == "dossiers_dossierstep":
            copy_lines(table, _STEPS, [text for one in ones for text in _steps(one)])
            continue
        texts = (text for one in ones for text in line(one, _about(world, one)))
        copy_lines(table, names, list(texts))
    copy_lines("dossiers_dossierwait", _WAITS, [text for one in ones for text in _waits(one)])


def _about(world: World, one: Open) -> World:
    return World(world.places, world.citizens, world.citizen_ids, world.monitor, *one.version)


def _steps(one: Open) -> Iterator[str]:
    yield _line(
        one.id,
        1000,
        "tham-dinh",
        "task",
        1,
        one.place.justice_id,
        "handler",
        r"\N",
        "",
        one.at,
        one.step_due,
        r"\N",
        r"\N",
        "",
        "",
        "",
    )


def _waits(one: Open) -> Iterator[str]:
    if one.waited:
        pause = pause_of(one.at)
        yield _line(one.id, 3000, "supplement", "pause", "", pause.asked_at, pause.supplied_at, "")


def _line(*values: object) -> str:
    return "\t".join(map(str, values)) + "\n"


__all__ = ["dossiers", "load_open"]
