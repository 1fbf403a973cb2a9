"""Sign a PDF or XML file with the certificate of an account."""

from pathlib import Path
from time import monotonic, sleep
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.foundation.access import api as access
from motcua.foundation.identity import api as identity
from motcua.foundation.signing.choices import Level, RequestState
from motcua.foundation.signing.models import SigningRequest
from motcua.foundation.signing.operations.carrying import carry_on
from motcua.foundation.signing.operations.requesting import withdraw_request
from motcua.foundation.signing.operations.signing_files import ask_for_file
from motcua.foundation.signing.queries.requests import (
    certificates_for,
    document_of,
    latest_error_of,
    latest_version,
)
from motcua.foundation.signing.rules.levels import is_reached
from motcua.foundation.trust.api import Way
from motcua.lib.actor import Actor
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated

PATIENCE_S, A_MOMENT_S = 60.0, 0.2


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
        """Sign, or say why not; what was not signed does not stay in anybody's list."""
        source, at = options["file"], now()
        level, actor = Level(options["level"].replace("-", "_")), signer_named(options["account"])
        try:
            content = source.read_bytes()
            request = ask_for_file(source.name, content, by=actor, at=at, level=level)
        except OSError as error:
            raise CommandError(f"Không đọc được {source}: {error.strerror}.") from error
        except Anticipated as error:
            raise CommandError(str(error)) from error
        signed = carried(request.code)
        if signed.state != RequestState.COMPLETED:
            why = latest_error_of(signed.pk) or "khóa trên máy chủ không trả lời; hãy thử lại."
            if signed.state == RequestState.OPEN:
                withdraw_request(signed.code, f"Lệnh ký tệp: {why}", by=actor, at=now())
            raise CommandError(f"Chưa ký được: {why}")
        suffix = source.suffix or ".pdf"
        target = options["out"] or source.with_name(f"{source.stem}-da-ky{suffix}")
        self.save(target, document_of(signed))
        if not is_reached(level, reached := Level(latest_version(signed).level)):
            self.stdout.write(f"Mới đạt mức {reached.label}; hệ thống tự nâng khi dịch vụ trả lời.")

    def save(self, target: Path, content: bytes) -> None:
        """Write what was signed. Raises: CommandError."""
        try:
            target.write_bytes(content)
        except OSError as error:
            raise CommandError(f"Không ghi được {target}: {error.strerror}.") from error
        self.stdout.write(f"Đã ký: {target}")


def signer_named(name: str) -> Actor:
    """Return who signs, if a key of his lies on the server. Raises: CommandError."""
    account = identity.find_account(name)
    if account is None:
        raise CommandError(f"Không có tài khoản “{name}”.")
    actor = access.actor_now(account.pk, at=now()).actor
    # Those on the server come first; without any, asking says so.
    found = certificates_for(actor, now())
    if found and found[0].way != Way.SERVER:
        message = (
            "Lệnh này chỉ ký bằng khóa trên máy chủ. Người này ký bằng thiết bị của mình hoặc từ"
            " xa: hãy đăng nhập và trình ký tệp ở “Trình ký văn bản”."
        )
        raise CommandError(message)
    return actor


def carried(code: str) -> SigningRequest:
    """Return the request once the key has signed, here or in the signer's own process."""
    until = monotonic() + PATIENCE_S
    while True:
        while carry_on(at=now()):
            continue
        request = SigningRequest.objects.get(code=code)
        is_waiting = request.state == RequestState.OPEN and not latest_error_of(request.pk)
        if not is_waiting or monotonic() >= until:
            return request
        sleep(A_MOMENT_S)
