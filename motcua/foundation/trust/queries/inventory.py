"""The certificates of officers, agencies and services, as administrators look at them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from motcua.foundation.organisation import api as organisation
from motcua.foundation.trust.choices import CertificateState, HolderKind
from motcua.foundation.trust.errors import NoSuchCertificate
from motcua.foundation.trust.models import Certificate
from motcua.lib.text import tidy

Place = tuple[datetime, int]
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class InventoryAsk:
    """Which certificates are looked for; nothing asks for all."""

    text: str = ""
    state: str = ""
    holder_kind: str = ""
    within_days: int | None = None


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One certificate with the name of whose it is today."""

    certificate: Certificate
    holder: str


def inventory(
    ask: InventoryAsk, *, at: datetime, after: Place | None = None, limit: int
) -> Sequence[CertificateRow]:
    """Return certificates, those that end first first, after a place if one is given.

    Costs: two queries.
    """
    rows = _asked(ask, at)
    if after is not None:
        later = Q(not_after__gt=after[0]) | Q(not_after=after[0], pk__gt=after[1])
        rows = rows.filter(later)
    return with_holders(list(rows.order_by("not_after", "pk")[:limit]))


def whole_inventory(ask: InventoryAsk, *, at: datetime) -> Iterator[CertificateRow]:
    """Yield all of them for a file. Costs: two queries for every 500."""
    after: Place | None = None
    while rows := inventory(ask, at=at, after=after, limit=_AT_ONCE):
        yield from rows
        latest = rows[-1].certificate
        after = (latest.not_after, latest.pk)


def _asked(ask: InventoryAsk, at: datetime) -> QuerySet[Certificate]:
    rows = Certificate.objects.all()
    if text := tidy(ask.text):
        rows = rows.filter(
            Q(subject_name__icontains=text)
            | Q(issuer__icontains=text)
            | Q(serial__istartswith=text.lower())
            | Q(sha256__startswith=text.replace(" ", "").lower())
        )
    if ask.state in CertificateState.values:
        rows = rows.filter(state=ask.state)
    if ask.holder_kind in HolderKind.values:
        rows = rows.filter(holder_kind=ask.holder_kind)
    if ask.within_days is not None:
        rows = rows.filter(not_after__lt=at + timedelta(days=ask.within_days))
    return rows


def get_certificate(sha256: str) -> CertificateRow:
    """Return one certificate with its holder. Raises: NoSuchCertificate. Costs: two queries."""
    found = Certificate.objects.filter(sha256=sha256).first()
    if found is None:
        raise NoSuchCertificate("Không có chứng thư này.")
    return with_holders([found])[0]


def with_holders(certificates: Sequence[Certificate]) -> Sequence[CertificateRow]:
    """Return certificates with the names of their holders. Costs: one query."""
    ids = {one.officer_id for one in certificates if one.officer_id is not None}
    officers: Mapping[int, str] = (
        dict(organisation.Officer.objects.filter(pk__in=ids).values_list("pk", "full_name"))
        if ids
        else {}
    )
    return [CertificateRow(one, _holder(one, officers)) for one in certificates]


def _holder(one: Certificate, officers: Mapping[int, str]) -> str:
    if one.officer_id is not None:
        return officers.get(one.officer_id, "")
    return agency_name(one.agency_id) if one.agency_id is not None else ""


def agency_name(agency_id: int) -> str:
    """Return an agency's name today, nothing if the tree does not hold it."""
    try:
        return organisation.tree().agency(agency_id).name
    except organisation.NoSuchUnit:
        return ""
