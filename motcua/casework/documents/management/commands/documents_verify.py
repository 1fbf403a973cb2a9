"""Say whether documents and books still say what was written."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.casework.documents.api import findings


class Command(BaseCommand):
    """Name what does not fit; the exit code is 1 if anything was found."""

    help = "Kiểm tra văn bản và sổ: chuỗi việc, số thiếu, dòng của sổ đã khóa có bị sửa không."

    def handle(self, *_args: object, **_options: Any) -> None:
        """Check everything and tell."""
        wrong = 0
        for words in findings():
            wrong += 1
            self.stdout.write(f"SAI: {words}")
        if wrong:
            raise SystemExit(1)
        self.stdout.write("Mọi thứ khớp.")
