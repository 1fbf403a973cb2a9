"""Say what became of each row of a run; without a run, list the runs of an old system."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from motcua.casework.migration import api as migration
from motcua.lib.clock import local
from motcua.lib.errors import Anticipated

from ._migrating import OPERATOR, tell, write_report


class Command(BaseCommand):
    """Report on runs."""

    help = "Báo kết quả một lần chạy (hoặc liệt kê các lần chạy), ghi CSV từng dòng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the run, and where the report goes."""
        parser.add_argument("run", nargs="?", default="", metavar="MÃ_LẦN_CHẠY")
        parser.add_argument("--to", type=Path, metavar="TỆP.csv")

    def handle(self, *_args: object, run: str, to: Path | None, **_options: object) -> None:
        """Say it."""
        if not run:
            self._list()
            return
        try:
            found = migration.get_run(OPERATOR, run)
        except Anticipated as error:
            raise CommandError(str(error)) from error
        if to is not None:
            write_report(found, to)
        tell(found, self.stdout.write)

    def _list(self) -> None:
        for source in migration.sources_for(OPERATOR):
            for one in migration.runs_of(source):
                kind, state = migration.RunKind(one.kind).label, migration.RunState(one.state).label
                asked = f"{local(one.asked_at):%d/%m/%Y %H:%M}"
                self.stdout.write(
                    f"{one.code}  {asked}  {source.name}  {one.table.name}  {kind}  {state}"
                )
