"""What every act on a dossier ends with: the move, the trace, the fact, the changed row."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from motcua.casework.dossiers.choices import Act, ScopeRole, Status
from motcua.casework.dossiers.errors import NoSuchDossier
from motcua.casework.dossiers.events import DossierMoved
from motcua.casework.dossiers.models import Dossier, DossierMove
from motcua.casework.dossiers.rules.moves import ENDS, chain
from motcua.foundation.access.api import Secrecy
from motcua.foundation.audit import api as audit
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

_SCOPE = """
INSERT INTO dossiers_dossierscope (unit_id, role, secrecy, sort_at, dossier_id)
SELECT x.unit_id, x.role, %s, %s, %s FROM unnest(%s::bigint[], %s::text[]) AS x(unit_id, role)
ON CONFLICT (dossier_id, unit_id) DO NOTHING
"""
_PARTS_PER_ACT = 1000
ALWAYS = ("version", "latest_hash", "status", "sub_state", "closed_at")


def lock_dossier(code: str) -> Dossier:
    """Return the dossier, locked until the story ends. Raises: NoSuchDossier."""
    try:
        return work.lock(Dossier, code=code)
    except Dossier.DoesNotExist as error:
        message = f"Không tìm thấy hồ sơ {code}."
        raise NoSuchDossier(message) from error


def part_seq(dossier: Dossier, index: int = 0) -> int:
    """Return the number of a part made by the act now under way; parts of one act follow it."""
    return (dossier.version + 1) * _PARTS_PER_ACT + index


def tell(  # noqa: PLR0913 -- the one place where an act is told, every word of it by name
    dossier: Dossier,
    act: Act,
    *,
    by: Actor,
    at: datetime,
    was: Status | str,
    changed: Iterable[str] = (),
    note: str = "",
    unit_id: int | None = None,
    detail: Mapping[str, object] | None = None,
    is_new: bool = False,
) -> None:
    """Bring an act to an end: raise the version, chain the move, trace, announce, save.

    `is_new` says that this story makes the dossier: it is inserted once, as it is at the end.
    """
    dossier.version += 1
    if dossier.status in ENDS and dossier.closed_at is None:
        dossier.closed_at = at
    move = _move(dossier, act, by=by, at=at, note=note)
    move.was, move.unit_id, move.detail = str(was), unit_id, dict(detail or {})
    move.hash = chain(dossier.latest_hash, _hashed(move))
    dossier.latest_hash = move.hash
    if is_new and dossier.version == 1:
        work.add(dossier)
    elif not is_new:
        work.update(dossier, *dict.fromkeys((*ALWAYS, *changed)))
    work.add(move)
    audit.record(f"dossiers.{act}", f"dossier:{dossier.code}", by=by, at=at)
    outbox.announce(_fact(dossier, act, at=at, was=was), by=by, at=at)


def _move(dossier: Dossier, act: Act, *, by: Actor, at: datetime, note: str) -> DossierMove:
    return DossierMove(
        dossier_id=dossier.pk,
        seq=dossier.version,
        at=at,
        act=act,
        status=dossier.status,
        by_id=by.id,
        by_name=by.name,
        by_title=by.title,
        note=note,
        due_at=dossier.due_at,
        prev_hash=dossier.latest_hash,
    )


def _hashed(move: DossierMove) -> dict[str, object]:
    """Return the values a move's hash covers."""
    return {
        "dossier": move.dossier_id,
        "seq": move.seq,
        "at": move.at,
        "act": str(move.act),
        "was": move.was,
        "status": str(move.status),
        "by": move.by_id,
        "note": move.note,
        "due_at": move.due_at,
        "detail": move.detail,
    }


def _fact(dossier: Dossier, act: Act, *, at: datetime, was: Status | str) -> DossierMoved:
    ended = dossier.resolved_at or dossier.closed_at
    measured = ended if ended is not None else at
    return DossierMoved(
        aggregate_id=dossier.pk,
        seq=dossier.version,
        act=str(act),
        code=dossier.code,
        was=str(was),
        status=str(dossier.status),
        agency_id=dossier.agency_id,
        unit_id=dossier.competent_unit_id,
        receiving_unit_id=dossier.receiving_unit_id,
        procedure_id=dossier.procedure_id,
        channel=str(dossier.channel),
        on=local_day(at),
        due_on=local_day(dossier.due_at) if dossier.due_at else None,
        is_late=dossier.due_at is not None and measured > dossier.due_at,
        owner_id=dossier.submitter_account_id,
    )


def let_see(dossier: Dossier, interests: Sequence[tuple[int, ScopeRole]]) -> None:
    """Write the scope rows of the units with an interest and all above them in their agency.

    A negative number stands for a person's account.
    Source: docs/law/access.md
    """
    roles: dict[int, str] = {}
    for unit_id, role in interests:
        for above in _who_knows(dossier, unit_id) if unit_id > 0 else (unit_id,):
            roles.setdefault(above, str(role))
    params = [dossier.secrecy, dossier.sort_at, dossier.pk, [*roles], [*roles.values()]]
    work.put(_SCOPE, params)


def _who_knows(dossier: Dossier, unit_id: int) -> Iterable[int]:
    """Return the unit and all above it; of what is kept closely only the deciding agency's head."""
    tree = organisation.tree()
    above = tree.ancestors(unit_id)
    if dossier.secrecy == Secrecy.OPEN:
        return above
    head = tree.agency(dossier.agency_id).root_unit_id
    return [one for one in above if one in (unit_id, head)]


def verify_moves(moves: Sequence[DossierMove]) -> int | None:
    """Return the number of the first move that is not what was written, None if all are.

    Each begins in the status in which the one before it ended.
    """
    previous, status = "", ""
    for move in moves:
        is_next = (move.prev_hash, move.was) == (previous, status)
        if not is_next or move.hash != chain(previous, _hashed(move)):
            return move.seq
        previous, status = move.hash, str(move.status)
    return None
