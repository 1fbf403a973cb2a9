"""`./run bench-tenfold`: ten million dossiers beside one million, the same reads and receipts.

The loaded million is copied as a folder and multiplied by SQL: every dossier nine times more,
under a code of its own, with scope, search entry, answers, parties, promise, its open steps, its
first step and its first move. Both are then asked in turns; what is told is the ratio of medians.
"""

import argparse
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from config.pgbox import ROLE, Box

from .figures import Row
from .measures import asked_again
from .site import TUNED, default_data, environment_of, load, manage, site

MILLION, TIMES = 1_000_000, 10
MOST_LOSS, LEAST_MS = 1.25, 1.0
SHIFT = 10_000_000  # what a copy's numbers lie above those of the one before
LOADING = {
    **TUNED,
    "shared_buffers": "2GB",
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}
# Table, its columns that change in a copy {name: SQL with k and shift}, and which rows are copied.
Table = tuple[str, dict[str, str], str]
OF_DOSSIER = {"dossier_id": "dossier_id + shift"}
OWN = f"dossier_id <= {MILLION}"
NEW_TERMS = (
    "array_to_tsvector(array_replace(tsvector_to_array(terms), "
    "'do~' || right(code, 7), 'do~' || left(right(code, 7), 6) || k))"
)
TABLES: tuple[Table, ...] = (
    (
        "dossiers_dossier",
        {"id": "id + shift", "code": "left(code, -1) || k", "replaces_id": "NULL"},
        f"id <= {MILLION}",
    ),
    ("dossiers_dossierscope", {"id": "id + shift", **OF_DOSSIER}, OWN),
    ("dossiers_dossierstep", OF_DOSSIER, f"{OWN} AND (closed_at IS NULL OR seq = 1)"),
    ("dossiers_dossiermove", OF_DOSSIER, f"{OWN} AND seq = 1"),
    ("dossiers_dossieranswers", OF_DOSSIER, OWN),
    (
        "dossiers_dossierparty",
        {**OF_DOSSIER, "person_id": "NULL"},
        OWN,
    ),  # nobody has ten times as many
    ("dossiers_duechange", OF_DOSSIER, OWN),
    (
        "search_entry",
        {
            "subject_id": "subject_id + shift",
            "code": "left(code, -1) || k",
            "terms": NEW_TERMS,
        },
        f"kind = 'dossier' AND subject_id <= {MILLION}",
    ),
)
_COLUMNS = """
SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute
WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""
_SECOND = """
SELECT string_agg(indexdef || ';', ' ') FROM pg_indexes i
WHERE tablename = '{table}' AND NOT EXISTS (
  SELECT FROM pg_constraint WHERE conname = i.indexname)
"""
_NAMES = """
SELECT string_agg(format('DROP INDEX %I;', indexname), ' ') FROM pg_indexes i
WHERE tablename = '{table}' AND NOT EXISTS (
  SELECT FROM pg_constraint WHERE conname = i.indexname)
"""


def main() -> None:
    """Multiply what is not multiplied yet, ask both in turns, and print the ratios."""
    parser = argparse.ArgumentParser(prog="./run bench-tenfold", description="Mười triệu hồ sơ.")
    parser.add_argument("--data", type=Path, help="một triệu hồ sơ đã nạp bằng ./run bench")
    parser.add_argument("--to", type=Path, help="nơi giữ mười triệu hồ sơ (cần 40 GB)")
    parser.add_argument("--turns", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--port", type=int, default=8790)
    parser.add_argument("--load-only", action="store_true")
    options = parser.parse_args()
    here = Path("var/bench").absolute()
    few = options.data or default_data(here, MILLION)
    many = options.to or default_data(here, TIMES * MILLION)
    multiply(few, many)
    if options.load_only:
        return
    found: dict[str, dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for _ in range(options.turns):
        for data, rows in ((few, MILLION), (many, TIMES * MILLION)):
            with site(data, rows, options.port) as place:
                for row in asked_again(place, rows, options.seconds):
                    found[f"{row.work}, {row.clients} máy khách"][rows].append(row)
    sys.exit(max(_tell(work, both) for work, both in found.items()))


def _tell(work: str, both: dict[int, list[Row]]) -> int:
    """Print one line: p50 and p95 here and there, and what is lost; return 1 if too much."""
    few, many = both[MILLION], both[TIMES * MILLION]
    before, after = (median(row.p50 for row in rows) for rows in (few, many))
    tail, tail_after = (median(row.p95 for row in rows) for rows in (few, many))
    ratio = after / before if before else 0.0
    is_lost = ratio > MOST_LOSS and after - before > LEAST_MS
    sys.stdout.write(
        f"{work:<66} {before:7.1f} {after:7.1f} ms  × {ratio:4.2f}"
        f"   p95 {tail:7.1f} {tail_after:7.1f}{'  ✗' if is_lost else ''}\n"
    )
    return int(is_lost)


def multiply(few: Path, many: Path) -> None:
    """Copy the loaded million and make ten of it; what was interrupted begins again."""
    note = many.with_name(f"{many.name}.world.json")
    if note.exists():
        return
    load(few, MILLION)
    if many.exists():
        Box(many).stop(force=True)
        shutil.rmtree(many)
    subprocess.run(["cp", "-a", few, many], check=True)  # noqa: S603, S607 -- Debian's own, keeps owners
    box = Box(many, settings=LOADING)
    box.start()
    try:
        for statement in statements(box):
            box.sql(statement, ROLE)
        # what the worker would do within a day
        subprocess.run(manage("search_recent"), env=environment_of(box), check=True)  # noqa: S603 -- ours
    finally:
        box.stop()
    shutil.copyfile(few.with_name(f"{few.name}.world.json"), note)


def statements(box: Box) -> Iterator[str]:
    """Yield what fills the tables: second indexes away, nine copies, indexes again, statistics."""
    for table, changed, chosen in TABLES:
        columns = box.sql(_COLUMNS.format(table=table), ROLE).strip().split(",")
        again = box.sql(_SECOND.format(table=table), ROLE).strip()
        away = box.sql(_NAMES.format(table=table), ROLE).strip()
        values = ", ".join(changed.get(one, one) for one in columns)
        yield away
        for copy in range(TIMES - 1):
            yield (
                f"SET session_replication_role = replica; INSERT INTO {table} "  # noqa: S608 -- ours
                f"({', '.join(columns)}) SELECT {values} FROM {table}, "
                f"(SELECT {copy} AS k, {SHIFT * (copy + 1)}::bigint AS shift) AS s WHERE {chosen}"
            )
        yield f"SET maintenance_work_mem = '2GB'; {again} ANALYZE {table}"
        yield f"VACUUM {table}"  # as it would be in life, and not while it is measured
    for table in ("dossiers_dossier", "dossiers_dossierscope"):
        yield f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {SHIFT * (TIMES + 1)})"


if __name__ == "__main__":
    main()
