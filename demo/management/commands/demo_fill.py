"""Fill the demo beside the running site: open work first, then nine months of past."""

from datetime import datetime
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from demo import partners
from demo.cast import Cast, gather
from demo.collected import collect
from demo.directives import SENT_DAYS_AGO, set_directives, set_neighbours
from demo.duties import set_tasks, set_weeks
from demo.filing import fill_work_files
from demo.hall import fill_library, set_hall
from demo.initials import submit_while_away
from demo.letters import incoming
from demo.mails import fill_mailbox
from demo.past import live_all, lived_of
from demo.plan import plan_past
from demo.present import begin_drafts, set_scenes
from demo.proof import set_up_signing
from demo.registry import close_last_year, fill_incoming
from demo.till import live_cash_days
from demo.writing import fill_outgoing
from motcua.lib.clock import now

TELL_EVERY = 250


class Command(BaseCommand):
    """Live what is missing; a filled demo is left as it is."""

    help = "Nạp hồ sơ mẫu: việc đang chờ của từng tài khoản và 1.500 hồ sơ đã qua."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Set the present, then live the past, telling how far it is."""
        begun, at = monotonic(), now()
        cast = gather(at)
        set_up_signing(cast, at)
        set_tasks(cast, at)
        set_weeks(cast, at)
        partners.live(cast, at)
        set_hall(cast, at)
        fill_library(at)
        self.fill_registry(cast, at)
        past = plan_past(at)
        if lived_of(past) == len(past):
            return
        open_work = list(set_scenes(cast, at))
        begin_drafts(at)
        submit_while_away(at)
        self.tell(f"Đã có {len(open_work)} hồ sơ đang chờ giải quyết cho các tài khoản.")
        for number, _ in enumerate(live_all(past, cast), start=1):
            if number % TELL_EVERY == 0:
                self.tell(f"Đã nạp {number} hồ sơ đã qua ({monotonic() - begun:.0f} giây).")
        self.set_money(cast, at)
        self.tell(f"Dữ liệu mẫu đã đủ sau {monotonic() - begun:.0f} giây.")

    def set_money(self, cast: Cast, at: datetime) -> None:
        """Let cash days be lived and yesterday's money come, last: numbers go on from the past."""
        lived, asked = live_cash_days(cast, at), collect(cast, at)
        self.tell(f"Đã có {lived} ngày quỹ của quầy phường và {asked} đơn nộp tiền trên mạng.")

    def fill_registry(self, cast: Cast, at: datetime) -> None:
        """Let the registry of the ward live, as the dossiers do."""
        older = [one for one in incoming() if one.days_ago > SENT_DAYS_AGO]
        written = close_last_year(cast, at) + fill_incoming(cast, at, older)
        sent = set_directives(cast, at) + set_neighbours(cast, at)
        written += fill_incoming(cast, at) + fill_outgoing(cast, at)
        made = fill_work_files(cast, at)
        fill_mailbox(at)
        if written + sent + made:
            words = f"Đã có {written + sent} văn bản đến, đi và {made} hồ sơ công việc của phường."
            self.tell(words)

    def tell(self, words: str) -> None:
        """Say it at once, beside the running site."""
        self.stdout.write(words)
        self.stdout.flush()
