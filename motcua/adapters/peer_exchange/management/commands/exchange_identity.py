"""Show by which certificate partners know this site; make it if there is none."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.adapters.peer_exchange.identity import NoIdentity, make_identity, our_identity
from motcua.lib.clock import now


class Command(BaseCommand):
    """Write the certificate, and its fingerprint to read out to the partner."""

    help = "Chứng thư liên thông của hệ thống này: lập nếu chưa có, xuất để gửi đối tác."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--out", type=Path, metavar="TỆP", help="ghi chứng thư (PEM) vào tệp")
        parser.add_argument(
            "--renew", action="store_true", help="lập khóa mới; đối tác phải nhập chứng thư mới"
        )

    def handle(self, *_args: object, **options: Any) -> None:
        """Make what is missing, then tell."""
        path = Path(settings.EXCHANGE_KEY_FILE)
        site = settings.SITE["place"] or settings.SITE["name"]
        if options["renew"] or not path.exists():
            make_identity(path, f"Liên thông {site}", at=now())
        try:
            identity = our_identity()
        except NoIdentity as error:
            raise CommandError(str(error)) from error
        if options["out"]:
            options["out"].write_bytes(identity.pem)
        until = identity.certificate.not_valid_after_utc
        self.stdout.write(f"Dấu vân tay SHA-256: {identity.sha256}")
        self.stdout.write(f"Có giá trị đến: {until:%d/%m/%Y}")
        if not options["out"]:
            self.stdout.write(identity.pem.decode())
