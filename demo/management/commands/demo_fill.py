"""Fill the demo beside the running site: open work first, then nine months of past."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from demo.cast import gather
from demo.duties import set_tasks, set_weeks
from demo.initials import submit_while_away
from demo.past import live_all, lived_of
from demo.plan import plan_past
from demo.present import begin_drafts, set_scenes
from demo.proof import set_up_signing
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
        self.tell(f"Dữ liệu mẫu đã đủ sau {monotonic() - begun:.0f} giây.")

    def tell(self, words: str) -> None:
        """Say it at once, beside the running site."""
        self.stdout.write(words)
        self.stdout.flush()
