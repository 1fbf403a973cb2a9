"""What is found out about one signature in XML before anybody is asked whom to believe."""

from dataclasses import dataclass
from hashlib import sha256

from cryptography import x509

from .report import Indication, Verdict
from .words import TWICE, verdict
from .xml_coverage import content_of
from .xml_parts import Ambiguous, BadForm, Beside, Covered, Element, NothingSigned, covered_by
from .xml_properties import (
    Evidence,
    certificates_of,
    evidence_of,
    names_certificate,
    signed_properties,
)
from .xml_values import Method, is_made_by, method_of


@dataclass(frozen=True, slots=True)
class Facts:
    """One signature: who made it how, what it refers to, and what is wrong with that already."""

    signature: Element
    certificate: x509.Certificate
    der: bytes
    embedded: tuple[bytes, ...]
    evidence: Evidence
    method: Method
    covered: tuple[Covered, ...]
    properties: Element | None
    trouble: Verdict | None

    @property
    def certificate_sha256(self) -> str:
        return sha256(self.der).hexdigest()


def facts_of(signature: Element, beside: Beside) -> Facts:
    """Return what can be found out.

    Raises: BadForm, NotReadHere, ValueError for a certificate that is none.
    """
    given, evidence = certificates_of(signature), evidence_of(signature)
    if not given:
        message = "no certificate"
        raise BadForm(message)
    covered, trouble = _covered(signature, beside)
    properties = signed_properties(signature, covered)
    der = _signer(signature, given, properties)
    certificate = x509.load_der_x509_certificate(der)
    return Facts(
        signature=signature,
        certificate=certificate,
        der=der,
        embedded=(*given, *evidence.certificates),
        evidence=evidence,
        method=method_of(signature),
        covered=covered,
        properties=properties,
        trouble=trouble or _trouble(signature, covered, properties, certificate, der),
    )


def _covered(signature: Element, beside: Beside) -> tuple[tuple[Covered, ...], Verdict | None]:
    """Return what a signature refers to, or why that cannot be said."""
    try:
        return tuple(covered_by(signature, beside)), None
    except Ambiguous:
        return (), verdict(Indication.FAILED, TWICE)
    except NothingSigned:
        return (), verdict(Indication.INDETERMINATE, "SIGNED_DATA_NOT_FOUND")


def _signer(signature: Element, given: list[bytes], properties: Element | None) -> bytes:
    """Return the certificate that the signature names, else that which fits its value."""
    if properties is not None:
        named = [der for der in given if names_certificate(properties, der)]
        return named[0] if named else given[0]
    for der in given:
        if is_made_by(signature, x509.load_der_x509_certificate(der)):
            return der
    return given[0]


def _trouble(
    signature: Element,
    covered: tuple[Covered, ...],
    properties: Element | None,
    certificate: x509.Certificate,
    der: bytes,
) -> Verdict | None:
    """Return what is wrong without regard to whom we believe; None if all is in order."""
    if not all(part.is_intact for part in covered):
        return verdict(Indication.FAILED, "HASH_FAILURE")
    if not is_made_by(signature, certificate):
        return verdict(Indication.FAILED, "SIG_CRYPTO_FAILURE")
    if properties is not None and not names_certificate(properties, der):
        return verdict(Indication.INDETERMINATE, "NO_SIGNING_CERTIFICATE_FOUND")
    if not content_of(signature, covered):
        return verdict(Indication.INDETERMINATE, "SIGNED_DATA_NOT_FOUND")
    return None
