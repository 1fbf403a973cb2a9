"""What follows from acts on dossiers: people are told; search can be made again."""

from collections.abc import Iterator, Sequence

from motcua.foundation.outbox import api as outbox
from motcua.foundation.search import api as search

from .api import DossierMoved
from .operations.indexing import KIND, every_entry
from .operations.notifying import tell_applicants, tell_offices


@outbox.delivery_of_rows("dossiers.tell_applicant", DossierMoved.topic)
def applicants_hear(facts: Sequence[outbox.ReadFact]) -> None:
    """Tell those who filed what happened to their dossiers."""
    tell_applicants(facts)


@outbox.delivery_of_rows("dossiers.tell_office", DossierMoved.topic)
def office_hears(facts: Sequence[outbox.ReadFact]) -> None:
    """Tell officers of work that came to them."""
    tell_offices(facts)


@search.source(KIND)
def entries() -> Iterator[search.Entry]:
    """Yield how each dossier is found."""
    return every_entry()
