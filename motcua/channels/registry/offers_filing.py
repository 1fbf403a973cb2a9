"""That a document may be put into a work file."""

from motcua.casework.documents.api import State, WholeDocument
from motcua.channels.kit.addresses import address
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor

from .offers import Offer

_NOT_YET = (State.ARRIVED, State.REFUSED, State.LINKED, State.DRAFT, State.DROPPED)


def filing_offers(actor: Actor, whole: WholeDocument) -> list[Offer]:
    """Return that a document may be put into one of the actor's work files."""
    if not actor.can(Power.DRAFT_DOCUMENTS) or whole.document.state in _NOT_YET:
        return []
    code = whole.document.code
    return [Offer("Đưa vào hồ sơ công việc", address("registry:file_document", code))]
