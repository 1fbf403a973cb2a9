"""A million dossiers with ten moves each, by COPY, spread over three years."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection

from motcua.casework.dossiers import api as dossiers
from motcua.lib.work import columns

from .known import name_of
from .world import Place, World

CHUNK = 10_000
PARTITIONED = {"audit_entry"}
_MAY_SKIP_KEYS = "SELECT has_parameter_privilege('session_replication_role', 'SET')"
_SECOND_INDEXES = """
SELECT c.relname, pg_get_indexdef(i.indexrelid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = ANY(%s::text[]::regclass[])
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
"""
MOVES = 10
YEARS, HOUR = timedelta(days=3 * 365), timedelta(hours=1)
HASH = "0" * 64
ANSWERS = json.dumps({"ho_ten": "x", "muc_dich": "Đăng ký kết hôn", "so_ban": 2})
NONE = r"\N"
_STEPS = (("tham-dinh", "task"), ("duyet", "approval"), ("ky", "decision"))  # of the bench's own


class One:
    """One dossier of the load: everything its rows repeat."""

    __slots__ = (
        "at",
        "citizen",
        "code",
        "due",
        "end",
        "id",
        "is_open",
        "name",
        "place",
        "status",
        "variant",
    )

    def __init__(self, number: int, world: World, at: datetime) -> None:
        place: Place = world.places[number % len(world.places)]
        self.id, self.place, self.at = number, place, at
        self.citizen = world.citizen_ids[number % len(world.citizen_ids)]
        self.code = f"{place.code}-{at:%y%m%d}-{number % 1_000_000:06d}9"
        self.name = name_of(number * 7919)
        self.due, self.end = at + timedelta(days=5), at + timedelta(days=3)
        self.is_open = number % 25 == 0
        self.status = _status(number) if self.is_open else "returned"
        every = world.variants
        self.variant = every[number * 7919 // 64 % len(every)] if every and number % 2 else None


def _status(number: int) -> str:
    return ("processing", "processing", "processing", "submitted", "resolved")[number // 25 % 5]


def load_dossiers(world: World, rows: int, at: datetime) -> None:
    """Copy the rows in, chunk by chunk, each table's lines as text."""
    step = YEARS / max(rows, 1)
    with bare([table for table, _, _ in TABLES if table not in PARTITIONED]):
        for first in range(1, rows + 1, CHUNK):
            ones = [
                One(number, world, at - YEARS + step * number)
                for number in range(first, min(first + CHUNK, rows + 1))
            ]
            for table, names, line in TABLES:
                copy_lines(table, names, [text for one in ones for text in line(one, world)])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('dossiers_dossier', 'id'), %s)", [rows + 1]
        )


@contextmanager
def bare(tables: Sequence[str]) -> Iterator[None]:
    """Fill tables without their second indexes, which are made faster from the full table.

    The keys to other rows are right by construction: a role that may do so skips their checks.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MAY_SKIP_KEYS)
        (may_skip,) = cursor.fetchone()
        if may_skip:
            cursor.execute("SET session_replication_role = replica")
        cursor.execute(_SECOND_INDEXES, [list(tables)])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            cursor.execute(definition)
        if may_skip:
            cursor.execute("SET session_replication_role = DEFAULT")


def copy_lines(table: str, names: str, lines: list[str]) -> None:
    """Write rows to a table by COPY."""
    connection.ensure_connection()
    raw = connection.connection.cursor()
    with raw.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        copy.write("".join(lines))


def _line(*values: object) -> str:
    return "\t".join(map(str, values)) + "\n"


_DOSSIER = {
    "origin": "",
    "version": MOVES,
    "latest_hash": HASH,
    "channel": "portal",
    "sub_state": "",
    "applicant_kind": "citizen",
    "applicant_person_id": NONE,
    "applicant_hint": "123",
    "subject_name": "",
    "submitter_phone": "0912345678",
    "submitter_email": "",
    "submitter_address": "",
    "authority": "self",
    "authority_until": NONE,
    "helper_name": "",
    "helper_account_id": NONE,
    "summary": "",
    "number_of_sets": 1,
    "return_way": "counter",
    "return_address": "",
    "secrecy": 0,
    "check_due_at": NONE,
    "paused_at": NONE,
    "pause_ground": "",
    "reappointed_at": NONE,
    "reappointed_late": "f",
    "supplements": 0,
    "replaces_id": NONE,
    "replaced_by_id": NONE,
    "entered_late_at": NONE,
    "promise_salt": "",
    "received_by_id": 1,
    "received_by_name": "Bình",
}
_NAMES = [name.split(".")[1].strip('"') for name in columns(dossiers.Dossier, "d").split(", ")]


def _dossier(one: One, world: World) -> Iterator[str]:
    place, submitted = one.place, one.status == "submitted"
    done = one.status in {"resolved", "returned"}
    mine = {
        "id": one.id,
        "code": one.code,
        "procedure_id": one.variant.procedure_id if one.variant else world.procedure_id,
        "procedure_version_id": one.variant.version_id if one.variant else world.version_id,
        "case_code": one.variant.case_code if one.variant else "thuong",
        "status": one.status,
        "support_unit_id": place.desk_id,
        "receiving_unit_id": place.desk_id,
        "competent_unit_id": place.justice_id,
        "agency_id": place.agency_id,
        "return_unit_id": place.desk_id,
        "applicant_name": one.name,
        "submitter_account_id": one.citizen,
        "submitter_name": one.name,
        "sort_at": one.at,
        "submitted_at": one.at,
        "received_at": NONE if submitted else one.at,
        "clock_from": NONE if submitted else one.at,
        "due_at": NONE if submitted else one.due,
        "due_originally_at": NONE if submitted else one.due,
        "resolved_at": one.end if done else NONE,
        "closed_at": one.end if one.status == "returned" else NONE,
        "returned_at": one.end if one.status == "returned" else NONE,
    }
    yield _line(*(mine.get(name, _DOSSIER.get(name, NONE)) for name in _NAMES))


def _moves(one: One, _: World) -> Iterator[str]:
    acted = "complete\tprocessing\tprocessing\t1\tTrần Văn Bình\tCông chức"
    rest = f"{acted}\t{one.place.justice_id}\t\t{one.due}\t{{}}\t{HASH}\t{HASH}\n"
    for seq in range(1, MOVES + 1):
        yield f"{one.id}\t{seq}\t{one.at + seq * HOUR}\t{rest}"


def _steps(one: One, _: World) -> Iterator[str]:
    place = one.place
    for seq, (code, kind) in enumerate(one.variant.steps if one.variant else _STEPS, 1):
        unit = place.root_id if kind == "decision" else place.justice_id
        is_open = one.status == "processing" and seq == 1
        closed = NONE if is_open else one.end
        if one.status in {"submitted", "processing"} and seq > 1:
            return
        yield _line(
            one.id,
            seq * 1000,
            code,
            kind,
            1,
            unit,
            "handler",
            NONE,
            "",
            one.at,
            one.due,
            closed,
            NONE,
            "",
            "" if is_open else "done",
            "",
        )


def _scope(one: One, _: World) -> Iterator[str]:
    place = one.place
    roles = {place.desk_id: "desk", place.justice_id: "competent", place.root_id: "desk"}
    for unit, role in {**roles, -one.citizen: "owner"}.items():
        yield _line(unit, role, 0, one.at, one.id)


def _party(one: One, _: World) -> Iterator[str]:
    yield _line(one.id, 1000, "applicant", one.name, NONE, NONE, "123", NONE, "")


def _answers(one: One, _: World) -> Iterator[str]:
    yield _line(one.id, ANSWERS, NONE)


def _due(one: One, _: World) -> Iterator[str]:
    if one.status != "submitted":
        yield _line(one.id, 2000, "first", one.at, NONE, one.due, "", "", NONE, "", "Trần Văn Bình")


def _trail(one: One, _: World) -> Iterator[str]:
    for act in ("file", "receive", "decide"):
        yield _line(one.at, f"dossiers.{act}", f"dossier:{one.code}", 1, "Bình", "", "{}")


TABLES: tuple[tuple[str, str, Callable[[One, World], Iterator[str]]], ...] = (
    ("dossiers_dossier", ", ".join(f'"{name}"' for name in _NAMES), _dossier),
    (
        "dossiers_dossiermove",
        (
            "dossier_id, seq, at, act, was, status, by_id, by_name, by_title, unit_id, note,"
            " due_at, detail, prev_hash, hash"
        ),
        _moves,
    ),
    (
        "dossiers_dossierstep",
        (
            "dossier_id, seq, code, kind, round, unit_id, role, assignee_id, assignee_name,"
            " opened_at, due_at, closed_at, closed_by_id, closed_by_name, result, comment"
        ),
        _steps,
    ),
    ("dossiers_dossierscope", "unit_id, role, secrecy, sort_at, dossier_id", _scope),
    (
        "dossiers_dossierparty",
        "dossier_id, seq, role, full_name, person_id, enterprise_id, number_hint, birth_date, note",
        _party,
    ),
    ("dossiers_dossieranswers", "dossier_id, answers, draft_confirmed_at", _answers),
    (
        "dossiers_duechange",
        (
            "dossier_id, seq, kind, at, due_was, due_now, ground, document_number, amount, unit,"
            " by_name"
        ),
        _due,
    ),
    (
        "audit_entry",
        "at, action, subject, actor_id, actor_name, on_behalf_of, detail",
        _trail,
    ),
)
