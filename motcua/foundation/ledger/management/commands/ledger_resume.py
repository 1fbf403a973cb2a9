"""`./run motcua ledger resume STREAM --reason …`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.foundation.ledger.api import NotStopped, StreamName, resume
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import now


class Command(BaseCommand):
    help = "Cho một dòng đã dừng niêm phong chạy tiếp, sau khi đã xem xét; ghi lý do vào nhật ký"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("stream", choices=StreamName.values)
        parser.add_argument("--reason", required=True, help="đã tìm thấy gì, đã làm gì")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        try:
            resume(options["stream"], options["reason"], by=SYSTEM, at=now())
        except NotStopped as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Đã cho chạy tiếp; nếu chỗ sai vẫn còn, dòng sẽ dừng lại.")
