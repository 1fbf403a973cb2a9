"""What is known of one certificate: where its chain ends, and how it stood on a day."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding

from .report import ISSUER, CertificateShown, Indication, TrustShown, Verdict, World
from .statuses import source_of, state_by, words_about
from .words import REPORTED_REVOKED, TRY_LATER, clean, verdict

# What the reader of certificates answers to one that is damaged; not all of it is a ValueError.
UNREADABLE_CERTIFICATE = (
    *(ValueError, TypeError, UnsupportedAlgorithm),
    *(x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType),
)
_LONGEST_CHAIN = 6
_VAGUE = "CERTIFICATE_CHAIN_GENERAL_FAILURE"
Chain = list[x509.Certificate]
_Authority = tuple[x509.Certificate, str]


def trust_of(der: bytes, embedded: Iterable[bytes], world: World) -> TrustShown:
    """Say in which anchor the chain of a certificate ends; each link is a signature checked."""
    chain, anchor = chain_of(der, embedded, world)
    if anchor:
        words = f"Chuỗi chứng thư dẫn đến gốc tin cậy “{anchor}”."
        return TrustShown(is_trusted=True, anchor=anchor, why=words)
    if len(chain) > _LONGEST_CHAIN:
        return TrustShown(is_trusted=False, anchor="", why="Chuỗi chứng thư quá dài.")
    words = f"Không có gốc tin cậy nào ở đây nhận nơi cấp “{name_of(chain[-1].issuer)}”."
    return TrustShown(is_trusted=False, anchor="", why=words)


def chain_of(der: bytes, embedded: Iterable[bytes], world: World) -> tuple[Chain, str]:
    """Return a certificate and those above it as far as they are known, with the anchor's name."""
    known, chain, anchor = _authorities(embedded, world), [x509.load_der_x509_certificate(der)], ""
    while not anchor and len(chain) <= _LONGEST_CHAIN:
        found = _issuer_of(chain[-1], known)
        if found is None:
            break
        above, anchor = found
        chain.append(above)
    return chain, anchor


def certificates_shown(
    role: str, der: bytes, embedded: Iterable[bytes], world: World, *, at: datetime
) -> Iterator[CertificateShown]:
    """Yield a certificate and those between it and its anchor: how each stood then and stands now.

    `at` is then: when it signed.
    """
    chain, _ = chain_of(der, embedded, world)
    for place, one in enumerate(chain):
        issuer = chain[place + 1] if place + 1 < len(chain) else None
        if issuer is None and place:
            return  # the anchor, or the last who is known: believed or not, nobody speaks of it
        words, own = words_about(one, issuer, world), one.public_bytes(Encoding.DER)
        yield CertificateShown(
            role=ISSUER if place else role,
            name=name_of(one.subject),
            sha256=sha256(own).hexdigest(),
            then=state_by(one, words, at),
            now=state_by(one, words, world.at),
            known_by=source_of(words),
            der=b64encode(own).decode(),
        )


def _authorities(embedded: Iterable[bytes], world: World) -> list[_Authority]:
    """Return anchors with their names first, then everybody else who may have issued."""
    named = [(_load(der), name) for der, name in world.anchors.items()]
    others = [(_load(der), "") for der in (*world.others, *embedded)]
    return [(one, name) for one, name in (*named, *others) if one is not None]


def _load(der: bytes) -> x509.Certificate | None:
    """Return a certificate; one that cannot be read can have issued nothing."""
    try:
        return x509.load_der_x509_certificate(der)
    except UNREADABLE_CERTIFICATE:
        return None


def _issuer_of(below: x509.Certificate, known: list[_Authority]) -> _Authority | None:
    for above, name in known:
        if above.subject == below.issuer and above != below and _has_issued(above, below):
            return above, name
    return None


def _has_issued(above: x509.Certificate, below: x509.Certificate) -> bool:
    try:
        below.verify_directly_issued_by(above)
    except (*UNREADABLE_CERTIFICATE, InvalidSignature):
        return False
    return True


def organisation_of(name: x509.Name) -> str:
    """Return the organisation, if a name tells one."""
    found = name.get_attributes_for_oid(x509.NameOID.ORGANIZATION_NAME)
    return clean(", ".join(str(one.value) for one in found))


def name_of(name: x509.Name) -> str:
    """Return the common name, or the whole of a name without one."""
    found = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return clean(str(found[0].value) if found else name.rfc4514_string())


def believed(
    found: Verdict, der: bytes, trust: TrustShown, world: World, *, at: datetime
) -> Verdict:
    """Return a verdict after what we know ourselves: our anchors, and revocations told to us.

    Nothing passes of which we cannot say in which anchor its chain ends. `at` is the moment that
    was proven, or that of judging.
    """
    if found.sub == _VAGUE and trust.is_trusted:
        found = _clearer(found, der, world, at)
    since = world.revoked.get(sha256(der).hexdigest())
    if since is not None and since <= world.at and found.indication != Indication.FAILED:
        return verdict(Indication.INDETERMINATE, REPORTED_REVOKED)
    if found.indication != Indication.PASSED or trust.is_trusted:
        return found
    return verdict(Indication.INDETERMINATE, "NO_CERTIFICATE_CHAIN_FOUND")


def _clearer(found: Verdict, der: bytes, world: World, at: datetime) -> Verdict:
    """Say what the engine only calls a chain with something wrong, where we know what it is."""
    one = x509.load_der_x509_certificate(der)
    if one.not_valid_after_utc < at:
        return verdict(Indication.INDETERMINATE, "OUT_OF_BOUNDS_NO_POE")
    above = _issuer_of(one, _authorities((), world))
    if not any(word.speaks_of(at) for word in words_about(one, above and above[0], world)):
        return verdict(Indication.INDETERMINATE, TRY_LATER)
    return found
