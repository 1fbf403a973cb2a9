"""Say when an answer is due, and why: the rooms of organisation and calendar asked together."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import HANOI
from motcua.lib.errors import Anticipated


class Command(BaseCommand):
    """The first line is the due moment for machines, the second its reason for people."""

    help = "Tính hạn trả kết quả và nêu lý do, theo lịch chung hoặc lịch của một cơ quan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--from",
            dest="start",
            required=True,
            type=a_moment,
            metavar="LÚC",
            help="lúc nhận, ví dụ 2026-01-01T10:00 (giờ Hà Nội nếu không nêu múi giờ)",
        )
        parser.add_argument("--amount", type=int, default=1, metavar="SỐ", help="độ dài thời hạn")
        parser.add_argument(
            "--unit", choices=calendar.LimitUnit.values, default="working_day", help="đơn vị tính"
        )
        parser.add_argument("--agency", metavar="MÃ", help="mã cơ quan, để tính theo lịch của nó")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Count, and print both lines."""
        try:
            limit = calendar.Limit(options["amount"], calendar.LimitUnit(options["unit"]))
            facts = facts_for(options["agency"])
            result = calendar.due_at(limit, options["start"], (), facts)
        except Anticipated as error:
            raise CommandError(str(error)) from error
        self.stdout.write(result.due_at.isoformat())
        self.stdout.write(calendar.explain(result))


def a_moment(text: str) -> datetime:
    """Read a moment, in Hà Nội if it names no time zone.

    Raises: ArgumentTypeError.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” không phải là một thời điểm.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=HANOI)


def facts_for(agency_code: str | None) -> calendar.CalendarFacts:
    """Return the facts of the calendar that an agency follows today; without one, the national.

    Raises: CommandError if no agency has that code.
    """
    if not agency_code:
        return calendar.national_facts()
    tree = organisation.tree()
    agency = tree.agency_by_code(agency_code)
    if agency is None:
        raise CommandError(f"Không có cơ quan mang mã “{agency_code}”.")
    return calendar.facts_of(tree.unit(agency.root_unit_id).calendar_id)
