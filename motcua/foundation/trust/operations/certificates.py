"""Register certificates and lists of revocation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.trust.choices import (
    AnswerKind,
    CertificateState,
    HolderKind,
    Way,
)
from motcua.foundation.trust.errors import AlreadyKnown, NoSuchCertificate
from motcua.foundation.trust.models import Anchor, Certificate, RevocationAnswer
from motcua.foundation.trust.rules.certificates import read_certificate, read_crl
from motcua.foundation.trust.rules.moves import check_certificate_move
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

EVERYWHERE = 0  # no unit: only a power over the whole province reaches it


@dataclass(frozen=True, slots=True)
class CertificateIn:
    """One certificate to register: the file, whose it is, and where its key is kept."""

    content: bytes
    holder_kind: HolderKind
    officer_id: int | None = None
    agency_id: int | None = None
    person_id: int | None = None
    way: Way = Way.NONE
    service_code: str = ""
    key_ref: str = ""


@work.story
def register_certificate(given: CertificateIn, *, by: Actor, at: datetime) -> Certificate:
    """Keep a certificate with whose it is.

    Raises: NotAllowed, NotACertificate, AlreadyKnown, BadInput.
    """
    by.require(Power.ADMINISTER_SIGNING, unit_id=EVERYWHERE)
    facts = read_certificate(given.content)
    if Certificate.objects.filter(sha256=facts.sha256).exists():
        raise AlreadyKnown("Chứng thư này đã có trong danh sách.")
    if (given.holder_kind == HolderKind.AUTHORITY) != facts.is_authority:
        raise BadInput("Loại chứng thư không khớp với nội dung tệp.", field="holder_kind")
    certificate = Certificate.objects.create(
        der=facts.der,
        sha256=facts.sha256,
        subject=facts.subject,
        subject_name=facts.subject_name,
        issuer=facts.issuer,
        serial=facts.serial,
        not_before=facts.not_before,
        not_after=facts.not_after,
        key_kind=facts.key_kind,
        key_bits=facts.key_bits,
        holder_kind=given.holder_kind,
        officer_id=given.officer_id,
        agency_id=given.agency_id,
        person_id=given.person_id,
        way=given.way,
        service_code=given.service_code,
        key_ref=given.key_ref,
        added_by_name=by.name,
        added_at=at,
    )
    subject = f"certificate:{facts.sha256}"
    audit.record("trust.certificate_registered", subject, by=by, at=at)
    return certificate


@work.story
def set_certificate_state(
    sha256: str, state: CertificateState, reason: str, *, by: Actor, at: datetime
) -> Certificate:
    """Suspend, revoke, end or take up a certificate again, with the reason.

    Raises: NotAllowed, NoSuchCertificate, TrustError, BadInput without a reason.
    """
    by.require(Power.ADMINISTER_SIGNING, unit_id=EVERYWHERE)
    if not reason.strip():
        raise BadInput("Hãy ghi lý do.", field="reason")
    try:
        certificate = work.lock(Certificate, sha256=sha256)
    except Certificate.DoesNotExist as error:
        raise NoSuchCertificate("Không có chứng thư này.") from error
    check_certificate_move(CertificateState(certificate.state), state)
    certificate.state, certificate.state_reason, certificate.state_at = state, reason.strip(), at
    work.update(certificate, "state", "state_reason", "state_at")
    detail = {"state": str(state), "reason": reason.strip()}
    subject = f"certificate:{sha256}"
    audit.record("trust.certificate_state", subject, by=by, at=at, detail=detail)
    return certificate


@work.story
def keep_crl(
    content: bytes, source: str, *, at: datetime, issuers: Sequence[bytes] = ()
) -> RevocationAnswer:
    """Keep a list of revoked certificates signed by an authority we know; once.

    `issuers` are further ones, whose chain to an anchor was followed by whoever calls.

    Raises: NotACertificate.
    """
    anchors = Anchor.objects.order_by("id").values_list("der", flat=True)
    between = Certificate.objects.filter(holder_kind=HolderKind.AUTHORITY).order_by("id")
    known = (*anchors, *between.values_list("der", flat=True), *issuers)
    found = read_crl(content, tuple(bytes(der) for der in known))
    answer, is_new = RevocationAnswer.objects.get_or_create(
        kind=AnswerKind.CRL,
        issuer_key_hash=found.issuer_key_hash,
        serial="",
        this_update=found.this_update,
        defaults={
            "issuer": found.issuer,
            "der": found.der,
            "next_update": found.next_update,
            "fetched_at": at,
            "source": source,
        },
    )
    if not is_new:
        seen_again(answer, at=at)
    return answer


def seen_again(answer: RevocationAnswer, *, at: datetime) -> None:
    """Note that the same list or answer was the newest when it was asked for again."""
    RevocationAnswer.objects.filter(pk=answer.pk, fetched_at__lt=at).update(fetched_at=at)


@work.story
def bring_crl(content: bytes, *, by: Actor, at: datetime) -> RevocationAnswer:
    """Keep a list of revoked certificates that an administrator brings in a file.

    Raises: NotAllowed, NotACertificate.
    """
    by.require(Power.ADMINISTER_SIGNING, unit_id=EVERYWHERE)
    answer = keep_crl(content, f"tệp do {by.name} đưa vào", at=at)
    subject = f"certificate:{answer.issuer_key_hash}"
    audit.record("trust.list_brought", subject, by=by, at=at)
    return answer
