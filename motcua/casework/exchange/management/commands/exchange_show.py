"""Show a message as an officer would see it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.casework.exchange.api import read_message, told
from motcua.lib.clock import now


class Command(BaseCommand):
    """Tell what a message says, and what is wrong with it."""

    help = "Cho xem gói tin edXML như cán bộ thấy: văn bản, nơi gửi, nơi nhận, tệp, lỗi."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, metavar="TỆP", help="tệp .edxml")

    def handle(self, *_args: object, **options: Any) -> None:
        """Read the file and tell."""
        path: Path = options["file"]
        try:
            with path.open("rb") as stream:
                reading = read_message(stream, at=now())
        except OSError as error:
            raise CommandError(f"Không đọc được {path}: {error.strerror}.") from error
        self.stdout.write("\n".join(told(reading)))
