"""Sign a PDF or XML file with the certificate of an account."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.foundation.access import api as access
from motcua.foundation.identity import api as identity
from motcua.foundation.signing.choices import Level
from motcua.foundation.signing.operations.carrying import carry_on
from motcua.foundation.signing.operations.signing_files import ask_for_file
from motcua.foundation.signing.queries.requests import (
    document_of,
    find_request,
    latest_error_of,
    latest_version,
)
from motcua.foundation.signing.rules.levels import is_reached
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated


class Command(BaseCommand):
    """Ask, let the key sign, write the file beside the first one."""

    help = "Ký số một tệp PDF hoặc XML bằng chứng thư của một tài khoản cán bộ."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, metavar="TỆP", help="tệp PDF hoặc XML")
        parser.add_argument("--as", dest="account", required=True, help="tên đăng nhập người ký")
        parser.add_argument(
            "--level",
            default="B-B",
            choices=[one.replace("_", "-") for one in Level.values],
            help="mức chữ ký (mặc định B-B); mức cao hơn cần dịch vụ dấu thời gian",
        )
        parser.add_argument("--out", type=Path, help="tệp kết quả (mặc định thêm “-da-ky”)")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Sign, or say why not."""
        source, at = options["file"], now()
        account = identity.find_account(options["account"])
        if account is None:
            raise CommandError(f"Không có tài khoản “{options['account']}”.")
        actor = access.actor_now(account.pk, at=at).actor
        try:
            level = Level(options["level"].replace("-", "_"))
            content = source.read_bytes()
            request = ask_for_file(source.name, content, by=actor, at=at, level=level)
        except (Anticipated, OSError) as error:
            raise CommandError(str(error)) from error
        while carry_on(at=now()):
            continue
        whole = find_request(request.code)
        if whole is None or whole.request.state != "completed":
            raise CommandError(f"Chưa ký được: {latest_error_of(request.pk)}")
        suffix = source.suffix or ".pdf"
        target = options["out"] or source.with_name(f"{source.stem}-da-ky{suffix}")
        target.write_bytes(document_of(whole.request))
        self.stdout.write(f"Đã ký: {target}")
        if not is_reached(level, reached := Level(latest_version(whole.request).level)):
            self.stdout.write(f"Mới đạt mức {reached.label}; hệ thống tự nâng khi dịch vụ trả lời.")
