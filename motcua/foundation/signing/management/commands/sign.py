"""Sign a PDF with the certificate of an account."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.foundation.access import api as access
from motcua.foundation.identity import api as identity
from motcua.foundation.signing.operations.carrying import carry_on
from motcua.foundation.signing.operations.signing_files import ask_for_file
from motcua.foundation.signing.queries.requests import (
    document_of,
    find_request,
    latest_error_of,
)
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated


class Command(BaseCommand):
    """Ask, let the key sign, write the file beside the first one."""

    help = "Ký số một tệp PDF bằng chứng thư của một tài khoản cán bộ."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, metavar="TỆP", help="tệp PDF")
        parser.add_argument("--as", dest="account", required=True, help="tên đăng nhập người ký")
        parser.add_argument("--out", type=Path, help="tệp kết quả (mặc định thêm “-da-ky”)")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Sign, or say why not."""
        source, at = options["file"], now()
        account = identity.find_account(options["account"])
        if account is None:
            raise CommandError(f"Không có tài khoản “{options['account']}”.")
        actor = access.actor_now(account.pk, at=at).actor
        try:
            request = ask_for_file(source.name, source.read_bytes(), by=actor, at=at)
        except (Anticipated, OSError) as error:
            raise CommandError(str(error)) from error
        while carry_on(at=now()):
            continue
        whole = find_request(request.code)
        if whole is None or whole.request.state != "completed":
            raise CommandError(f"Chưa ký được: {latest_error_of(request.pk)}")
        target = options["out"] or source.with_name(f"{source.stem}-da-ky.pdf")
        target.write_bytes(document_of(whole.request))
        self.stdout.write(f"Đã ký: {target}")
