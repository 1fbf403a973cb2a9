"""What every act on a work file ends with: the move, the trace, the fact, the changed row."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from motcua.casework.workfiles.choices import Act, ScopeRole, State
from motcua.casework.workfiles.errors import NoSuchWorkFile, WorkFileError
from motcua.casework.workfiles.events import WorkFileMoved
from motcua.casework.workfiles.models import WorkFile, WorkFileMove
from motcua.casework.workfiles.permissions import check_write
from motcua.casework.workfiles.queries.chained import hashed
from motcua.foundation.access.api import Secrecy
from motcua.foundation.audit import api as audit
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.chained import chain
from motcua.lib.clock import local_day

_SCOPE = """
INSERT INTO workfiles_workfilescope (unit_id, role, secrecy, sort_at, work_file_id)
SELECT x.unit_id, x.role, %s, %s, %s FROM unnest(%s::bigint[], %s::text[]) AS x(unit_id, role)
ON CONFLICT (work_file_id, unit_id) DO NOTHING
"""
ALWAYS = ("version", "latest_hash", "state", "is_open")


def lock_file(code: str) -> WorkFile:
    """Return the work file, locked until the story ends. Raises: NoSuchWorkFile."""
    try:
        return work.lock(WorkFile, code=code)
    except WorkFile.DoesNotExist as error:
        raise NoSuchWorkFile(f"Không tìm thấy hồ sơ {code}.") from error


def lock_open(code: str, by: Actor) -> WorkFile:
    """Return a file that the actor may write in.

    Raises: NoSuchWorkFile, NotAllowed, WorkFileError.
    """
    work_file = lock_file(code)
    check_write(by, work_file)
    if not work_file.is_open:
        label = State(work_file.state).label.lower()
        message = f"Hồ sơ {label}, không thay đổi được nữa; muốn bổ sung phải mở lại hồ sơ."
        raise WorkFileError(message)
    return work_file


def tell(  # noqa: PLR0913 -- the one place where an act is told, every word of it by name
    work_file: WorkFile,
    act: Act,
    *,
    by: Actor,
    at: datetime,
    was: State | str,
    changed: Iterable[str] = (),
    note: str = "",
    detail: Mapping[str, object] | None = None,
    item_seq: int = 0,
    is_new: bool = False,
) -> None:
    """Bring an act to an end: raise the version, chain the move, trace, announce, save."""
    work_file.version += 1
    move = WorkFileMove(
        work_file_id=work_file.pk,
        seq=work_file.version,
        at=at,
        act=act,
        was=str(was),
        state=work_file.state,
        by_id=by.id,
        by_name=by.name,
        by_title=by.title,
        note=note[:2000],
        detail=dict(detail or {}),
        prev_hash=work_file.latest_hash,
    )
    move.hash = chain(work_file.latest_hash, hashed(move))
    work_file.latest_hash = move.hash
    if is_new:
        work.add(work_file)
    else:
        work.update(work_file, *dict.fromkeys((*ALWAYS, *changed)))
    work.add(move)
    audit.record(f"workfiles.{act}", f"work_file:{work_file.code}", by=by, at=at)
    fact = WorkFileMoved(
        aggregate_id=work_file.pk,
        seq=work_file.version,
        act=str(act),
        code=work_file.code,
        was=str(was),
        state=str(work_file.state),
        agency_id=work_file.agency_id,
        unit_id=work_file.unit_id,
        on=local_day(at),
        item_seq=item_seq,
    )
    outbox.announce(fact, by=by, at=at)


def let_see(work_file: WorkFile, interests: Sequence[tuple[int, ScopeRole]]) -> None:
    """Write the scope rows of those with an interest and all above them in their agency.

    A negative number stands for a person's account. Of what is kept closely only those named.
    Source: docs/law/access.md
    """
    roles: dict[int, str] = {}
    is_open = work_file.secrecy == Secrecy.OPEN
    for unit_id, role in interests:
        roles.setdefault(unit_id, str(role))
        if unit_id > 0 and is_open:
            for above in organisation.tree().ancestors(unit_id)[1:]:
                roles.setdefault(above, str(ScopeRole.ABOVE))
    params = [work_file.secrecy, work_file.sort_at, work_file.pk, [*roles], [*roles.values()]]
    work.put(_SCOPE, params)
