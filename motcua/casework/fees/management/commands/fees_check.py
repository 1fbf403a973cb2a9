"""Say whether a decision table in a DMN file answers every case, and only once."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.casework.fees.api import faults_in
from motcua.casework.fees.management.commands.fees_decide import model_in
from motcua.lib.decisions import Table, check_table
from motcua.lib.errors import Anticipated


class Command(BaseCommand):
    """Name each gap, overlap, useless row; the exit code is 1 if there is any."""

    help = "Kiểm tra bảng thu DMN: chỗ hở, chỗ chồng, hàng thừa, hàng thiếu căn cứ."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, metavar="BẢNG.dmn", help="tệp DMN")

    def handle(self, *_args: object, **options: Any) -> None:
        """Check and tell."""
        model = model_in(options["file"])
        try:
            faults = faults_in(model)
        except Anticipated as error:
            raise CommandError(f"{options['file'].name}: {error}") from error
        for fault in faults:
            self.stdout.write(fault)
        tables = [one for one in model.decisions if isinstance(one, Table)]
        if any(check_table(one).is_partial for one in tables):
            self.stdout.write("Có hàng so hai dữ kiện với nhau nên không xét hết được.")
        if faults:
            raise SystemExit(1)
        self.stdout.write("Bảng trả lời mọi trường hợp, mỗi trường hợp một lần.")
