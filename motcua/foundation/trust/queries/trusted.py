"""Whom we believe on a day."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from motcua.foundation.trust.choices import (
    AnchorState,
    AnswerKind,
    CertificateState,
    HolderKind,
    Purpose,
)
from motcua.foundation.trust.errors import NoSuchAnchor
from motcua.foundation.trust.models import Anchor, Certificate, RevocationAnswer
from motcua.foundation.trust.rules.certificates import is_issued_by
from motcua.foundation.trust.rules.view import AnchorInfo, TrustView
from motcua.lib.clock import local_day
from motcua.lib.dated import holding_on

_LONGEST_CHAIN = 5
_MOST_ANSWERS = 300


def anchors_on(at: datetime) -> tuple[AnchorInfo, ...]:
    """Return the anchors believed at that moment. Costs: one query."""
    trusted = Anchor.objects.filter(holding_on(local_day(at)), approved_at__lte=at).filter(
        Q(state=AnchorState.TRUSTED) | Q(state=AnchorState.WITHDRAWN, withdrawn_at__gt=at)
    )
    return tuple(
        AnchorInfo(one.name, Purpose(one.purpose), one.sha256, bytes(one.der))
        for one in trusted.order_by("name", "id")
    )


def anchors_on_record() -> Sequence[Anchor]:
    """Return every anchor there ever was, those waiting for approval first. Costs: one query."""
    return list(Anchor.objects.order_by("-proposed_at", "-id"))


def get_anchor(sha256: str) -> Anchor:
    """Return one anchor, whatever became of it. Raises: NoSuchAnchor."""
    found = Anchor.objects.filter(sha256=sha256).first()
    if found is None:
        raise NoSuchAnchor("Không có gốc tin cậy này.")
    return found


def trust_view(at: datetime) -> TrustView:
    """Return what a judge of signatures is told of the world as we know it now, to judge at `at`.

    Of each authority the newest list of then and the newest of all are told, and the answers about
    single certificates that came last: what an examination is handed has bounds.

    Costs: six queries.
    """
    between = Certificate.objects.filter(holder_kind=HolderKind.AUTHORITY)
    revoked = Certificate.objects.filter(
        state=CertificateState.REVOKED, state_at__isnull=False
    ).values_list("sha256", "state_at")
    lists = RevocationAnswer.objects.filter(kind=AnswerKind.CRL).order_by(
        "issuer_key_hash", "-this_update", "-id"
    )
    newest = lists.distinct("issuer_key_hash")
    told = {one.pk: bytes(one.der) for one in newest}
    told |= {one.pk: bytes(one.der) for one in newest.filter(this_update__lte=at)}
    answers = RevocationAnswer.objects.filter(kind=AnswerKind.OCSP).order_by("-fetched_at", "-id")
    return TrustView(
        at=at,
        anchors=anchors_on(at),
        others=tuple(bytes(one.der) for one in between.order_by("id")),
        crls=tuple(told.values()),
        ocsps=tuple(map(bytes, answers.values_list("der", flat=True)[:_MOST_ANSWERS])),
        revoked={digest: since for digest, since in revoked if since is not None},
    )


def chain_of(der: bytes) -> tuple[bytes, ...]:
    """Return the authorities above a certificate, nearest first, without the root.

    Costs: one query for each authority.
    """
    chain: list[bytes] = []
    below = der
    while len(chain) < _LONGEST_CHAIN and (above := _issuer_of(below)) is not None:
        chain.append(above)
        below = above
    return tuple(chain)


def _issuer_of(der: bytes) -> bytes | None:
    known = Certificate.objects.filter(holder_kind=HolderKind.AUTHORITY).order_by("id")
    for one in known.values_list("der", flat=True):
        if bytes(one) != der and is_issued_by(der, bytes(one)):
            return bytes(one)
    return None
