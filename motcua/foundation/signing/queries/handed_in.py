"""What officers handed in themselves: documents of one's own, copies and attachments made."""

from collections.abc import Collection, Sequence

from django.db.models import QuerySet

from motcua.foundation.access import api as access
from motcua.foundation.signing.choices import DocumentKind
from motcua.foundation.signing.models import SigningRequest, SigningScope
from motcua.lib.actor import Actor
from motcua.lib.paging import PAGE_SIZE

_OWN = (DocumentKind.MODULE_PDF, DocumentKind.XML)


def handed_in_by(
    actor: Actor, *, before: int = 0, limit: int = PAGE_SIZE
) -> Sequence[SigningRequest]:
    """Return what the actor handed in for signatures, the newest first. Costs: one query."""
    rows = SigningRequest.objects.filter(created_by_id=actor.id, document_kind__in=_OWN)
    return _newest(rows, before, limit)


def made_at(
    actor: Actor, kinds: Collection[DocumentKind], *, before: int = 0, limit: int = PAGE_SIZE
) -> Sequence[SigningRequest]:
    """Return copies and attachments of the actor's agency, the newest first; those he may know of.

    Costs: two queries.
    """
    rows = SigningRequest.objects.filter(agency_id=actor.agency_id or 0, document_kind__in=kinds)
    found = _newest(rows, before, limit)
    known = access.visible_among(SigningScope, actor, [one.pk for one in found])
    return [one for one in found if one.pk in known]


def _newest(rows: QuerySet[SigningRequest], before: int, limit: int) -> Sequence[SigningRequest]:
    if before:
        rows = rows.filter(id__lt=before)
    return list(rows.order_by("-id")[:limit])
