"""`./run motcua dossiers recount`."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.casework.dossiers.api import rebuild_counts


class Command(BaseCommand):
    help = "Đếm lại mọi số liệu từ các bước đã ghi (làm lúc vắng: việc khác chờ đến khi xong)"

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        self.stdout.write(f"Đã đếm lại số liệu từ {rebuild_counts()} bước.")
