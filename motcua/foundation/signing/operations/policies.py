"""Say what a kind of document needs.

Source: docs/law/signatures.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.signing.choices import DocumentKind, Level, TurnRole
from motcua.foundation.signing.models import SigningPolicy
from motcua.foundation.signing.queries.policies import forget_policies
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

ONE_DAY = timedelta(days=1)
EVERYWHERE = 0  # no unit: only a power over the whole province reaches it


@dataclass(frozen=True, slots=True)
class PolicyIn:
    """What the documents of one kind need from a day on."""

    kind: DocumentKind
    level: Level
    turns: Sequence[TurnRole]
    is_required: bool
    valid_from: date
    agency_id: int = 0
    procedure_code: str = ""
    basis: str = ""


@work.story
def set_policy(given: PolicyIn, *, by: Actor, at: datetime) -> SigningPolicy:
    """Put a policy in force from its day on, in place of the one before.

    Raises: NotAllowed, BadInput.
    """
    by.require(Power.ADMINISTER_SIGNING, unit_id=EVERYWHERE)
    if not given.turns:
        raise BadInput("Phải có ít nhất một lượt ký.", field="turns")
    if TurnRole.SEAL in given.turns and given.turns[-1] != TurnRole.SEAL:
        raise BadInput("Đóng dấu là lượt cuối cùng.", field="turns")
    whose = {
        "document_kind": given.kind,
        "agency_id": given.agency_id,
        "procedure_code": given.procedure_code,
    }
    SigningPolicy.objects.filter(**whose, valid_from__gte=given.valid_from).delete()
    earlier = SigningPolicy.objects.filter(**whose, valid_to__isnull=True)
    earlier.update(valid_to=given.valid_from - ONE_DAY)
    policy = SigningPolicy.objects.create(
        **whose,
        level=given.level,
        turns=[str(role) for role in given.turns],
        is_required=given.is_required,
        valid_from=given.valid_from,
        basis=given.basis,
    )
    detail = {"turns": policy.turns, "level": policy.level, "required": policy.is_required}
    subject = f"signing_policy:{given.kind}:{given.agency_id}:{given.procedure_code}"
    audit.record("signing.policy_set", subject, by=by, at=at, detail=detail)
    forget_policies()
    return policy
