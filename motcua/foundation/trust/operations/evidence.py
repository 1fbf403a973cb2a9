"""Gather what proves that certificates held: ask their authorities, keep what they answer.

Source: docs/law/signing.md
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from motcua.foundation.trust import ports
from motcua.foundation.trust.choices import AnswerKind, HolderKind
from motcua.foundation.trust.errors import (
    EvidenceMissing,
    NotACertificate,
    NotAnAnswer,
    WasRevoked,
)
from motcua.foundation.trust.models import Certificate, RevocationAnswer
from motcua.foundation.trust.queries.trusted import anchors_on
from motcua.foundation.trust.rules.certificates import key_hash_of
from motcua.foundation.trust.rules.revocation import (
    Evidence,
    StatusAnswer,
    chain_to,
    crl_addresses,
    needs_no_check,
    ocsp_addresses,
    question_about,
    read_answer,
    revoked_in,
)
from motcua.lib import work

from .certificates import keep_crl, seen_again


@dataclass(slots=True)
class _Gathering:
    """What was found so far, and which addresses gave no answer and are asked no more."""

    at: datetime
    since: datetime = field(init=False)
    certificates: dict[bytes, None] = field(default_factory=dict)
    crls: dict[bytes, None] = field(default_factory=dict)
    ocsps: dict[bytes, None] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)

    def asked(self, addresses: Sequence[str], ask: Callable[[str], bytes]) -> Iterator[bytes]:
        """Yield the answers of those who answer."""
        for address in addresses:
            if address in self.down:
                continue
            try:
                yield ask(address)
            except ports.LineDown:
                self.down.add(address)


def evidence_for(
    wanted: Mapping[bytes, datetime], others: Sequence[bytes] = (), *, at: datetime
) -> Evidence:
    """Return what proves that certificates held when they signed, each up to an anchor.

    `others` are certificates that may stand between, such as those in the document.

    Raises: EvidenceMissing, WasRevoked.
    Costs: three queries; up to two questions over the network for each certificate.
    """
    found = _Gathering(at)
    anchors = [one.der for one in anchors_on(at)]
    between = Certificate.objects.filter(holder_kind=HolderKind.AUTHORITY).order_by("id")
    known = [*(bytes(der) for der in between.values_list("der", flat=True)), *others]
    waiting = list(wanted.items())
    while waiting:
        leaf, found.since = waiting.pop()
        chain = chain_to(leaf, known, anchors)
        if not chain:
            raise EvidenceMissing("Chứng thư không dẫn tới gốc nào được tin cậy.")
        for one, issuer in pairwise(chain):
            if one not in found.certificates:
                besides = _prove(one, issuer, found, is_leaf=one == leaf)
                waiting += [(der, found.since) for der in besides]
        found.certificates |= dict.fromkeys(chain)
    return Evidence(tuple(found.certificates), tuple(found.crls), tuple(found.ocsps))


def _prove(one: bytes, issuer: bytes, found: _Gathering, *, is_leaf: bool) -> list[bytes]:
    """Add what proves that a certificate held; return whose certificate must be proven besides.

    Of authorities a list that still counts will do; a leaf's status is asked after it signed.
    """
    kept = _kept_crl(issuer, found)
    is_enough = kept is not None and (not is_leaf or kept.this_update >= found.since)
    if kept is not None and is_enough:
        return _with_crl(bytes(kept.der), one, found)
    for answer in found.asked(ocsp_addresses(one), lambda to: _ask_ocsp(to, one, issuer)):
        if (said := _read(answer, one, issuer, found)) is not None:
            _check(said.revoked_at, found)
            found.ocsps[said.der] = None
            is_vouched = said.responder is None or needs_no_check(said.responder)
            return [] if is_vouched or said.responder is None else [said.responder]
    for content in found.asked(crl_addresses(one), ports.line().crl):
        if (fetched := _fetched_crl(content, issuer, found)) is not None:
            return _with_crl(fetched, one, found)
    if kept is not None:
        return _with_crl(bytes(kept.der), one, found)
    raise EvidenceMissing("Chưa hỏi được nơi cấp về tình trạng chứng thư; hệ thống tự hỏi lại.")


def _with_crl(crl: bytes, one: bytes, found: _Gathering) -> list[bytes]:
    _check(revoked_in(crl, one), found)
    found.crls[crl] = None
    return []


def _check(revoked_at: datetime | None, found: _Gathering) -> None:
    """Raises: WasRevoked if it was before the moment that counts."""
    if revoked_at is not None and revoked_at <= found.since:
        when = f"{revoked_at:%d/%m/%Y %H:%M} UTC"
        raise WasRevoked(f"Chứng thư đã bị thu hồi từ {when}, trước khi ký.")


def _ask_ocsp(address: str, one: bytes, issuer: bytes) -> bytes:
    return ports.line().ocsp(address, question_about(one, issuer))


def _read(content: bytes, one: bytes, issuer: bytes, found: _Gathering) -> StatusAnswer | None:
    """Return an answer that can be believed, and keep it; nonsense is as good as none."""
    try:
        said = read_answer(content, one, issuer, at=found.at)
    except NotAnAnswer:
        return None
    if said.this_update < found.since and said.next_update is None:
        return None
    keep_ocsp(said, at=found.at)
    return said


def _fetched_crl(content: bytes, issuer: bytes, found: _Gathering) -> bytes | None:
    try:
        kept = keep_crl(content, "tải từ nơi cấp", at=found.at)
    except NotACertificate:
        return None
    is_of_issuer = kept.issuer_key_hash == key_hash_of(issuer)
    is_valid = kept.next_update is None or kept.next_update > found.at
    return bytes(kept.der) if is_of_issuer and is_valid else None


def _kept_crl(issuer: bytes, found: _Gathering) -> RevocationAnswer | None:
    """Return the newest list of an authority that still counts. Costs: one query."""
    return (
        RevocationAnswer.objects.filter(
            kind=AnswerKind.CRL,
            issuer_key_hash=key_hash_of(issuer),
            this_update__lte=found.at,
            next_update__gt=found.at,
        )
        .order_by("-this_update")
        .first()
    )


@work.story
def keep_ocsp(said: StatusAnswer, *, at: datetime) -> RevocationAnswer:
    """Keep what an authority said of a certificate, in place of what it said before.

    Documents carry what proves them; here the newest answer is enough.
    """
    about = {
        "kind": AnswerKind.OCSP,
        "issuer_key_hash": said.issuer_key_hash,
        "serial": said.serial,
    }
    RevocationAnswer.objects.filter(**about, this_update__lt=said.this_update).delete()
    answer, is_new = RevocationAnswer.objects.get_or_create(
        **about,
        this_update=said.this_update,
        defaults={
            "issuer": said.issuer,
            "der": said.der,
            "next_update": said.next_update,
            "fetched_at": at,
            "source": "hỏi nơi cấp (OCSP)",
        },
    )
    if not is_new:
        seen_again(answer, at=at)
    return answer
