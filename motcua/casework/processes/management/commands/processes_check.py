"""Say which process a BPMN file holds, or why it is not taken."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.casework.processes.api import BadProcess, StepDef, lane_name, read_bpmn


class Command(BaseCommand):
    """List the steps; the exit code is 1 if the file is refused."""

    help = "Kiểm tra tệp BPMN 2.0: các bước đọc được, hoặc phần tử, mã và dòng bị từ chối."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, metavar="TỆP.bpmn", help="tệp BPMN")

    def handle(self, *_args: object, **options: Any) -> None:
        """Read and tell."""
        path: Path = options["file"]
        try:
            process = read_bpmn(path.read_bytes())
        except OSError as error:
            raise CommandError(f"Không đọc được {path}: {error.strerror}.") from error
        except BadProcess as error:
            raise CommandError(f"{path.name}: {error}") from error
        for step in process.steps:
            self.stdout.write(told(step))
        self.stdout.write(f"Quy trình dùng được, {len(process.steps)} bước.")


def told(step: StepDef) -> str:
    """Return one line about a step."""
    more = [f"sau {', '.join(step.after)}" if step.after else "đầu tiên"]
    more += [f"khi {step.when}"] if step.when else []
    more += [f"trả lại về {step.return_to}"] if step.return_to else []
    return f"{step.code}: {step.name} [{step.kind.label}, {lane_name(step.duty)}] {'; '.join(more)}"
