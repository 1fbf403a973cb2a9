"""A small installation that exchanges with another one like it."""

from itertools import count
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from demo import second
from demo.cast import founder
from demo.organisation import Builder
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import now

from .demo_prepare import prepare_months


class Command(BaseCommand):
    """Build a government and a department under the given code; once."""

    help = "Dựng một hệ thống nhỏ để thử liên thông."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--code", required=True, help="mã của tỉnh, như H18")

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
