"""Take back everything a run brought, as long as nobody has acted on any of it."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from motcua.casework.migration import api as migration
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated

from ._migrating import OPERATOR

_STRETCH = 60.0


class Command(BaseCommand):
    """Undo one run."""

    help = "Hủy một lần chuyển: gỡ mọi hồ sơ lần ấy tạo ra, nếu chưa ai xử lý hồ sơ nào."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the run."""
        parser.add_argument("run", metavar="MÃ_LẦN_CHẠY")

    def handle(self, *_args: object, run: str, **_options: object) -> None:
        """Undo the run, going on where it was cut off."""
        try:
            found = migration.get_run(OPERATOR, run)
            if found.state != migration.RunState.UNDOING:
                found = migration.undo_run(run, by=OPERATOR, at=now())
        except Anticipated as error:
            raise CommandError(str(error)) from error
        while not migration.go_on_undoing(found, at=now(), seconds=_STRETCH):
            pass
        done = migration.get_run(OPERATOR, run)
        if done.trouble:
            raise CommandError(done.trouble)
        self.stdout.write(f"Đã gỡ {done.rows} hồ sơ của lần {run}.")
