"""`./run motcua ledger countersigner NAME FILE`."""

from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)
from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.foundation.ledger.api import fingerprint, know_countersigner
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import now


class Command(BaseCommand):
    help = "Ghi nhận khóa công khai của cơ quan ký chứng kiến đầu sổ"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="tên cơ quan")
        parser.add_argument("file", type=Path, help="khóa công khai hoặc chứng thư (PEM)")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        try:
            key = _read(options["file"].read_bytes())
        except (OSError, ValueError) as error:
            message = f"Không đọc được khóa trong {options['file']}."
            raise CommandError(message) from error
        know_countersigner(options["name"], key, by=SYSTEM, at=now())
        self.stdout.write(f"Đã ghi nhận {options['name']}. Dấu của khóa: {fingerprint(key)}")


def _read(pem: bytes) -> bytes:
    """Return the public key in DER. Raises: ValueError."""
    owner = x509.load_pem_x509_certificate(pem) if b"BEGIN CERTIFICATE" in pem else None
    key = owner.public_key() if owner else load_pem_public_key(pem)
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
