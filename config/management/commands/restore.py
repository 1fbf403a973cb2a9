"""Bring a sealed archive back into an empty cluster, or only check it."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.backup.archive import Summary, check_backup, missing_files, restore
from config.backup.errors import BackupError
from config.management.commands.backup import add_passphrase, passphrase_of
from motcua.lib.clock import local, now


class Command(BaseCommand):
    """Refuse a database that is not empty."""

    help = "Phục hồi cơ sở dữ liệu và tệp từ bản sao lưu vào một cụm trống."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, help="bản sao lưu")
        add_passphrase(parser)
        parser.add_argument("--check", action="store_true", help="chỉ kiểm tra, không phục hồi")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Check or restore, and say what came."""
        read = check_backup if options["check"] else _restore
        try:
            summary = read(options["file"], passphrase_of(options))
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        done = "Bản sao lưu nguyên vẹn" if options["check"] else "Đã phục hồi"
        made = local(datetime.fromisoformat(summary.made_at))
        self.stdout.write(f"{done}: lập lúc {made:%H:%M ngày %d/%m/%Y}, {summary.files} tệp.")
        if not options["check"] and (missing := missing_files()):
            self.stderr.write(f"Thiếu nội dung của {missing} tệp mà cơ sở dữ liệu có ghi.")


def _restore(source: Path, passphrase: str) -> Summary:
    return restore(source, passphrase, at=now())
