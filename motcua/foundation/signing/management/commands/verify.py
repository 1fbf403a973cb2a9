"""Say what the signatures of files are worth."""

import json
from argparse import ArgumentTypeError
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.foundation.signing.operations.examining import examine
from motcua.foundation.signing.rules.examining.report import Indication, Report
from motcua.lib.clock import HANOI, local, now

FAILED, UNCERTAIN = 1, 2


class Command(BaseCommand):
    """Answer for each file; the exit code is 0 when all passed, 1 when one failed, else 2."""

    help = "Kiểm tra chữ ký số của tệp PDF: ai ký, còn nguyên vẹn không, có tin được không."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("files", nargs="+", type=Path, metavar="TỆP", help="tệp PDF")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
        parser.add_argument(
            "--at", type=moment, metavar="NGÀY", help="xét như vào cuối ngày này (2026-11-22)"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Examine each file and tell."""
        at = options["at"] or now()
        reports = [(path, examine(read(path), at=at)) for path in options["files"]]
        if options["json"]:
            plain = [{"file": path.name, **report.plain()} for path, report in reports]
            self.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2, default=str))
        else:
            for path, report in reports:
                self.stdout.write(told(path, report))
        found = {report.verdict.indication for _, report in reports}
        if Indication.FAILED in found:
            raise SystemExit(FAILED)
        if found != {Indication.PASSED}:
            raise SystemExit(UNCERTAIN)


def moment(word: str) -> datetime:
    """Return the end of the day in Hà Nội. Raises: ArgumentTypeError."""
    try:
        return datetime.combine(date.fromisoformat(word), time.max, tzinfo=HANOI)
    except ValueError as error:
        raise ArgumentTypeError("hãy ghi ngày dạng 2026-11-22") from error


def read(path: Path) -> bytes:
    """Return the file. Raises: CommandError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"Không đọc được {path}: {error.strerror}.") from error


def told(path: Path, report: Report) -> str:
    """Return the report as a person reads it."""
    lines = [f"{path.name}: {report.verdict.indication} – {report.verdict.words}"]
    for one in report.signatures:
        claimed = f"{local(one.claimed_at):%H:%M:%S %d/%m/%Y}" if one.claimed_at else "không rõ"
        lines += [
            f"  {one.field_name}: {one.verdict.indication} {one.verdict.sub}".rstrip(),
            f"    {one.verdict.words}",
            f"    Người ký: {one.signer} ({one.organisation or 'không ghi tổ chức'})",
            f"    Nơi cấp chứng thư: {one.issuer}; gốc tin cậy: {one.anchor or 'không có'}",
            f"    Giờ ghi trong chữ ký: {claimed}; {one.algorithm}; bao phủ {one.covers}",
        ]
        if one.changes:
            lines.append(f"    Sau đó: {one.changes}")
    return "\n".join(lines)
