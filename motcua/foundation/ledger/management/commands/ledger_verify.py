"""`./run motcua ledger verify`."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from motcua.foundation.ledger.api import StreamName, verify


class Command(BaseCommand):
    """End with 1 if anything does not fit, so that a watcher can call it."""

    help = "So sổ cam kết, nhật ký và hồ sơ với nhau; nêu lá sai đầu tiên"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--stream", choices=StreamName.values, action="append", help="chỉ so dòng này"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        found = 0
        for one in verify(*(options["stream"] or ())):
            found += 1
            where = f"lá {one.index}" if one.index is not None else "không ở một lá nào"
            label = StreamName(one.stream).label
            self.stdout.write(f"SAI  {label}, {where}: {one.says}")
        self.stdout.write(f"{found} chỗ sai." if found else "Mọi thứ khớp.")
        if found:
            sys.exit(1)
