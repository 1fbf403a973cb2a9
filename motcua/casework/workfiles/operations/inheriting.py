"""Work files of an agency or unit that ended pass to whoever stands in its place.

Source: docs/law/workfiles.md
"""

from collections.abc import Collection
from datetime import datetime

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Heirs
from motcua.casework.workfiles.choices import Act, ScopeRole, State
from motcua.casework.workfiles.models import WorkFile
from motcua.casework.workfiles.queries.estates import estates, left_files_of
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed

from .telling import let_see, lock_file, tell

_SAME = """
INSERT INTO workfiles_workfilescope (unit_id, role, secrecy, sort_at, work_file_id)
SELECT x.new_id, s.role, s.secrecy, s.sort_at, s.work_file_id
FROM unnest(%s::bigint[], %s::bigint[]) AS x(old_id, new_id)
JOIN workfiles_workfilescope s ON s.unit_id = x.old_id
ON CONFLICT (work_file_id, unit_id) DO NOTHING
"""
_UNITS = "SELECT DISTINCT unit_id FROM workfiles_workfile WHERE state IN ('open', 'closed')"


def inherit(
    from_agency_id: int,
    to_agency_id: int,
    *,
    by: Actor,
    at: datetime,
    codes: Collection[str] | None = None,
) -> int:
    """Take over the documents and work files that an agency left; return how many.

    Where it has several heirs, `codes` says which documents and files come here.

    Raises: NotAllowed, DocumentError.
    """
    taken = documents.inherit(from_agency_id, to_agency_id, by=by, at=at, codes=codes)
    heirs = documents.heir_units(from_agency_id, to_agency_id, at)
    found = [one for one in left_files_of(from_agency_id) if codes is None or one.code in codes]
    for one in found:
        _carry(one.code, heirs, by=by, at=at)
    if codes is None:
        _let_heirs_see(heirs)
    return taken + len(found)


@work.story
def _carry(code: str, heirs: Heirs, *, by: Actor, at: datetime) -> WorkFile:
    """Put the heir in the place of the unit that ended; its head may entrust the file anew."""
    work_file = lock_file(code)
    tree = organisation.tree()
    unit_id = heirs.of(work_file.unit_id)
    detail = {
        "from_agency": work_file.agency_id,
        "to_agency": heirs.agency_id,
        "from_unit": work_file.unit_id,
        "to_unit": unit_id,
    }
    before = tree.unit(work_file.unit_id)
    work_file.agency_id, work_file.unit_id = heirs.agency_id, unit_id
    note = f"Chuyển từ {before.name} (đã kết thúc hoạt động) sang {tree.unit(unit_id).name}"
    let_see(work_file, [(unit_id, ScopeRole.HOLDER)])
    changed = ("agency_id", "unit_id")
    tell(
        work_file,
        Act.CARRY_OVER,
        by=by,
        at=at,
        was=work_file.state,
        changed=changed,
        note=note,
        detail=detail,
    )
    return work_file


@work.story
def _let_heirs_see(heirs: Heirs) -> None:
    """Let those know of the files who stand in the place of those who knew."""
    pairs = sorted(heirs.units.items())
    work.put(_SAME, [[old for old, _ in pairs], [new for _, new in pairs]])


def follow_heirs(*, at: datetime) -> int:
    """Carry over the files of agencies with a new name and of units with one heir; return how many.

    Costs: one query if nothing ended.
    """
    moved = 0
    for estate in estates():
        if estate.is_simple:
            moved += inherit(estate.agency_id, estate.heirs[0], by=SYSTEM, at=at)
    tree = organisation.tree()
    units = [row[0] for row in work.fetch(_UNITS, []) if not tree.unit(row[0]).is_living]
    for unit_id in units:
        heirs = organisation.heirs_of_unit(unit_id, local_day(at))
        if len(heirs) == 1 and tree.unit(heirs[0]).agency_id == tree.unit(unit_id).agency_id:
            moved += _carry_unit(unit_id, heirs[0], by=SYSTEM, at=at)
    return moved


def take_unit(unit_id: int, to_unit_id: int, *, by: Actor, at: datetime) -> int:
    """Give the files of a unit that ended to another of the same agency; return how many.

    Raises: NotAllowed unless the actor heads the agency, BadInput.
    """
    tree = organisation.tree()
    old, new = tree.unit(unit_id), tree.unit(to_unit_id)
    by.require(Power.APPROVE_DOCUMENTS, unit_id=tree.agency(new.agency_id).root_unit_id)
    if old.is_living or not new.is_living:
        raise BadInput("Hãy chọn một đơn vị đang hoạt động để nhận.", field="to")
    if old.agency_id != new.agency_id:
        raise NotAllowed("Chỉ chuyển giữa các đơn vị của một cơ quan.")
    return _carry_unit(unit_id, to_unit_id, by=by, at=at)


def _carry_unit(unit_id: int, to_unit_id: int, *, by: Actor, at: datetime) -> int:
    agency_id = organisation.tree().unit(to_unit_id).agency_id
    heirs = Heirs(agency_id, to_unit_id, to_unit_id, {unit_id: to_unit_id})
    found = WorkFile.objects.filter(unit_id=unit_id).exclude(state=State.HANDED_OVER)
    codes = list(found.order_by("pk").values_list("code", flat=True))
    for code in codes:
        _carry(code, heirs, by=by, at=at)
    _let_heirs_see(heirs)
    return len(codes)
