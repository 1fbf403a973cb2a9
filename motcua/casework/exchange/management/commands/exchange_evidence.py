"""Write the container of evidence of one message into a file."""

from pathlib import Path
from shutil import copyfileobj
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.casework.exchange.api import NoSuchEnvelope, evidence_of
from motcua.foundation.files import api as files


class Command(BaseCommand):
    """Give the container; `verify` says what it is worth."""

    help = "Lấy tệp bằng chứng (ASiC-E) của một gói tin; xem giá trị bằng lệnh verify."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("code", metavar="MÃ", help="mã gói tin, ví dụ GT-H18.5-2026-000001")
        parser.add_argument(
            "--out", type=Path, required=True, metavar="TỆP", help="ghi vào tệp này"
        )

    def handle(self, *_args: object, **options: Any) -> None:
        """Write the file."""
        try:
            kept = evidence_of(options["code"])
        except NoSuchEnvelope as error:
            raise CommandError(str(error)) from error
        if kept is None:
            raise CommandError(
                "Gói tin này chưa có bằng chứng; con dấu ký bằng chứng vài phút một lần."
            )
        try:
            with files.open_file(kept) as source, options["out"].open("wb") as target:
                copyfileobj(source, target)
        except OSError as error:
            raise CommandError(f"Không ghi được {options['out']}: {error.strerror}.") from error
