"""Write the process of a procedure as a BPMN 2.0 file with its picture."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.casework.procedures.api import draft_definition, get_procedure, latest_version
from motcua.casework.processes.api import write_bpmn
from motcua.lib.errors import Anticipated


class Command(BaseCommand):
    """Write the latest version's process, to a file or to the screen."""

    help = "Xuất quy trình của một thủ tục (phiên bản mới nhất) thành tệp BPMN 2.0 có hình vẽ."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("code", metavar="MÃ-THỦ-TỤC", help="mã thủ tục, như 1.001193")
        parser.add_argument("--to", type=Path, metavar="TỆP.bpmn", help="ghi vào tệp này")

    def handle(self, *_args: object, **options: Any) -> None:
        """Write."""
        code: str = options["code"]
        try:
            version = latest_version(get_procedure(code).pk)
            definition = draft_definition(version) if version else None
        except Anticipated as error:
            raise CommandError(str(error)) from error
        if definition is None or definition.process is None:
            raise CommandError(f"Thủ tục {code} chưa có quy trình.")
        written = write_bpmn(definition.process, definition.short_name).decode()
        if options["to"] is None:
            self.stdout.write(written, ending="")
            return
        try:
            options["to"].write_text(written, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"Không ghi được {options['to']}: {error.strerror}.") from error
