"""A small installation that exchanges with another one like it."""

from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from demo import second
from demo.bench.sealing import let_seal
from demo.cast import founder
from demo.organisation import Builder
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import now

from .demo_prepare import prepare_months


class Command(BaseCommand):
    """Build a government and a department under the given code, and enter the partner; once."""

    help = "Dựng một hệ thống nhỏ để thử liên thông."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--code", required=True, help="mã của tỉnh, như H18")
        parser.add_argument("--partner", required=True, help="mã của tỉnh kia")
        parser.add_argument("--address", required=True, help="địa chỉ liên thông của tỉnh kia")
        parser.add_argument("--certificate", type=Path, required=True, help="chứng thư của họ")
        parser.add_argument("--authority", type=Path, help="nơi cấp chứng thư: tỉnh có con dấu")

    def handle(self, *_args: object, **options: Any) -> None:
        """Build."""
        at = now()
        prepare_months(at)
        if organisation.tree().agency_by_code(options["code"]) is not None:
            return
        builder = Builder(founder(), at, count(1))
        with transaction.atomic():
            for body in second.bodies(options["code"]):
                builder.add(body)
        if options["authority"]:
            let_seal(options["authority"], options["code"], at)
        call_command(
            "exchange_partners",
            set=options["partner"].lower(),
            name=options["partner"],
            codes=[options["partner"]],
            address=options["address"],
            certificate=options["certificate"],
            stdout=StringIO(),
        )
