"""Messages for the measurement of the intake: made by the sender, taken in by the receiver."""

import json
import time
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from motcua.casework.exchange.api import (
    Line,
    MessageKind,
    find_envelope,
    open_envelope,
    take_in,
    write_message,
)
from motcua.foundation.files import api as files
from motcua.foundation.signing import api as signing
from motcua.lib.clock import now


class Command(BaseCommand):
    """Write the messages of a journal into a folder, or take them in one by one."""

    help = "Đo việc nhận từng gói tin (dùng trong ./run bench-exchange)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--journal", type=Path, help="ghi các gói tin đã gửi ra thư mục")
        parser.add_argument("--folder", type=Path, required=True)
        parser.add_argument("--partner", default="")
        parser.add_argument("--out", type=Path, help="ghi số đo")

    def handle(self, *_args: object, **options: Any) -> None:
        """Do one of both."""
        folder: Path = options["folder"]
        if options["journal"] is not None:
            folder.mkdir(parents=True)
            for line in options["journal"].read_text().splitlines():
                _, code = line.split()
                with (folder / f"{code}.edxml").open("wb") as target:
                    write_message(open_envelope(code).message, target, at=now())
            return
        spent = [self._take(path, options["partner"]) for path in sorted(folder.iterdir())]
        options["out"].write_text(json.dumps(spent))

    def _take(self, path: Path, partner: str) -> dict[str, float]:
        """Return what one message took, in milliseconds: alone, and with its signatures."""
        content = path.read_bytes()
        line = Line(counterpart=partner, ref=path.stem, kind=MessageKind.DOCUMENT)
        begun, cpu = time.perf_counter(), time.process_time()
        taken = take_in(BytesIO(content), line, at=now())
        alone, alone_cpu = time.perf_counter(), time.process_time()
        found = find_envelope(taken.code)
        if found is None or not taken.is_valid:
            message = f"{path.name}: {[one.words for one in taken.findings]}"
            raise SystemExit(message)
        for held in open_envelope(taken.code).files:
            stored = files.StoredFile.objects.get(pk=held.file_id)
            with files.open_file(stored) as source:
                report = signing.examine(source.read(), at=now())
            if report.verdict.indication != signing.Indication.PASSED:
                message = f"{path.name}: {report.verdict.words}"
                raise SystemExit(message)
        ended = time.perf_counter()
        return {
            "alone_ms": (alone - begun) * 1000,
            "alone_cpu_ms": (alone_cpu - cpu) * 1000,
            "with_signatures_ms": (ended - begun) * 1000,
        }
