"""Write the holidays of coming years, as published, for a person to check."""

from argparse import ArgumentParser
from typing import Any

import holidays
from django.core.management.base import BaseCommand

from motcua.foundation.calendar import api as calendar
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import now

SEEDER = Actor(
    id=0,
    name="Hệ thống",
    kind=ActorKind.SYSTEM,
    province_powers=frozenset({"calendar.edit"}),
)


class Command(BaseCommand):
    """Rows a person wrote are kept: only days without a row are added."""

    help = "Ghi ngày nghỉ lễ của các năm tới vào lịch chung, để người quản trị kiểm tra."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the years."""
        parser.add_argument("years", nargs="+", type=int, help="năm, ví dụ 2028 2029")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Read the published list and add what is missing."""
        years = options["years"]
        names = holidays.country_holidays("VN", years=years, language="vi")
        known = {day.on for year in years for day in calendar.special_days(year)}
        days = [day for day in calendar.draft_days(names, years) if day.on not in known]
        calendar.set_days(days, by=SEEDER, at=now())
        self.stdout.write(f"Đã thêm {len(days)} ngày vào lịch chung.")
