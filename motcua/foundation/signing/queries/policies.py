"""Which policy counts for a document, kept in memory by each process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from time import monotonic

from motcua.foundation.signing.choices import DocumentKind, InitialBy, Level, TurnRole
from motcua.foundation.signing.errors import NoSuchPolicy
from motcua.foundation.signing.models import SigningPolicy
from motcua.foundation.signing.rules.policies import PolicyInfo

RECHECK_SECONDS = 2.0


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


def policies_on_record(*, limit: int) -> Sequence[SigningPolicy]:
    """Return policies of past, present and future, by kind and scope, the newest first.

    Costs: one query.
    """
    order = ("document_kind", "procedure_code", "agency_id", "-valid_from", "-pk")
    return list(SigningPolicy.objects.order_by(*order)[:limit])


def get_policy(policy_id: int) -> SigningPolicy:
    """Return one policy. Raises: NoSuchPolicy."""
    found = SigningPolicy.objects.filter(pk=policy_id).first()
    if found is None:
        raise NoSuchPolicy("Không có chính sách này.")
    return found


def forget_policies() -> None:
    """Ask the database again at the next look: this process has just changed a policy."""
    _held.fresh_until = 0.0


def _policies() -> tuple[PolicyInfo, ...]:
    moment = monotonic()
    if moment >= _held.fresh_until:
        _held.policies = tuple(policy_info(row) for row in SigningPolicy.objects.order_by("id"))
        _held.fresh_until = moment + RECHECK_SECONDS
    return _held.policies


def policy_info(row: SigningPolicy) -> PolicyInfo:
    """Return what a row says as plain values."""
    return PolicyInfo(
        document_kind=DocumentKind(row.document_kind),
        agency_id=row.agency_id,
        procedure_code=row.procedure_code,
        level=Level(row.level),
        turns=tuple(TurnRole(role) for role in row.turns),
        is_required=row.is_required,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        initials=tuple(InitialBy(one) for one in row.initials),
        is_apart=row.is_apart,
    )
