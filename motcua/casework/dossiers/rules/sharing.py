"""Who gets which piece of an absent officer's work: by area, turn and load, the nearest first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from motcua.casework.dossiers.choices import AssignmentWay
from motcua.casework.processes.api import StepKind
from motcua.foundation.access.api import Power
from motcua.lib.text import fold

APPROVING = frozenset({StepKind.APPROVAL, StepKind.DECISION})
BY_HAND = frozenset({*APPROVING, StepKind.HAND_OVER})
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_A_MOMENT = timedelta(seconds=1)


class Person(NamedTuple):
    """An account that may get work, and its name."""

    id: int
    name: str


class Piece(NamedTuple):
    """One open step of who is away."""

    dossier_id: int
    seq: int
    code: str
    unit_id: int
    kind: str
    due_at: datetime
    address: str
    step_code: str
    version_id: int


class RuleFacts(NamedTuple):
    """One officer's part in the assignment of a unit, as its head has set it."""

    way: str
    person: Person
    area: str
    latest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Team:
    """Who of a unit is there, and by which rules it shares; without rules by load."""

    members: Sequence[Person]
    rules: Sequence[RuleFacts] = ()
    deputy_kinds: frozenset[str] = frozenset()


class Shared(NamedTuple):
    """What becomes of one piece: to whom, and why; without anybody it stays."""

    piece: Piece
    to: Person | None
    why: str


@dataclass(slots=True)
class _Heaps:
    """How much each person has, and when each was given something last."""

    open: dict[int, int]
    turns: dict[tuple[int, int], datetime] = field(default_factory=dict)


def power_needed(kind: str) -> Power:
    """Return what it takes to do a step of this kind."""
    if kind in APPROVING:
        return Power.APPROVE_DOSSIERS
    return Power.HAND_OVER_DOSSIERS if kind == StepKind.HAND_OVER else Power.HANDLE_DOSSIERS


def share_out(
    pieces: Iterable[Piece],
    teams: Mapping[int, Team],
    loads: Mapping[int, int],
    deputy: Person | None = None,
) -> list[Shared]:
    """Return for each piece who gets it; what is due first is given first, no date changes.

    Approvals, decisions and hand-overs are not assigned by rules: they go to the deputy who may
    do them in that unit, else they stay.
    """
    heaps = _Heaps(dict(loads))
    ordered = sorted(pieces, key=lambda one: (one.due_at, one.dossier_id, one.seq))
    found = []
    for piece in ordered:
        team = teams.get(piece.unit_id, Team(()))
        to, why = _one(piece, team, heaps, deputy)
        if to is not None:
            heaps.open[to.id] = heaps.open.get(to.id, 0) + 1
        found.append(Shared(piece, to, why))
    return found


def _one(
    piece: Piece, team: Team, heaps: _Heaps, deputy: Person | None
) -> tuple[Person | None, str]:
    if piece.kind in BY_HAND:
        if deputy is not None and piece.kind in team.deputy_kinds:
            return deputy, "người làm thay"
        return None, "duyệt, ký, bàn giao không chia tự động: chọn người làm thay"
    address = fold(piece.address)
    for rule in team.rules:
        if rule.way == AssignmentWay.AREA and fold(rule.area) in address:
            return rule.person, f"địa bàn {rule.area}"
    turns = [rule for rule in team.rules if rule.way == AssignmentWay.TURN]
    if turns:
        return _by_turn(piece.unit_id, turns, heaps), "lần lượt"
    by_load = [rule.person for rule in team.rules if rule.way == AssignmentWay.LOAD]
    people = by_load or team.members
    if not people:
        return None, "đơn vị không còn ai có mặt"
    place = {one.id: index for index, one in enumerate(people)}
    least = min(people, key=lambda one: (heaps.open.get(one.id, 0), place[one.id]))
    return least, "đang ít việc nhất"


def _by_turn(unit_id: int, rules: Sequence[RuleFacts], heaps: _Heaps) -> Person:
    """Return whose turn it is; each that is given goes to the end of the round."""
    turns = {
        rule.person.id: heaps.turns.get((unit_id, rule.person.id), rule.latest_at or _NEVER)
        for rule in rules
    }
    place = {rule.person.id: index for index, rule in enumerate(rules)}
    chosen = min(rules, key=lambda rule: (turns[rule.person.id], place[rule.person.id])).person
    heaps.turns[(unit_id, chosen.id)] = max(turns.values()) + _A_MOMENT
    return chosen


def digest_of(shared: Iterable[Shared]) -> str:
    """Return a mark of who gets what, by which a preview is known to hold still."""
    words = ";".join(
        f"{one.piece.dossier_id}.{one.piece.seq}>{one.to.id if one.to else 0}" for one in shared
    )
    return sha256(words.encode()).hexdigest()[:32]
