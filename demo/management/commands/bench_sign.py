"""Let two agencies of a bench's world sign digitally: keys, certificates, a policy."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from demo.bench.signing import set_up_signing
from motcua.lib.clock import now


class Command(BaseCommand):
    """Run once, after the world was loaded."""

    help = "Chuẩn bị ký số cho phép thử (dùng trong ./run bench-kills)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--note", type=Path, required=True)
        parser.add_argument("--folder", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Set up, and note who signs."""
        world = json.loads(options["note"].read_text())
        world["signing"] = set_up_signing(world["places"], options["folder"], now())
        options["note"].write_text(json.dumps(world))
