"""What work files add to the side of the pages, and to what may be done with a document."""

from motcua.casework.documents.api import State, WholeDocument
from motcua.channels.kit.addresses import address
from motcua.channels.registry.frame import SIDES, Item
from motcua.channels.registry.reading.offering import OFFERS, Offer
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor

_NOT_YET = (State.ARRIVED, State.REFUSED, State.LINKED, State.DRAFT, State.DROPPED)


def side(_actor: Actor) -> list[Item]:
    """Return the pages of work files."""
    return [
        ("Hồ sơ công việc", address("registry:work_files"), "work_files"),
        ("Danh mục hồ sơ", address("registry:file_lists"), "file_lists"),
        ("Nộp lưu", address("registry:hand_overs"), "hand_overs"),
    ]


def offers(actor: Actor, whole: WholeDocument) -> list[Offer]:
    """Return that a document may be put into a work file."""
    if not actor.can(Power.DRAFT_DOCUMENTS) or whole.document.state in _NOT_YET:
        return []
    code = whole.document.code
    return [Offer("Đưa vào hồ sơ công việc", address("registry:file_document", code))]


def register() -> None:
    """Add both, once."""
    SIDES.append(side)
    OFFERS.append(offers)
