"""Write a message from a description."""

import json
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.casework.exchange.api import (
    CannotWrite,
    Content,
    file_content,
    line_of,
    message_from,
    write_message,
)
from motcua.lib.clock import now
from motcua.lib.errors import BadInput


class Command(BaseCommand):
    """Write the message a description asks for, or say why it would not be valid."""

    help = "Lập gói tin edXML từ bản mô tả JSON (mẫu: docs/reference/edxml.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--from", dest="spec", type=Path, required=True, metavar="TỆP", help="bản mô tả JSON"
        )
        parser.add_argument(
            "--out", type=Path, metavar="TỆP", help="ghi vào tệp này (không nêu: in ra)"
        )

    def handle(self, *_args: object, **options: Any) -> None:
        """Write the message."""
        path, target, at = options["spec"], options["out"], now()
        spec = read_spec(path)
        try:
            message = message_from(spec, open_file=partial(opened, path.parent), at=at)
            with SpooledTemporaryFile(max_size=1 << 20) as made:
                write_message(message, made, at=at)
                made.seek(0)
                self.put(made, target)
        except CannotWrite as error:
            lines = "\n  ".join(line_of(one) for one in error.findings)
            raise CommandError(f"Không lập được gói tin:\n  {lines}") from error
        except BadInput as error:
            raise CommandError(f"{path.name}: {error}") from error
        except OSError as error:
            raise CommandError(f"Không ghi được {target}: {error.strerror}.") from error

    def put(self, made: IO[bytes], target: Path | None) -> None:
        """Write what was made into the file, or print it. Raises: OSError."""
        if target is None:
            for line in TextIOWrapper(made, "utf-8", newline="", write_through=True):
                self.stdout.write(line, ending="")
            return
        with target.open("wb") as stream:
            copyfileobj(made, stream)


def read_spec(path: Path) -> object:
    """Return what the description says. Raises: CommandError."""
    try:
        spec: object = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"Không đọc được {path}: {error.strerror}.") from error
    except ValueError as error:
        raise CommandError(f"{path.name} không phải JSON: {error}.") from error
    return spec


def opened(folder: Path, name: str) -> Content:
    """Return a file beside the description. Raises: BadInput."""
    path = folder / name
    try:
        return file_content(path)
    except OSError as error:
        raise BadInput(f"Không đọc được tệp “{name}”: {error.strerror}.", field="file") from error
