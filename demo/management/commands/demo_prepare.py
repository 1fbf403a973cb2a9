"""Everything the demo needs before its first page."""

from datetime import datetime, timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from demo import (
    accounts,
    catalogue,
    contracts,
    fees,
    partners,
    paying,
    receipts,
    word_templates,
)
from demo.axis import connect_axis
from demo.cast import founder
from demo.guide import guide
from demo.organisation import build_organisation
from demo.plan import OLDEST_DAYS
from motcua.casework.procedures import api as procedures
from motcua.foundation.audit import api as audit
from motcua.foundation.outbox import api as outbox
from motcua.lib.clock import local_day, now

MONTH, LAST_YEAR_DAYS = timedelta(days=28), 400


class Command(BaseCommand):
    """Build what is missing; quick when nothing is."""

    help = "Dựng tỉnh mẫu: tổ chức, thủ tục, tài khoản (chạy lại không đổi gì)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--procedures", help="tệp hoặc thư mục thủ tục để nạp thêm")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Build, then say who one can be."""
        by, at = founder(), now()
        prepare_months(at)
        build_organisation(by=by, at=at)
        catalogue.set_duties(by=by, at=at)
        fees.publish_tables(by=by, at=at)
        contracts.sign_contracts(by=by, at=at)
        catalogue.publish_procedures(by=by, at=at)
        procedures.forget_kept()
        word_templates.put_in_use(by=by, at=at)
        accounts.open_accounts(by=by, at=at)
        partners.open_people(by=by, at=at)
        receipts.register_receipts(by=by, at=at)
        paying.open_accounts(by=by, at=at)
        connect_axis(by=by, at=at)
        if options["procedures"]:
            call_command("procedures_import", options["procedures"])
        self.stdout.write(guide(accounts.administrator_codes()))


def prepare_months(at: datetime) -> None:
    """Make the months of the past and the next ones ready for their traces, before all writers."""
    start = at - timedelta(days=max(OLDEST_DAYS, LAST_YEAR_DAYS))
    while start < at + MONTH:
        for room in (audit, outbox):
            room.prepare_months(local_day(start))
        start += MONTH
