"""To whom a step may be given, and who has the least to do."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Dossier
from motcua.casework.processes.api import StepKind
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput
from motcua.lib.text import person_sort_key

LEAST, TURN, AREA = "it-viec-nhat", "lan-luot", "dia-ban"
_ROLES = {
    StepKind.APPROVAL: (PostRole.UNIT_HEAD, PostRole.AGENCY_LEADER),
    StepKind.DECISION: (PostRole.AGENCY_LEADER,),
}
_HANDLERS = (PostRole.HANDLER, PostRole.UNIT_HEAD)


class Candidate(NamedTuple):
    """An officer with an account who may do the step, and the work already on the desk."""

    account_id: int
    name: str
    open: int
    late: int

    @property
    def words(self) -> str:
        """Return the name with how much there is to do."""
        late = f", {self.late} quá hạn" if self.late else ""
        return f"{self.name} · {self.open} việc{late}"


def candidates(unit_id: int, kind: str, at: datetime) -> list[Candidate]:
    """Return who may do a step of this kind at the unit, by given name.

    Costs: four queries.
    """
    is_leading = kind in _ROLES
    units = organisation.tree().ancestors(unit_id) if is_leading else (unit_id,)
    roles = _ROLES[StepKind(kind)] if is_leading else _HANDLERS
    names = {
        seat.officer_id: seat.officer_name
        for seat in organisation.seats_of_units(units, local_day(at), roles=roles)
        if seat.officer_id is not None
    }
    accounts = identity.accounts_of_officers(names)
    loads = loads_by_account(units, at)
    found = [
        Candidate(account, names[officer], *loads.get(account, (0, 0)))
        for officer, account in accounts.items()
    ]
    return sorted(found, key=lambda one: person_sort_key(one.name))


def loads_by_account(units: Collection[int], at: datetime) -> dict[int, tuple[int, int]]:
    """Return how many open and late steps each account has at these units."""
    found: dict[int, tuple[int, int]] = {}
    for load in dossiers.loads_of(units, at):
        if load.assignee_id is not None:
            open_, late = found.get(load.assignee_id, (0, 0))
            found[load.assignee_id] = (open_ + load.open, late + load.late)
    return found


def options(found: Sequence[Candidate], *, is_many: bool = False) -> list[tuple[str, str]]:
    """Return the candidates for a choice; the first ones leave it to load, turn and area."""
    if len(found) < 2:  # noqa: PLR2004 -- with one there is nothing to share
        return [(str(one.account_id), one.words) for one in found]
    ways = [(LEAST, "Người đang ít việc nhất"), (AREA, "Người phụ trách địa bàn của hồ sơ")]
    if is_many:
        ways.insert(1, (TURN, "Lần lượt từng người"))
    return [*ways, *((str(one.account_id), one.words) for one in found)]


def chosen(
    found: Sequence[Candidate],
    word: str,
    *,
    dossier: Dossier,
    unit_id: int,
    given: Collection[int] = (),
) -> Candidate | None:
    """Return the candidate meant by the word; `given` are accounts that just got one more.

    Raises: BadInput where nobody looks after the dossier's area.
    """
    if word == LEAST:
        return min(
            found,
            key=lambda one: (one.open + list(given).count(one.account_id), one.account_id),
            default=None,
        )
    if word == TURN:
        return found[len(given) % len(found)] if found else None
    if word == AREA:
        holder = dossiers.holder_of_area(dossier, unit_id)
        word = str(holder.id) if holder else ""
        if holder is None:
            raise BadInput("Chưa ghi ai phụ trách địa bàn của hồ sơ này.", field="to")
    return next((one for one in found if str(one.account_id) == word), None)
