"""Which policy counts for a document, kept in memory by each process."""

from dataclasses import dataclass
from datetime import date
from time import monotonic

from motcua.foundation.signing.choices import DocumentKind, Level, TurnRole
from motcua.foundation.signing.models import SigningPolicy

RECHECK_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class PolicyInfo:
    """What one row of policy says."""

    document_kind: DocumentKind
    agency_id: int
    procedure_code: str
    level: Level
    turns: tuple[TurnRole, ...]
    is_required: bool
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Say whether it counts on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(slots=True)
class _Held:
    """What this process knows of the policies, and until when it need not ask again."""

    policies: tuple[PolicyInfo, ...] = ()
    fresh_until: float = 0.0


_held = _Held()


def policy_for(
    kind: DocumentKind, *, on: date, agency_id: int = 0, procedure_code: str = ""
) -> PolicyInfo | None:
    """Return the narrowest policy for such a document on that day; None means as on paper.

    Costs: nothing for two seconds, then one query.
    """
    wanted = [
        one
        for one in _policies()
        if one.document_kind == kind
        and one.agency_id in (0, agency_id)
        and one.procedure_code in ("", procedure_code)
        and one.holds_on(on)
    ]
    return max(wanted, key=lambda one: (one.procedure_code != "", one.agency_id != 0), default=None)


def has_policy(kind: DocumentKind, *, on: date) -> bool:
    """Say whether any policy speaks of such documents that day. Costs: as `policy_for`."""
    return any(one.document_kind == kind and one.holds_on(on) for one in _policies())


def forget_policies() -> None:
    """Ask the database again at the next look: this process has just changed a policy."""
    _held.fresh_until = 0.0


def _policies() -> tuple[PolicyInfo, ...]:
    moment = monotonic()
    if moment >= _held.fresh_until:
        _held.policies = tuple(_info(row) for row in SigningPolicy.objects.order_by("id"))
        _held.fresh_until = moment + RECHECK_SECONDS
    return _held.policies


def _info(row: SigningPolicy) -> PolicyInfo:
    return PolicyInfo(
        document_kind=DocumentKind(row.document_kind),
        agency_id=row.agency_id,
        procedure_code=row.procedure_code,
        level=Level(row.level),
        turns=tuple(TurnRole(role) for role in row.turns),
        is_required=row.is_required,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
