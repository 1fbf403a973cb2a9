"""Who may do what with work files.

Source: docs/law/workfiles.md
"""

from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .models import FileList, WorkFile


def can_write(actor: Actor, work_file: WorkFile) -> bool:
    """Say whether the actor makes this file: its person, or a head of its unit."""
    is_person = actor.id == work_file.account_id and actor.can(Power.DRAFT_DOCUMENTS)
    return is_person or actor.can(Power.APPROVE_DOCUMENTS, unit_id=work_file.unit_id)


def check_write(actor: Actor, work_file: WorkFile) -> None:
    """Raises: NotAllowed."""
    if not can_write(actor, work_file):
        message = (
            f"Hồ sơ này do {work_file.person_name} lập; "
            "chỉ người lập hoặc lãnh đạo đơn vị được thay đổi."
        )
        raise NotAllowed(message)


def can_approve_list(actor: Actor, agency_id: int) -> bool:
    """Say whether the actor heads the agency."""
    root = organisation.tree().agency(agency_id).root_unit_id
    return actor.can(Power.APPROVE_DOCUMENTS, unit_id=root)


def can_propose(actor: Actor, listed: FileList, unit_id: int) -> bool:
    """Say whether the actor may write lines of a unit; once approved only the head may."""
    if listed.is_approved:
        return can_approve_list(actor, listed.agency_id)
    return actor.can(Power.DRAFT_DOCUMENTS, unit_id=unit_id) or keeps_archive(
        actor, listed.agency_id
    )


def keeps_archive(actor: Actor, agency_id: int) -> bool:
    """Say whether the actor keeps the archive of the agency, or of an heir if it ended."""
    tree = organisation.tree()
    heirs = organisation.living_heirs_of_agency(agency_id)
    units = [unit for heir in heirs for unit in tree.units_of(heir)]
    return any(actor.can(Power.RECEIVE_WORK_FILES, unit_id=unit.id) for unit in units)


def check_archive(actor: Actor, agency_id: int) -> None:
    """Raises: NotAllowed."""
    if not keeps_archive(actor, agency_id):
        raise NotAllowed("Chỉ người làm lưu trữ của cơ quan được nhận hoặc trả lại hồ sơ.")
