"""`./run motcua dossiers explain CODE`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.casework.dossiers.api import NoSuchDossier, explain


class Command(BaseCommand):
    help = "Nói vì sao hồ sơ có hạn trả như vậy"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="mã hồ sơ, ví dụ H18.101-261008-0007")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        try:
            self.stdout.write(explain(options["code"]))
        except NoSuchDossier as error:
            raise CommandError(str(error)) from error
