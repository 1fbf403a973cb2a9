"""What is asked about revoked certificates, and what an answer must be before it is believed.

Source: docs/law/signing.md
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, ExtensionOID

from motcua.foundation.trust.errors import NotAnAnswer

from .certificates import is_issued_by, key_hash_of

DRIFT = timedelta(minutes=5)
LONGEST_CHAIN = 6


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves of some certificates that they held: authorities, lists and answers, as DER."""

    certificates: tuple[bytes, ...] = field(repr=False, default=())
    crls: tuple[bytes, ...] = field(repr=False, default=())
    ocsps: tuple[bytes, ...] = field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """What an authority said about one certificate; `revoked_at` is empty while it holds."""

    der: bytes = field(repr=False)
    issuer: str
    issuer_key_hash: str
    serial: str
    this_update: datetime
    next_update: datetime | None
    revoked_at: datetime | None
    responder: bytes | None = field(repr=False)


def chain_to(der: bytes, known: Sequence[bytes], anchors: Sequence[bytes]) -> tuple[bytes, ...]:
    """Return the certificate and all above it to an anchor, which is the last; else nothing."""
    chain = [der]
    while len(chain) <= LONGEST_CHAIN and chain[-1] not in anchors:
        above = (one for one in (*anchors, *known) if one != chain[-1])
        issuer = next((one for one in above if is_issued_by(chain[-1], one)), None)
        if issuer is None:
            return ()
        chain.append(issuer)
    return tuple(chain) if chain[-1] in anchors else ()


def ocsp_addresses(der: bytes) -> list[str]:
    """Return where the authority of a certificate is asked about it."""
    try:
        found = x509.load_der_x509_certificate(der).extensions.get_extension_for_class(
            x509.AuthorityInformationAccess
        )
    except (x509.ExtensionNotFound, ValueError):
        return []
    wanted = AuthorityInformationAccessOID.OCSP
    return _web([one.access_location for one in found.value if one.access_method == wanted])


def crl_addresses(der: bytes) -> list[str]:
    """Return where the list lies in which a certificate would stand if it were revoked."""
    try:
        found = x509.load_der_x509_certificate(der).extensions.get_extension_for_class(
            x509.CRLDistributionPoints
        )
    except (x509.ExtensionNotFound, ValueError):
        return []
    return _web([name for point in found.value for name in point.full_name or ()])


def _web(names: Sequence[x509.GeneralName]) -> list[str]:
    values = [one.value for one in names if isinstance(one, x509.UniformResourceIdentifier)]
    return [value for value in values if value.startswith(("http://", "https://"))]


def needs_no_check(der: bytes) -> bool:
    """Say whether the authority vouches for this responder for as long as its certificate runs."""
    try:
        x509.load_der_x509_certificate(der).extensions.get_extension_for_class(x509.OCSPNoCheck)
    except (x509.ExtensionNotFound, ValueError):
        return False
    return True


def question_about(der: bytes, issuer: bytes) -> bytes:
    """Return the question to an authority about one of its certificates."""
    builder = ocsp.OCSPRequestBuilder().add_certificate(
        x509.load_der_x509_certificate(der),
        x509.load_der_x509_certificate(issuer),
        hashes.SHA1(),  # noqa: S303 -- names the issuer only; many responders know no other
    )
    return builder.build().public_bytes(Encoding.DER)


def read_answer(content: bytes, der: bytes, issuer: bytes, *, at: datetime) -> StatusAnswer:
    """Return what an authority says of a certificate, if it says it, and of that certificate.

    Raises: NotAnAnswer.
    """
    try:
        found = ocsp.load_der_ocsp_response(content)
        return _read(found, content, der, issuer, at)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise NotAnAnswer("Nơi cấp chứng thư trả lời sai dạng.") from error


def _read(
    found: ocsp.OCSPResponse, content: bytes, der: bytes, issuer: bytes, at: datetime
) -> StatusAnswer:
    if found.response_status != ocsp.OCSPResponseStatus.SUCCESSFUL:
        raise NotAnAnswer("Nơi cấp chứng thư không trả lời câu hỏi.")
    about = x509.load_der_x509_certificate(der)
    above = x509.load_der_x509_certificate(issuer)
    if found.serial_number != about.serial_number or not _is_of(found, above):
        raise NotAnAnswer("Nơi cấp chứng thư trả lời về một chứng thư khác.")
    _check_time(found.this_update_utc, found.next_update_utc, at)
    if found.certificate_status == ocsp.OCSPCertStatus.UNKNOWN:
        raise NotAnAnswer("Nơi cấp nói không biết chứng thư này.")
    responder = _responder_of(found, above)
    return StatusAnswer(
        der=content,
        issuer=above.subject.rfc4514_string(),
        issuer_key_hash=key_hash_of(issuer),
        serial=f"{about.serial_number:x}",
        this_update=found.this_update_utc,
        next_update=found.next_update_utc,
        revoked_at=found.revocation_time_utc,
        responder=responder,
    )


def _is_of(found: ocsp.OCSPResponse, issuer: x509.Certificate) -> bool:
    """Say whether an answer is about a certificate of this issuer."""
    # We ask with SHA-1, so an answer with another hash is about another question.
    inner = x509.SubjectKeyIdentifier.from_public_key(issuer.public_key()).digest
    return isinstance(found.hash_algorithm, hashes.SHA1) and found.issuer_key_hash == inner


def _check_time(this_update: datetime, next_update: datetime | None, at: datetime) -> None:
    """Raises: NotAnAnswer if it speaks of another time."""
    if this_update > at + DRIFT:
        raise NotAnAnswer("Trả lời của nơi cấp mang giờ ở tương lai.")
    if next_update is not None and next_update < at - DRIFT:
        raise NotAnAnswer("Trả lời của nơi cấp đã quá hạn.")


def _responder_of(found: ocsp.OCSPResponse, issuer: x509.Certificate) -> bytes | None:
    """Return who answered in the issuer's place, None if it was the issuer itself.

    Raises: NotAnAnswer if it was neither.
    """
    if _has_signed(issuer, found):
        return None
    for one in found.certificates:
        if _has_signed(one, found) and _may_answer(one, issuer):
            return one.public_bytes(Encoding.DER)
    raise NotAnAnswer("Trả lời không phải của nơi cấp chứng thư này.")


def _may_answer(one: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        one.verify_directly_issued_by(issuer)
        uses = one.extensions.get_extension_for_oid(ExtensionOID.EXTENDED_KEY_USAGE).value
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    return isinstance(uses, x509.ExtendedKeyUsage) and ExtendedKeyUsageOID.OCSP_SIGNING in uses


def _has_signed(one: x509.Certificate, found: ocsp.OCSPResponse) -> bool:
    algorithm, key = found.signature_hash_algorithm, one.public_key()
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


def revoked_in(crl: bytes, der: bytes) -> datetime | None:
    """Return since when a certificate stands in a list of revoked ones; None if it does not."""
    serial = x509.load_der_x509_certificate(der).serial_number
    entry = x509.load_der_x509_crl(crl).get_revoked_certificate_by_serial_number(serial)
    return entry.revocation_date_utc if entry is not None else None
