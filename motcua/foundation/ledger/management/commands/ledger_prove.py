"""`./run motcua ledger prove CODE`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.foundation.ledger.api import proof_of, witnesses


class Command(BaseCommand):
    help = "Viết chứng minh của một hồ sơ ra tệp, để kiểm bằng verify_ledger.py --slip"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="mã hồ sơ, ví dụ H18.101-261008-0007")
        parser.add_argument("--out", type=Path, help="tệp; không ghi thì in ra")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        code: str = options["code"].strip().upper()
        told = next((one for w in witnesses.values() if (one := w.testimony(code))), None)
        if told is None or not told.salt:
            message = f"Không có hồ sơ {code} trong sổ cam kết."
            raise CommandError(message)
        content = proof_of(told).as_json()
        if options["out"]:
            options["out"].write_bytes(content)
        else:
            self.stdout.write(content.decode())
