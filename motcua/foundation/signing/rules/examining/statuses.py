"""How a certificate stood at a moment, by lists of its authority (CRL) and by answers (OCSP).

Only what the authority signed counts, or somebody to whom it gave the right to answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from motcua.lib.clock import local
from motcua.lib.tongue import sentence

from .report import World
from .told import clock

_UNREADABLE = (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion)


@dataclass(frozen=True, slots=True)
class Word:
    """What an authority said of one certificate, when, and for how long that holds."""

    by: str
    said_at: datetime
    until: datetime | None
    revoked_at: datetime | None

    def speaks_of(self, day: datetime) -> bool:
        """Say whether it tells how things stood at a moment: said later, or held then."""
        return self.said_at >= day or self.until is None or self.until >= day


def words_about(one: x509.Certificate, issuer: x509.Certificate | None, world: World) -> list[Word]:
    """Return all that is known of a certificate, the newest first."""
    if issuer is None:
        return []
    found = [*_by_lists(one, issuer, world.crls), *_by_answers(one, issuer, world.ocsps)]
    return sorted(found, key=lambda word: word.said_at, reverse=True)


def state_by(one: x509.Certificate, words: Sequence[Word], day: datetime) -> str:
    """Say in words how a certificate stood at a moment, as far as is known now."""
    if day < one.not_valid_before_utc:
        return sentence("chưa có hiệu lực")
    since = min((word.revoked_at for word in words if word.revoked_at), default=None)
    if since is not None and since <= day:
        return f"đã bị thu hồi từ {local(since):%d/%m/%Y}"
    if day > one.not_valid_after_utc:
        return f"đã hết hạn từ {local(one.not_valid_after_utc):%d/%m/%Y}"
    if any(word.speaks_of(day) for word in words):
        return sentence("còn hiệu lực")
    if words:
        return f"chưa biết có bị thu hồi hay không; tin gần nhất lúc {clock(words[0].said_at)}"
    return sentence("chưa biết có bị thu hồi hay không")


def source_of(words: Sequence[Word]) -> str:
    """Say where the newest word is from."""
    return f"{words[0].by}, lập lúc {clock(words[0].said_at)}" if words else ""


def _by_lists(
    one: x509.Certificate, issuer: x509.Certificate, crls: Sequence[bytes]
) -> Iterator[Word]:
    key = issuer.public_key()
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        return
    for der in crls:
        found = x509.load_der_x509_crl(der)
        if found.issuer != one.issuer or not found.is_signature_valid(key):
            continue
        row = found.get_revoked_certificate_by_serial_number(one.serial_number)
        since = row.revocation_date_utc if row is not None else None
        yield Word("CRL", found.last_update_utc, found.next_update_utc, since)


def _by_answers(
    one: x509.Certificate, issuer: x509.Certificate, answers: Sequence[bytes]
) -> Iterator[Word]:
    for der in answers:
        try:
            found = ocsp.load_der_ocsp_response(der)
            word = _word_in(found, one, issuer)
        except _UNREADABLE:
            continue
        if word is not None:
            yield word


def _word_in(
    found: ocsp.OCSPResponse, one: x509.Certificate, issuer: x509.Certificate
) -> Word | None:
    """Return what an answer says, if it is about this certificate and who gave it may do so."""
    if found.response_status != ocsp.OCSPResponseStatus.SUCCESSFUL:
        return None
    if found.serial_number != one.serial_number or not _names(found, issuer):
        return None
    known = found.certificate_status != ocsp.OCSPCertStatus.UNKNOWN
    if not known or not any(_has_signed(who, found) for who in _may_answer(found, issuer)):
        return None
    return Word("OCSP", found.this_update_utc, found.next_update_utc, found.revocation_time_utc)


def _names(found: ocsp.OCSPResponse, issuer: x509.Certificate) -> bool:
    """Say whether an answer is about a certificate of this issuer."""
    digest = hashes.Hash(found.hash_algorithm)
    digest.update(issuer.subject.public_bytes())
    return digest.finalize() == found.issuer_name_hash


def _may_answer(found: ocsp.OCSPResponse, issuer: x509.Certificate) -> Iterator[x509.Certificate]:
    yield issuer
    for one in found.certificates:
        try:
            one.verify_directly_issued_by(issuer)
            uses = one.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        except (*_UNREADABLE, InvalidSignature, x509.ExtensionNotFound):
            continue
        if ExtendedKeyUsageOID.OCSP_SIGNING in uses:
            yield one


def _has_signed(who: x509.Certificate, found: ocsp.OCSPResponse) -> bool:
    algorithm, key = found.signature_hash_algorithm, who.public_key()
    if algorithm is None:
        return False
    try:
        if isinstance(key, rsa.RSAPublicKey):
            signed = found.tbs_response_bytes
            key.verify(found.signature, signed, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(found.signature, found.tbs_response_bytes, ec.ECDSA(algorithm))
        else:
            return False
    except InvalidSignature:
        return False
    return True
