"""The working areas of officers: which are open to somebody; their addresses are agreed."""

from typing import NamedTuple

from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor

_DESK = (Power.RECEIVE_DOSSIERS, Power.RETURN_OUTCOMES)
_OFFICE = (
    Power.HANDLE_DOSSIERS,
    Power.ASSIGN_DOSSIERS,
    Power.APPROVE_DOSSIERS,
    Power.READ_ALL_DOSSIERS,
    Power.SEAL_DOCUMENTS,
    Power.READ_CASHBOOK,
)
_DOCUMENTS = (
    Power.REGISTER_DOCUMENTS,
    Power.DRAFT_DOCUMENTS,
    Power.APPROVE_DOCUMENTS,
    Power.DIRECT_DOCUMENTS,
    Power.ASSIGN_TASKS,
)
_BACK = (
    Power.EDIT_ORGANISATION,
    Power.ADMINISTER_IDENTITY,
    Power.EDIT_PROCEDURES,
    Power.PUBLISH_PROCEDURES,
    Power.EDIT_CALENDARS,
    Power.KEEP_RECEIPTS,
    Power.KEEP_REASONS,
)


class Area(NamedTuple):
    """One entry of the navigation at the head of staff pages."""

    word: str
    href: str
    key: str


_AREAS = (
    ((Power.FILE_FOR_OTHERS,), Area("Nộp giúp", "/giup-dan/", "portal")),
    (_DESK, Area("Một cửa", "/mot-cua/", "counter")),
    (_OFFICE, Area("Xử lý", "/xu-ly/", "office")),
    (_DOCUMENTS, Area("Văn bản", "/van-ban/", "registry")),
    (_BACK, Area("Quản trị", "/quan-tri/", "backoffice")),
)


def working_areas(actor: Actor, *, here: str = "") -> list[Area]:
    """Return the areas in which the actor has work, and the one that is open now."""
    return [
        area
        for powers, area in _AREAS
        if area.key == here or any(actor.can(power) for power in powers)
    ]
