"""Hold the database against the journal of the clients who were promised something."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from demo.bench.proofs import prove
from demo.bench.signed import prove_signed
from motcua.lib.clock import now


class Command(BaseCommand):
    """Say what does not fit; an empty list means that everything held."""

    help = "Đối chiếu dữ liệu với nhật ký của máy khách (dùng trong ./run bench-kills)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--journal", type=Path, required=True)
        parser.add_argument("--told", type=Path, help="những số văn thư đã được báo")
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Prove everything and write what was found."""
        found = prove(_lines(options["journal"]))
        if options["told"]:
            signed = prove_signed(_lines(options["told"]), at=now())
            found = {**found, **signed, "offences": [*found["offences"], *signed["offences"]]}
        options["out"].write_text(json.dumps(found, ensure_ascii=False))


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text().splitlines()]
