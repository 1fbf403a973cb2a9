"""Say whether the file of an electronic receipt is in order."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.casework.receipts.api import NotReceiptXml, check_file
from motcua.lib.clock import now

UNCERTAIN = 2


class Command(BaseCommand):
    """Name each fault; the exit code is 1 if there is any, 2 if only the signer is not known."""

    help = "Kiểm tra tệp biên lai điện tử (XML): nội dung, tổng tiền, chữ, ký hiệu, chữ ký số."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.epilog = (
            "Mã thoát: 0 đúng; 1 có lỗi; 2 nội dung đúng nhưng chưa kết luận được về chữ ký số."
        )
        parser.add_argument("file", type=Path, metavar="TỆP.xml", help="tệp biên lai")

    def handle(self, *_args: object, **options: Any) -> None:
        """Check and tell."""
        path = options["file"]
        try:
            checked = check_file(path.read_bytes(), at=now())
        except OSError as error:
            raise CommandError(f"Không đọc được {path}: {error.strerror}.") from error
        except NotReceiptXml as error:
            raise CommandError(f"{path.name}: {error}") from error
        self.stdout.write(f"Biên lai {checked.key}: {checked.words}")
        for fault in checked.faults:
            self.stdout.write(f"  Lỗi: {fault}")
        for note in checked.notes:
            self.stdout.write(f"  Lưu ý: {note}")
        if checked.faults:
            raise SystemExit(1)
        if checked.notes:
            raise SystemExit(UNCERTAIN)
        self.stdout.write("  Đủ nội dung, đúng tổng tiền, đúng ký hiệu, chữ ký số hợp lệ.")
