"""Which documents we hold already may be the same as one that came.

Source: docs/law/documents.md
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from motcua.casework.documents.choices import Direction
from motcua.casework.documents.models import Document
from motcua.casework.documents.rules.moves import NOT_HELD
from motcua.casework.documents.rules.names import match_key

_SHOWN = 5


def same_as(
    agency_id: int,
    *,
    identifier: str = "",
    named: tuple[str, str, str, date | None] = ("", "", "", None),
    but: int = 0,
) -> Sequence[Document]:
    """Return documents of the agency with the same identifier, or number, symbol, issuer and day.

    `named` is number, notation, issuer and day of issue; `but` is the document itself.
    Costs: one query.
    """
    key = match_key(*named)
    conditions = Q(pk__in=[])
    if identifier:
        conditions |= Q(identifier=identifier)
    if key:
        conditions |= Q(match_key=key)
    found = Document.objects.filter(conditions, agency_id=agency_id).exclude(pk=but)
    return list(found.order_by("pk")[:_SHOWN])


def held_already(agency_id: int, identifier: str, *, but: int = 0) -> Document | None:
    """Return what came in under an identifier and is still with the agency, the first of it.

    What bears no identifier is like nothing. Costs: one query.
    """
    if not identifier:
        return None
    same = Document.objects.filter(
        agency_id=agency_id, identifier=identifier, direction=Direction.INCOMING
    ).exclude(state__in=NOT_HELD)
    return same.exclude(pk=but).order_by("sort_at", "id").first()


def duplicates_of(document: Document) -> Sequence[Document]:
    """Return what the agency held before the document and is probably the same.

    Costs: one query.
    """
    named = (document.number, document.notation, document.issuer_name, document.issued_on)
    found = same_as(
        document.agency_id, identifier=document.identifier, named=named, but=document.pk
    )
    return [one for one in found if one.pk < document.pk]
