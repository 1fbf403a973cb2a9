"""What follows from acts on dossiers: people are told; search can be made again."""

from collections.abc import Iterator

from motcua.foundation.outbox import api as outbox
from motcua.foundation.search import api as search

from .api import DossierMoved
from .operations.indexing import KIND, every_entry
from .operations.notifying import tell_applicant, tell_office


@outbox.delivery("dossiers.tell_applicant", DossierMoved.topic)
def applicant_hears(fact: outbox.ReadFact) -> None:
    """Tell who filed the dossier what happened to it."""
    tell_applicant(fact)


@outbox.delivery("dossiers.tell_office", DossierMoved.topic)
def office_hears(fact: outbox.ReadFact) -> None:
    """Tell officers of work that came to them."""
    tell_office(fact)


@search.source(KIND)
def entries() -> Iterator[search.Entry]:
    """Yield how each dossier is found."""
    return every_entry()
