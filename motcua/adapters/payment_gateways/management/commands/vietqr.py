"""Say the text of a VietQR code for a transfer, or what a code asks for."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.lib.errors import BadInput
from motcua.lib.money import in_dong
from motcua.lib.qr import qr_svg
from motcua.lib.text import whole_number
from motcua.lib.vietqr import Transfer, bank_name, payload_of, read_payload

WRONG_INPUT = 2


class Command(BaseCommand):
    """Write the payload on the first line, then what it says; the exit code is 2 if it cannot."""

    help = "Tạo mã VietQR chuyển khoản (dòng đầu là nội dung mã), hoặc đọc mã có sẵn (--read)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments; what is missing is told in `handle`, in Vietnamese."""
        parser.add_argument(
            "--bin", nargs="?", const="", default="", help="mã ngân hàng, 6 chữ số, như 970403"
        )
        parser.add_argument("--account", nargs="?", const="", default="", help="số tài khoản nhận")
        parser.add_argument("--card", action="store_true", help="số đã cho là số thẻ")
        parser.add_argument(
            "--amount",
            nargs="?",
            const="",
            help="số tiền, đồng chẵn; bỏ trống thì người trả tự nhập",
        )
        parser.add_argument("--purpose", default="", help="nội dung, không dấu, tối đa 25 ký tự")
        parser.add_argument("--bill", default="", help="số hóa đơn (trường 62.01)")
        parser.add_argument("--svg", type=Path, metavar="TỆP", help="ghi hình mã QR ra tệp SVG")
        parser.add_argument("--read", metavar="MÃ", help="đọc và kiểm tra một mã VietQR")

    def handle(self, *_args: object, **options: Any) -> None:
        """Make or read a code."""
        try:
            if options["read"] is not None:
                transfer, payload = read_payload(options["read"]), options["read"]
            else:
                transfer = transfer_in(options)
                payload = payload_of(transfer)
        except BadInput as error:
            raise CommandError(str(error), returncode=WRONG_INPUT) from error
        self.stdout.write(payload)
        for line in lines_about(transfer):
            self.stdout.write(line)
        if options["svg"] is not None:
            self._draw(options["svg"], payload)

    def _draw(self, path: Path, payload: str) -> None:
        try:
            path.write_text(qr_svg(payload, border=4), encoding="utf-8")
        except OSError as error:
            message = f"Không ghi được {path}: {error.strerror}."
            raise CommandError(message, returncode=WRONG_INPUT) from error
        self.stdout.write(f"Hình mã QR: {path}")


def transfer_in(options: dict[str, Any]) -> Transfer:
    """Return the transfer that the options tell. Raises: BadInput."""
    for name in ("bin", "account"):
        if not options[name]:
            raise BadInput(
                f"Thiếu --{name}. Hãy viết như: vietqr --bin 970403 --account 0011012345678."
            )
    return Transfer(
        bank_bin=options["bin"],
        account=options["account"],
        amount_vnd=None if options["amount"] is None else amount_in(options["amount"]),
        purpose=options["purpose"],
        bill=options["bill"],
        is_card=options["card"],
    )


def amount_in(typed: str) -> int:
    """Return an amount. Raises: BadInput."""
    amount = whole_number(typed) if typed.isascii() else None
    if amount is None:
        raise BadInput(f"Số tiền “{typed}” không đúng: viết bằng chữ số liền nhau, như 180000.")
    return amount


def lines_about(transfer: Transfer) -> list[str]:
    """Return what a code says, for people."""
    bank = bank_name(transfer.bank_bin) or "không có trong danh sách đã biết"
    kind = "Thẻ" if transfer.is_card else "Tài khoản"
    amount = "người trả tự nhập"
    if transfer.amount_vnd is not None:
        amount = in_dong(transfer.amount_vnd)
    said = [
        f"Ngân hàng: {bank} ({transfer.bank_bin})",
        f"{kind}: {transfer.account}",
        f"Số tiền: {amount}",
    ]
    said += [f"Nội dung: {transfer.purpose}"] if transfer.purpose else []
    return said + ([f"Số hóa đơn: {transfer.bill}"] if transfer.bill else [])
