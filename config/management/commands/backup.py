"""Write database and files to one sealed archive."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.backup.archive import check_backup, write_backup
from config.backup.errors import BackupError
from motcua.lib.clock import now


class Command(BaseCommand):
    """Leave a mark for the doctor, so that a missing backup is noticed."""

    help = "Sao lưu cơ sở dữ liệu và tệp vào một tệp mã hóa."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, help="tệp sẽ ghi")
        add_passphrase(parser)
        parser.add_argument(
            "--check", action="store_true", help="đọc lại và kiểm tra sau khi ghi xong"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Write, check if asked, and say how much it was."""
        at, target = now(), options["file"]
        passphrase = passphrase_of(options)
        try:
            summary = write_backup(target, passphrase, at=at)
            if options["check"]:
                check_backup(target, passphrase)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        mark = Path(settings.HOME) / "var" / "backup.json"
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(json.dumps({"at": at.isoformat(), "size": summary.size}))
        self.stdout.write(
            f"Đã sao lưu vào {target}: {summary.files} tệp, {summary.size / 1e6:.1f} MB."
        )


def add_passphrase(parser: ArgumentParser) -> None:
    """Declare where the passphrase comes from."""
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        help="tệp chứa mật khẩu sao lưu; bỏ trống thì lấy từ MOTCUA_BACKUP_PASSPHRASE",
    )


def passphrase_of(options: dict[str, Any]) -> str:
    """Return the passphrase from the file named, else from the settings."""
    path: Path | None = options["passphrase_file"]
    return path.read_text().strip() if path else settings.BACKUP_PASSPHRASE
