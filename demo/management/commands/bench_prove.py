"""Hold the database against the journal of the clients who were promised something."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from demo.bench.proofs import prove


class Command(BaseCommand):
    """Say what does not fit; an empty list means that everything held."""

    help = "Đối chiếu dữ liệu với nhật ký của máy khách (dùng trong ./run bench-kills)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--journal", type=Path, required=True)
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Prove everything and write what was found."""
        lines = [json.loads(line) for line in options["journal"].read_text().splitlines()]
        options["out"].write_text(json.dumps(prove(lines), ensure_ascii=False))
