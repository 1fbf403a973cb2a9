"""`./run motcua ledger head`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from motcua.foundation.ledger.api import (
    StreamName,
    checkpoint_of,
    latest_head,
    ledger_state,
    make_head,
    publish,
    seal,
)
from motcua.lib.clock import local, now


class Command(BaseCommand):
    help = "In đầu sổ cam kết mới nhất, và tình trạng từng dòng"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--make", action="store_true", help="niêm phong, ký và công bố ngay nếu đã đến lượt"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        if options["make"]:
            at = now()
            for name in StreamName.values:
                seal(name, at=at)
            make_head(at=at)
            publish(at=at)
        head = latest_head()
        self.stdout.write(checkpoint_of(head) if head else "Chưa có đầu sổ nào.\n")
        state = ledger_state()
        for one in state.streams:
            self.stdout.write(f"{one.get_name_display()}: {one.size} lá, {one.get_state_display()}")
            if one.stopped_at:
                self.stdout.write(
                    f"  dừng lúc {local(one.stopped_at):%H:%M %d/%m/%Y}: {one.stopped_why}"
                )
        if not state.has_key:
            self.stdout.write("CHÚ Ý: chưa có khóa ký (MOTCUA_LEDGER_KEY); đầu sổ không được ký.")
