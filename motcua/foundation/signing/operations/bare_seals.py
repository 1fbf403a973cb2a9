"""The province's seal signs a few bytes that are no document: heads of the public ledger.

Signing is for the signer's process, which alone opens keys. Where policy does not let the seal
sign what we make ourselves, it signs nothing here either.

Source: docs/law/ledger.md
"""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing import ports
from motcua.foundation.trust import api as trust

from .reporting import issuer_id, seals_by_itself

DIGEST = "sha256"


@dataclass(frozen=True, slots=True)
class BareSeal:
    """Whose seal it is and by which key: the public one (DER) and where the other lies."""

    name: str
    serial: str
    public_key: bytes
    service_code: str
    key_ref: str


def province_seal(*, at: datetime) -> BareSeal | None:
    """Return the seal that signs by itself what we make, None where there is none.

    Costs: five queries.
    """
    agency_id = issuer_id()
    certificate = trust.seal_of_agency(agency_id, at) if agency_id is not None else None
    if agency_id is None or certificate is None or not seals_by_itself(at):
        return None
    read = x509.load_der_x509_certificate(bytes(certificate.der))
    public = read.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    name = organisation.tree().agency(agency_id).name
    return BareSeal(name, certificate.serial, public, certificate.service_code, certificate.key_ref)


def seal_bytes(seal: BareSeal, contents: list[bytes]) -> list[bytes]:
    """Return a signature over each (SHA-256; PKCS#1 v1.5 or ECDSA).

    Raises: HolderAway, HolderRefuses.
    """
    return ports.token_holder(seal.service_code).sign_many(seal.key_ref, contents, DIGEST)
