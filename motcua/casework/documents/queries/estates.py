"""What agencies that ended have left open, for those who stand in their place."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from motcua.casework.documents.models import Document, DocumentStep
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import Change
from motcua.lib import work

_LEFT = """
SELECT DISTINCT agency_id FROM (
  SELECT agency_id FROM documents_document WHERE is_open
  UNION SELECT d.agency_id FROM documents_documentstep s
        JOIN documents_document d ON d.id = s.document_id WHERE s.closed_at IS NULL
  UNION SELECT agency_id FROM documents_series WHERE valid_to IS NULL
) x
"""


@dataclass(frozen=True, slots=True)
class Estate:
    """An agency that ended with something left, and who stands in its place.

    It is simple if another agency came after it under a new name: then nobody needs to be asked.
    """

    agency_id: int
    name: str
    heirs: tuple[int, ...]
    is_simple: bool


def estates() -> Sequence[Estate]:
    """Return every agency that ended and has left documents or a series open, by name.

    Costs: one query, and some for each that ended.
    """
    tree = organisation.tree()
    ended = [row[0] for row in work.fetch(_LEFT, []) if not tree.agency(row[0]).is_living]
    found = (estate_of(agency_id) for agency_id in ended)
    return sorted((one for one in found if one.heirs), key=lambda one: one.name)


def estate_of(agency_id: int) -> Estate:
    """Return who stands in the place of an agency that ended. Costs: some queries."""
    heirs = tuple(organisation.living_heirs_of_agency(agency_id))
    links = organisation.successions_of_agency(agency_id)
    kinds = {link.kind for link in links if link.from_agency_id == agency_id}
    is_simple = len(heirs) == 1 and kinds == {Change.RENAME}
    return Estate(agency_id, organisation.tree().agency(agency_id).name, heirs, is_simple)


def open_documents_of(agency_ids: Collection[int]) -> Sequence[Document]:
    """Return what agencies have left open, the oldest first. Costs: one query."""
    mine = Document.objects.filter(agency_id__in=agency_ids, imported_from="")
    steps = DocumentStep.objects.filter(closed_at=None, document__agency_id__in=agency_ids)
    waiting = mine.filter(pk__in=steps.values("document_id"))
    found = mine.filter(is_open=True) | waiting
    return list(found.order_by("sort_at", "id"))
