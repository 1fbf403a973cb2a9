"""Ask authorities how the certificates stand with which people sign here; tell of what was revoked.

Source: docs/law/signatures.md
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from cryptography import x509
from django.db.models import F

from motcua.foundation.audit import api as audit
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Kind, Message
from motcua.foundation.trust.choices import AnswerKind, CertificateState, HolderKind, KnownState
from motcua.foundation.trust.models import Certificate, RevocationAnswer
from motcua.foundation.trust.queries.trusted import anchors_on
from motcua.foundation.trust.rules.asking import Allowed, Permit, Question
from motcua.foundation.trust.rules.certificates import key_hash_of
from motcua.foundation.trust.rules.revocation import chain_to, ocsp_addresses
from motcua.foundation.trust.rules.standing import Standing, standing_by_answer, standing_by_list
from motcua.lib import work
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local

from .asking import inquire
from .warning import hear, hearers_of

logger = logging.getLogger(__name__)
MOST, MOST_SECONDS = 500, 60.0
OLD = timedelta(days=7)
REVOKED = notifications.declare(
    Kind(
        "trust.revoked",
        "Chứng thư số bị thu hồi, tạm dừng",
        "Nơi cấp báo chứng thư số của {name} đã {what}",
        "Chứng thư số {serial} của {name}, nơi cấp {issuer}, đã {what} từ {since}. Từ nay không ký,"
        " không đóng dấu được bằng chứng thư này; hãy hỏi nơi cấp và đăng ký chứng thư mới.",
        for_officers=True,
    )
)
_WHAT = {KnownState.REVOKED: "bị thu hồi", KnownState.HELD: "bị tạm dừng"}
_MOVE = {
    KnownState.REVOKED: CertificateState.REVOKED,
    KnownState.HELD: CertificateState.SUSPENDED,
}
_KNOWN = ("known_state", "known_by", "known_at", "known_since", "asked_at", "ask_error")
_NO_CHAIN = "Chứng thư không dẫn tới gốc nào được tin cậy."
_NO_ADDRESS = "Chứng thư không ghi nơi hỏi tình trạng, và chưa có danh sách thu hồi của nơi cấp."


def refresh_statuses(*, at: datetime) -> int:
    """Ask about certificates in use, those first that were not asked about for longest.

    What the authority says was revoked or suspended is so here from then on, and whoever holds
    it, keeps the seal or administers hears of it. Returns how many that were.

    Costs: six queries; a minute of network at most; a few statements for each certificate.
    """
    rows = _asked_about(at)
    issuers = _issuers(rows, at)
    questions = [_question(bytes(one.der), issuers[one.pk]) for one in rows if one.pk in issuers]
    inquiry = inquire([one for one in questions if one.answers], at=at, seconds=MOST_SECONDS)
    errors = {one.question.der: one.error for one in inquiry.said if one.at is None}
    found = dict(_standings(rows, issuers))
    fallen = [
        one
        for one in rows
        if _note(one, found.get(one.pk), _error(one, issuers, errors), at=inquiry.at)
    ]
    _tell(fallen, at=at)
    return len(fallen)


def _asked_about(at: datetime) -> Sequence[Certificate]:
    used = (CertificateState.ACTIVE, CertificateState.SUSPENDED)
    rows = Certificate.objects.filter(state__in=used, not_after__gt=at)
    rows = rows.exclude(holder_kind=HolderKind.CITIZEN)
    return list(rows.order_by(F("asked_at").asc(nulls_first=True), "id")[:MOST])


def _issuers(rows: Sequence[Certificate], at: datetime) -> Mapping[int, bytes]:
    """Return who issued each certificate whose chain leads to an anchor."""
    anchors = [one.der for one in anchors_on(at)]
    between = Certificate.objects.filter(holder_kind=HolderKind.AUTHORITY).order_by("id")
    known = [bytes(der) for der in between.values_list("der", flat=True)]
    chains = {one.pk: chain_to(bytes(one.der), known, anchors) for one in rows}
    return {key: chain[1] for key, chain in chains.items() if len(chain) > 1}


def _question(der: bytes, issuer: bytes) -> Question:
    """Return the question to the authority; its lists are fetched by `refresh_revocation`."""
    allowed = Allowed(Permit.ANCHORS, frozenset(), any_port=True)
    return Question(der, issuer, is_leaf=True, answers=allowed.of(ocsp_addresses(der)), lists=())


def _standings(
    rows: Sequence[Certificate], issuers: Mapping[int, bytes]
) -> Iterator[tuple[int, Standing]]:
    """Yield how certificates stand by the newest word about them. Costs: two queries."""
    hashes = {issuer: key_hash_of(issuer) for issuer in set(issuers.values())}
    kept = RevocationAnswer.objects.filter(issuer_key_hash__in=hashes.values())
    newest = kept.filter(kind=AnswerKind.CRL).order_by("issuer_key_hash", "-this_update")
    lists = {
        one.issuer_key_hash: x509.load_der_x509_crl(bytes(one.der))
        for one in newest.distinct("issuer_key_hash")
    }
    answers = {
        (one.issuer_key_hash, one.serial): standing_by_answer(bytes(one.der))
        for one in kept.filter(
            kind=AnswerKind.OCSP, serial__in=[one.serial for one in rows]
        ).order_by("this_update")
    }
    for one in rows:
        key = hashes.get(issuers.get(one.pk, b""), "")
        words = [answers.get((key, one.serial))]
        if key in lists:
            words.append(standing_by_list(lists[key], int(one.serial, 16)))
        told = [word for word in words if word is not None]
        if told:
            yield one.pk, max(told, key=lambda word: word.said_at)


def _error(one: Certificate, issuers: Mapping[int, bytes], errors: Mapping[bytes, str]) -> str:
    """Return why nothing came this time, nothing if all is well."""
    if one.pk not in issuers:
        return _NO_CHAIN
    return errors.get(bytes(one.der), "")


@work.story
def _note(one: Certificate, found: Standing | None, error: str, *, at: datetime) -> bool:
    """Keep how a certificate stands; say whether it is out of use from now on."""
    one.asked_at, one.ask_error = at, error[:300]
    if found is None:
        one.ask_error = one.ask_error or _NO_ADDRESS
    else:
        one.known_state, one.known_by = found.state, found.by
        one.known_at, one.known_since = found.said_at, found.since
    work.update(one, *_KNOWN)
    target = _MOVE.get(KnownState(one.known_state)) if found is not None else None
    if target is None or target == one.state or found is None:
        return False
    reason = f"Nơi cấp báo đã {_WHAT[found.state]} ({found.by.upper()})."
    one.state, one.state_reason, one.state_at = target, reason, found.since
    work.update(one, "state", "state_reason", "state_at")
    detail = {"state": str(target), "reason": reason}
    audit.record(
        "trust.certificate_state", f"certificate:{one.sha256}", by=SYSTEM, at=at, detail=detail
    )
    return True


@work.story
def _tell(fallen: Sequence[Certificate], *, at: datetime) -> None:
    if not fallen:
        return
    hearers = hearers_of(fallen, at)
    notifications.notify_all(
        [Message(hear(one, hearers, at), REVOKED, _values(one), at) for one in fallen], by=SYSTEM
    )
    logger.warning("certificates_revoked", extra={"count": len(fallen)})


def _values(one: Certificate) -> dict[str, str]:
    return {
        "name": one.subject_name,
        "what": _WHAT[KnownState(one.known_state)],
        "serial": one.serial,
        "issuer": one.issuer_name,
        "since": f"{local(one.known_since):%d/%m/%Y %H:%M}" if one.known_since else "",
    }


def forget_answers(*, at: datetime) -> int:
    """Forget answers about single certificates that nobody saw for a week; return how many."""
    old = RevocationAnswer.objects.filter(kind=AnswerKind.OCSP, fetched_at__lt=at - OLD)
    gone, _ = old.delete()
    return gone
