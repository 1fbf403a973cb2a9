"""What every act on a dossier ends with: the move, the trace, the fact, the changed row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from motcua.casework.dossiers.choices import Act, ScopeRole, Status
from motcua.casework.dossiers.errors import NoSuchDossier
from motcua.casework.dossiers.events import DossierMoved
from motcua.casework.dossiers.models import Dossier, DossierMove
from motcua.casework.dossiers.queries.chained import hashed
from motcua.casework.dossiers.queries.promised import identity_of, seen
from motcua.casework.dossiers.rules.moves import ENDS
from motcua.casework.dossiers.rules.promising import Told, kinds_of, leaves_of, turn_of_clock
from motcua.casework.procedures import api as procedures
from motcua.foundation.access.api import Secrecy
from motcua.foundation.audit import api as audit
from motcua.foundation.ledger import api as ledger
from motcua.foundation.mandates import api as mandates
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.chained import chain
from motcua.lib.clock import local_day
from motcua.lib.tongue import said

from .agents import word_of

_SCOPE = """
INSERT INTO dossiers_dossierscope (unit_id, role, secrecy, sort_at, dossier_id)
SELECT x.unit_id, x.role, %s, %s, %s FROM unnest(%s::bigint[], %s::text[]) AS x(unit_id, role)
ON CONFLICT (dossier_id, unit_id) DO NOTHING
"""
_SCOPES = """
INSERT INTO dossiers_dossierscope (unit_id, role, secrecy, sort_at, dossier_id)
SELECT x.unit_id, x.role, x.secrecy, x.sort_at, x.dossier_id
FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::timestamptz[], %s::bigint[])
  AS x(unit_id, role, secrecy, sort_at, dossier_id)
ON CONFLICT (dossier_id, unit_id) DO NOTHING
"""
_PARTS_PER_ACT = 1000
Interests = Sequence[tuple[int, ScopeRole]]
ALWAYS = ("version", "latest_hash", "status", "sub_state", "closed_at")


def lock_dossier(code: str) -> Dossier:
    """Return the dossier, locked until the story ends. Raises: NoSuchDossier."""
    try:
        dossier = work.lock(Dossier, code=code)
    except Dossier.DoesNotExist as error:
        message = said("Không tìm thấy hồ sơ %(code)s.", code=code)
        raise NoSuchDossier(message) from error
    dossier.told = Told(dossier.due_at, dossier.pause_ground)
    return dossier


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
    """Bring an act to an end: raise the version, chain the move, trace, promise, announce, save.

    `is_new` says that this story makes the dossier: it is inserted once, as it is at the end.
    """
    dossier.version += 1
    if dossier.status in ENDS and dossier.closed_at is None:
        dossier.closed_at = at
    move = _move(dossier, act, by=by, at=at, note=note)
    move.was, move.unit_id = str(was), unit_id
    move.detail = {**(detail or {}), **turn_of_clock(dossier.told, _now(dossier), dossier.status)}
    move.hash = chain(dossier.latest_hash, hashed(move))
    dossier.latest_hash = move.hash
    if is_new and dossier.version == 1:
        work.add(dossier)
    elif not is_new:
        work.update(dossier, *dict.fromkeys((*ALWAYS, *changed)))
    work.add(move)
    audit.record(f"dossiers.{act}", f"dossier:{dossier.code}", by=by, at=at)
    mandates.note_act(word_of(act), f"dossier:{dossier.code}", by=by, at=at)
    days = str(move.detail.get("days", ""))
    fact = _fact(dossier, act, at=at, was=was, days=days)
    outbox.announce(replace(fact, is_by_agent=by.agent is not None), by=by, at=at)
    _promise(dossier, move)


def tell_alike(  # noqa: PLR0913 -- as `tell`, for many
    dossiers: Sequence[Dossier],
    act: Act,
    *,
    by: Actor,
    at: datetime,
    note: str,
    changed: Sequence[str],
    detail: Mapping[str, object],
    unit_id: int | None = None,
) -> None:
    """Bring the same act on many locked dossiers to an end; none of them changes its status.

    Each gets its own move, trace, promise and fact; they leave by a statement for each kind.
    """
    facts = []
    for dossier in dossiers:
        dossier.version += 1
        move = _move(dossier, act, by=by, at=at, note=note)
        move.was, move.detail, move.unit_id = str(dossier.status), dict(detail), unit_id
        move.hash = chain(dossier.latest_hash, hashed(move))
        dossier.latest_hash = move.hash
        work.add(move)
        facts.append(_fact(dossier, act, at=at, was=dossier.status, days=""))
        _promise(dossier, move)
    work.update_all(dossiers, "version", "latest_hash", *changed)
    subjects = [f"dossier:{dossier.code}" for dossier in dossiers]
    audit.record_each(f"dossiers.{act}", subjects, by=by, at=at)
    outbox.announce_each(facts, by=by, at=at)


def _now(dossier: Dossier) -> Told:
    return Told(dossier.due_at, dossier.pause_ground)


def _promise(dossier: Dossier, move: DossierMove) -> None:
    """Write the leaves of what this act promises or settles; most acts have none.

    Source: docs/law/ledger.md
    """
    due_was, dossier.told = dossier.told.due_at, _now(dossier)
    kinds = kinds_of(seen(move), due_was) if dossier.promise_salt else ()
    if not kinds:
        return
    is_open = dossier.secrecy == Secrecy.OPEN
    named = procedures.definition_of(dossier.procedure_version_id).code if is_open else ""
    agency = organisation.tree().agency(dossier.agency_id)
    for leaf in leaves_of(seen(move), kinds, identity_of(dossier), due_was):
        shown = replace(leaf, agency_code=agency.code, procedure_code=named)
        ledger.promise(shown, salt=dossier.promise_salt)


def _move(dossier: Dossier, act: Act, *, by: Actor, at: datetime, note: str) -> DossierMove:
    return DossierMove(
        dossier_id=dossier.pk,
        seq=dossier.version,
        at=at,
        act=act,
        status=dossier.status,
        by_id=by.doer_id,
        by_name=by.doer_name[:200],
        by_title=by.title,
        note=note,
        due_at=dossier.due_at,
        prev_hash=dossier.latest_hash,
    )


def _fact(
    dossier: Dossier, act: Act, *, at: datetime, was: Status | str, days: str = ""
) -> DossierMoved:
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
        detail=days,
    )


def let_see(dossier: Dossier, interests: Interests) -> None:
    """Write the scope rows of the units with an interest and all above them in their agency.

    A negative number stands for a person's account.
    Source: docs/law/access.md
    """
    roles = _roles(dossier, interests)
    params = [dossier.secrecy, dossier.sort_at, dossier.pk, [*roles], [*roles.values()]]
    work.put(_SCOPE, params)


def let_see_each(dossiers: Sequence[tuple[Dossier, Interests]]) -> None:
    """Write the scope rows of many dossiers, as `let_see` does, by one statement."""
    rows = [
        (unit_id, role, one.secrecy, one.sort_at, one.pk)
        for one, interests in dossiers
        for unit_id, role in _roles(one, interests).items()
    ]
    if rows:
        work.put(_SCOPES, [list(column) for column in zip(*rows, strict=True)])


def _roles(dossier: Dossier, interests: Interests) -> dict[int, str]:
    """Return each unit that sees the dossier, and as what first."""
    roles: dict[int, str] = {}
    for unit_id, role in interests:
        for above in _who_knows(dossier, unit_id) if unit_id > 0 else (unit_id,):
            roles.setdefault(above, str(role))
    return roles


def _who_knows(dossier: Dossier, unit_id: int) -> Iterable[int]:
    """Return the unit and all above it; of what is kept closely only the deciding agency's head."""
    tree = organisation.tree()
    above = tree.ancestors(unit_id)
    if dossier.secrecy == Secrecy.OPEN:
        return above
    head = tree.agency(dossier.agency_id).root_unit_id
    return [one for one in above if one in (unit_id, head)]
