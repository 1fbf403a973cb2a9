"""Bring the dossiers of an old system over; again with the same table, it goes on."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from motcua.casework.migration.api import RunKind

from ._migrating import add_table_arguments, run_table


class Command(BaseCommand):
    """Bring over what the table says, batch by batch."""

    help = "Chuyển hồ sơ của hệ thống cũ vào; chạy lại thì đi tiếp hoặc không ghi gì hai lần."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the table and how it is read."""
        add_table_arguments(parser)

    def handle(self, *_args: object, **options: object) -> None:
        """Bring the table over."""
        run_table(options, RunKind.CARRY, self.stdout.write)
