"""`./run motcua ledger countersigner NAME FILE`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.foundation.ledger.api import fingerprint, know_countersigner, read_public_key
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import now
from motcua.lib.errors import BadInput


class Command(BaseCommand):
    help = "Ghi nhận khóa công khai của cơ quan ký chứng kiến đầu sổ"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="tên cơ quan")
        parser.add_argument("file", type=Path, help="khóa công khai hoặc chứng thư (PEM)")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        try:
            key = read_public_key(options["file"].read_bytes())
        except (OSError, BadInput) as error:
            message = f"Không đọc được khóa trong {options['file']}."
            raise CommandError(message) from error
        know_countersigner(options["name"], key, by=SYSTEM, at=now())
        self.stdout.write(f"Đã ghi nhận {options['name']}. Dấu của khóa: {fingerprint(key)}")
