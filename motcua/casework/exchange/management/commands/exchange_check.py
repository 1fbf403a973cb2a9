"""Say whether messages are valid, and what is wrong with them."""

import json
from argparse import ArgumentTypeError
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.casework.exchange.api import Reading, StatusMessage, line_of, read_message
from motcua.lib.clock import HANOI, now


class Command(BaseCommand):
    """Answer for each file; the exit code is 1 if one of them is not valid."""

    help = "Kiểm tra gói tin edXML: đúng quy chuẩn hay sai ở dòng nào, phần tử nào."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.epilog = (
            "Mã thoát: 0 mọi gói tin hợp lệ (có thể có lưu ý); 1 có gói tin không hợp lệ."
        )
        parser.add_argument("files", nargs="+", type=Path, metavar="TỆP", help="tệp .edxml")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
        parser.add_argument(
            "--at", type=moment, metavar="NGÀY", help="xét như vào cuối ngày này (2026-11-22)"
        )

    def handle(self, *_args: object, **options: Any) -> None:
        """Check each file and tell."""
        at = options["at"] or now()
        readings = [(path, reading_of(path, at)) for path in options["files"]]
        if options["json"]:
            plain = [as_plain(path, reading) for path, reading in readings]
            self.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2))
        else:
            for path, reading in readings:
                answer = "hợp lệ" if reading.is_valid else "KHÔNG HỢP LỆ"
                self.stdout.write(f"{path.name}: {answer}")
                for one in reading.findings:
                    self.stdout.write(f"  {line_of(one)}")
        if not all(reading.is_valid for _, reading in readings):
            raise SystemExit(1)


def reading_of(path: Path, at: datetime) -> Reading:
    """Return what a file says. Raises: CommandError if it cannot be opened."""
    try:
        with path.open("rb") as stream:
            return read_message(stream, at=at)
    except OSError as error:
        raise CommandError(f"Không đọc được {path}: {error.strerror}.") from error


def as_plain(path: Path, reading: Reading) -> dict[str, object]:
    """Return the answer as JSON carries it.

    Shape: docs/reference/edxml.md
    """
    kind = "status" if isinstance(reading.message, StatusMessage) else "document"
    return {
        "file": path.name,
        "valid": reading.is_valid,
        "kind": kind if reading.message is not None else "",
        "sha256": reading.sha256,
        "size": reading.size,
        "findings": [one.plain() for one in reading.findings],
    }


def moment(word: str) -> datetime:
    """Return the end of the day in Hà Nội. Raises: ArgumentTypeError."""
    try:
        return datetime.combine(date.fromisoformat(word), time.max, tzinfo=HANOI)
    except ValueError as error:
        raise ArgumentTypeError("hãy ghi ngày dạng 2026-11-22") from error
