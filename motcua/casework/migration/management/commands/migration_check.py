"""Try a table of an old system: what would become of each row; nothing is written."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from motcua.casework.migration.api import RunKind

from ._migrating import add_table_arguments, run_table


class Command(BaseCommand):
    """Read the table as it will be read, and say what would become of it."""

    help = "Đọc thử bảng hồ sơ của hệ thống cũ và báo từng dòng; không ghi hồ sơ nào."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the table and how it is read."""
        add_table_arguments(parser)

    def handle(self, *_args: object, **options: object) -> None:
        """Try the table."""
        run_table(options, RunKind.CHECK, self.stdout.write)
