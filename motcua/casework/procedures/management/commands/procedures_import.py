"""Import published procedures: texts, official lists, answers of the national catalogue."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from motcua.casework.procedures.api import (
    ImportReport,
    SourceBroken,
    import_procedures,
    read_source,
)
from motcua.foundation.access.api import Power
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import now

IMPORTER = replace(
    SYSTEM,
    name="Nạp danh mục thủ tục",
    province_powers=frozenset({Power.EDIT_PROCEDURES, Power.PUBLISH_PROCEDURES}),
    is_silent=True,
)
SHOWN_REFUSALS = 20


class Command(BaseCommand):
    help = "Nạp thủ tục từ văn bản công bố (JSONL), danh sách (xlsx), câu trả lời LayThuTuc (JSON)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="tệp hoặc thư mục")
        parser.add_argument("--json", action="store_true", help="dòng cuối là JSON")

    def handle(self, *_args: object, paths: Sequence[Path], **options: object) -> None:
        total, broken = ImportReport(), 0
        for path in files_of(paths):
            try:
                report = import_file(path, by=IMPORTER)
            except (SourceBroken, OSError) as error:
                broken += 1
                reason = error if isinstance(error, SourceBroken) else "Không mở được tệp."
                self.stderr.write(f"{path.name}: {reason}")
                continue
            self.tell(path.name, report)
            add(total, report)
        if options["json"]:
            self.stdout.write(json.dumps(as_numbers(total, broken)))
        if broken:
            raise CommandError(f"Không đọc được {broken} tệp.")

    def tell(self, name: str, report: ImportReport) -> None:
        """Say what a file brought, and which of its rows could not be read."""
        self.stdout.write(
            f"{name}: thêm {report.created}, sửa {report.updated}, giữ nguyên {report.unchanged};"
            f" chưa rõ {report.unclear}; chờ người so lại {report.kept_as_draft};"
            f" từ chối {len(report.refused)} dòng."
        )
        for row in report.refused[:SHOWN_REFUSALS]:
            self.stderr.write(f"{name}, dòng {row.position}: {row.reason}")


def files_of(paths: Sequence[Path]) -> Iterator[Path]:
    """Give the files named, and those of the folders named, in order."""
    for path in paths:
        if path.is_dir():
            yield from sorted(inner for inner in path.iterdir() if inner.is_file())
        else:
            yield path


def import_file(path: Path, *, by: Actor) -> ImportReport:
    """Raises: SourceBroken, OSError."""
    return import_procedures(read_source(path.read_bytes()), by=by, at=now())


def add(total: ImportReport, report: ImportReport) -> None:
    total.created += report.created
    total.updated += report.updated
    total.unchanged += report.unchanged
    total.unclear += report.unclear
    total.kept_as_draft += report.kept_as_draft
    total.refused += report.refused


def as_numbers(total: ImportReport, broken: int) -> dict[str, int]:
    return {
        "created": total.created,
        "updated": total.updated,
        "unchanged": total.unchanged,
        "unclear": total.unclear,
        "kept_as_draft": total.kept_as_draft,
        "refused": len(total.refused),
        "broken": broken,
    }
