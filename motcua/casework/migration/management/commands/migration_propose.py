"""Print how a table is probably read, as text to be changed and given to the other commands."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from motcua.casework.migration import api as migration
from motcua.lib.errors import Anticipated

from ._migrating import BROKEN_GZIP, opened, plain_name


class Command(BaseCommand):
    """Propose a mapping."""

    help = "In đề nghị cột nào là gì cho một bảng (JSON), để sửa rồi dùng với --mapping."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the table."""
        parser.add_argument("table", type=Path, metavar="BẢNG")

    def handle(self, *_args: object, table: Path, **_options: object) -> None:
        """Propose it."""
        try:
            with (
                opened(table) as content,
                migration.Table(plain_name(table), content) as found,
            ):
                proposed = migration.proposed_mapping(found)
        except (Anticipated, *BROKEN_GZIP) as error:
            raise CommandError(f"{table.name}: {error}") from error
        self.stdout.write(migration.as_text(proposed))
