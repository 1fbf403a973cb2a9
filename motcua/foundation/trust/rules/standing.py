"""What a list or an answer of an authority says of one certificate.

Source: docs/law/signatures.md
"""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.x509 import ocsp

from motcua.foundation.trust.choices import AnswerKind, KnownState


@dataclass(frozen=True, slots=True)
class Standing:
    """How a certificate stands by the word of its authority, and since when if it does not hold."""

    state: KnownState
    by: AnswerKind
    said_at: datetime
    since: datetime | None


def standing_by_answer(content: bytes) -> Standing:
    """Return what an answer says that was checked when it came."""
    found = ocsp.load_der_ocsp_response(content)
    since = found.revocation_time_utc
    state = _state(since, is_held=found.revocation_reason == x509.ReasonFlags.certificate_hold)
    return Standing(state, AnswerKind.OCSP, found.this_update_utc, since)


def standing_by_list(found: x509.CertificateRevocationList, serial: int) -> Standing:
    """Return what a list of the authority says, checked when it came."""
    row = found.get_revoked_certificate_by_serial_number(serial)
    since = row.revocation_date_utc if row is not None else None
    state = _state(since, is_held=row is not None and _is_held(row))
    return Standing(state, AnswerKind.CRL, found.last_update_utc, since)


def _state(since: datetime | None, *, is_held: bool) -> KnownState:
    if since is None:
        return KnownState.GOOD
    return KnownState.HELD if is_held else KnownState.REVOKED


def _is_held(row: x509.RevokedCertificate) -> bool:
    try:
        reason = row.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except x509.ExtensionNotFound:
        return False
    return reason == x509.ReasonFlags.certificate_hold
