"""`./run motcua ledger publish`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from motcua.foundation.ledger.api import publish
from motcua.lib.clock import now


class Command(BaseCommand):
    help = "Viết các tệp công bố của sổ cam kết vào MOTCUA_LEDGER_DIR"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anew", action="store_true", help="viết lại tất cả từ cơ sở dữ liệu")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        size = publish(at=now(), anew=options["anew"])
        self.stdout.write(f"Đã công bố đến {size} lá." if size else "Không có gì mới để công bố.")
