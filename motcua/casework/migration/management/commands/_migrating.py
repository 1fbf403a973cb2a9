"""What the commands of migration share: who acts, what they are told, how they say it."""

import gzip
import zlib
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import IO

from django.core.management.base import CommandError

from motcua.casework.migration import api as migration
from motcua.casework.migration.api import Run, RunKind, RunState, Source, Verdict
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated

OPERATOR = Actor(
    id=0,
    name="Người vận hành (lệnh)",
    kind=ActorKind.SYSTEM,
    province_powers=frozenset({str(Power.MIGRATE_DATA)}),
)
BROKEN_GZIP = (OSError, EOFError, zlib.error)
_STRETCH = 15.0
_SHOWN = 20


def add_table_arguments(parser: ArgumentParser) -> None:
    """Ask for a table and how it is read."""
    parser.add_argument("table", type=Path, metavar="BẢNG", help=".xlsx, .csv, .json, .ndjson, .gz")
    parser.add_argument("--source", required=True, metavar="TÊN", help="tên hệ thống cũ")
    parser.add_argument(
        "--agency", default="", metavar="MÃ", help="cơ quan, khi bảng không có cột cơ quan"
    )
    parser.add_argument(
        "--mapping", type=Path, metavar="TỆP.json", help="tệp ghi cột nào là gì, chữ nào đổi ra gì"
    )
    parser.add_argument(
        "--papers", type=Path, metavar="THƯ_MỤC|ZIP", help="tệp đính kèm mà bảng gọi tên"
    )
    parser.add_argument("--report", type=Path, metavar="TỆP.csv", help="ghi kết quả từng dòng")


def source_of(name: str, agency: str) -> Source:
    """Return the old system of this name, noted when it is new. Raises: CommandError."""
    found = migration.find_source(name)
    try:
        return found or migration.add_source(name, agency, by=OPERATOR, at=now())
    except Anticipated as error:
        raise CommandError(str(error)) from error


def keep_table(source: Source, path: Path, mapping: Path | None) -> migration.SourceFile:
    """Keep the table and its mapping. Raises: CommandError."""
    try:
        if mapping is not None:
            text = mapping.read_text(encoding="utf-8-sig")
            migration.set_mapping(source.code, text, by=OPERATOR, at=now())
            source.refresh_from_db()
        with opened(path) as content:
            return migration.add_table(source, plain_name(path), content, by=OPERATOR, at=now())
    except (Anticipated, UnicodeDecodeError, *BROKEN_GZIP) as error:
        raise CommandError(f"{path.name}: {error}") from error


def plain_name(path: Path) -> str:
    """Return the name of a table without what says that it is packed."""
    return path.name.removesuffix(".gz")


def opened(path: Path) -> IO[bytes]:
    """Open a table, packed or not."""
    opener: Callable[..., IO[bytes]] = gzip.open if path.suffix == ".gz" else open  # type: ignore[assignment]  # -- both give bytes
    return opener(path, "rb")


def papers_folder(source: Source, papers: Path | None) -> Path | None:
    """Return the folder of papers; a ZIP is kept with the source. Raises: CommandError."""
    if papers is None or papers.is_dir():
        return papers
    try:
        with papers.open("rb") as content:
            migration.add_papers(source, papers.name, content, by=OPERATOR, at=now())
    except (Anticipated, OSError) as error:
        raise CommandError(f"{papers.name}: {error}") from error
    return None


def unfinished(source: Source, path: Path, kind: RunKind) -> Run | None:
    """Return the run of a table of this name that was cut off, to go on with it."""
    name = plain_name(path)
    states = {RunState.QUEUED, RunState.RUNNING}
    runs = (one for one in migration.runs_of(source) if one.state in states)
    return next((one for one in runs if one.kind == kind and one.table.name == name), None)


def carry_through(run: Run, folder: Path | None, say: Callable[[str], object]) -> Run:
    """Go through the whole table, saying how far it is."""
    is_over = False
    while not is_over:
        fresh = migration.get_run(OPERATOR, run.code)
        try:
            is_over = migration.go_on(fresh, at=now(), seconds=_STRETCH, folder=folder)
        except Anticipated as error:
            raise CommandError(str(error)) from error
        fresh.refresh_from_db()
        if not is_over:
            say(f"… {fresh.rows}/{fresh.total or '?'} dòng")
    return migration.get_run(OPERATOR, run.code)


def run_table(options: dict[str, object], kind: RunKind, say: Callable[[str], object]) -> Run:
    """Carry out one run as the arguments say. Raises: CommandError."""
    table, mapping = options["table"], options["mapping"]
    papers, report = options["papers"], options["report"]
    if not isinstance(table, Path):
        raise CommandError("Thiếu bảng.")
    source = source_of(str(options["source"]), str(options["agency"] or ""))
    folder = papers_folder(source, papers if isinstance(papers, Path) else None)
    run = unfinished(source, table, kind)
    if run is None:
        kept = keep_table(source, table, mapping if isinstance(mapping, Path) else None)
        source.refresh_from_db()
        try:
            run = migration.ask_run(source, kept, kind, by=OPERATOR, at=now())
        except Anticipated as error:
            raise CommandError(str(error)) from error
    else:
        say(f"Chạy tiếp lần {run.code} từ dòng thứ {run.rows}.")
    done = carry_through(run, folder, say)
    tell(done, say)
    if isinstance(report, Path):
        write_report(done, report)
    return done


def tell(run: Run, say: Callable[[str], object]) -> None:
    """Say what became of a run: totals, what is odd, what nobody mapped, refused rows."""
    figures = ", ".join(
        f"{run.totals.get(str(one), 0)} {one.label.lower()}"
        for one in Verdict
        if run.totals.get(str(one))
    )
    say(f"Lần {run.code} ({RunKind(run.kind).label}): {run.rows} dòng: {figures or 'không có gì'}.")
    for note in run.notes:
        say(f"  {note}")
    for key, count in sorted(run.unmapped.items(), key=lambda pair: -pair[1])[:_SHOWN]:
        field, _, word = key.partition("\t")
        label = (
            "cột không dùng"
            if field == "cột"
            else f"{migration.Field(field).label} chưa biết đổi ra gì"
        )
        say(f"  {label}: “{word}” ({count} dòng)")
    for line in migration.lines_of(run, verdict=str(Verdict.REFUSED), most=_SHOWN):
        say(f"  dòng {line.row}: {line.reason}")
    if run.trouble:
        raise CommandError(run.trouble)


def write_report(run: Run, path: Path) -> None:
    """Write the whole report."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.writelines(migration.report_csv(run))
