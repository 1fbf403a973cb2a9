"""Certificates of the demo's authority, made once and registered once."""

from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import CertificateIn
from simulators.authority import Authority, write_key

from .cast import founder


def kept_certificate(
    authority: Authority, ref: str, name: str, place: str, at: datetime, *, number: str = ""
) -> bytes:
    """Return the certificate of a key in the folder of keys; both are made if they are not there.

    A certificate of an earlier authority is made anew with its key.
    """
    folder = Path(settings.SIGNING_KEYS_DIR)
    path = folder / f"{ref}.crt"
    if path.exists():
        kept = path.read_bytes()
        if authority.has_issued(kept):
            return kept
    pair = authority.issue(name, place, at=at, number=number)
    write_key(folder / f"{ref}.pem", pair.key)
    content = pair.certificate.public_bytes(Encoding.PEM)
    path.write_bytes(content)
    return content


def register(given: CertificateIn, at: datetime) -> bool:
    """Register a certificate unless it is known; say whether it is new."""
    if trust.find_certificate(trust.read_certificate(given.content).sha256) is not None:
        return False
    trust.register_certificate(given, by=founder(), at=at)
    return True
