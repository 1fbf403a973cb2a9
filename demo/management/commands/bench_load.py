"""Fill the bench's database: offices, people, procedures, and as many dossiers as asked."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from demo.bench.load import bare, load_dossiers
from demo.bench.world import AGENCIES, PROCEDURES, build_world
from motcua.foundation.audit import api as audit
from motcua.foundation.outbox import api as outbox
from motcua.foundation.search import api as search
from motcua.lib.clock import local_day, now


class Command(BaseCommand):
    """Load once; what the client needs is written beside the database."""

    help = "Nạp dữ liệu cho phép đo (dùng trong ./run bench)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--rows", type=int, required=True)
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--agencies", type=int, default=AGENCIES)
        parser.add_argument("--procedures", type=int, default=PROCEDURES)
        parser.add_argument("--plain", action="store_true", help="không có thủ tục của tỉnh mẫu")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Build, load, and say who is who."""
        at = now()
        for room in (audit, outbox):
            room.prepare_months(local_day(at))
        world = build_world(
            at,
            agencies=options["agencies"],
            number_of_procedures=options["procedures"],
            is_plain=options["plain"],
        )
        load_dossiers(world, options["rows"], at)
        with bare(["search_entry"]):
            search.rebuild("dossier")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        options["out"].write_text(json.dumps(world.plain()))
