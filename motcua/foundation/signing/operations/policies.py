"""Say what a kind of document needs.

Source: docs/law/signatures.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.signing.choices import DocumentKind, InitialBy, Level, TurnRole
from motcua.foundation.signing.errors import SigningError
from motcua.foundation.signing.models import SigningPolicy
from motcua.foundation.signing.queries.policies import forget_policies, get_policy
from motcua.foundation.signing.rules.policies import LEVELS
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
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
    initials: Sequence[InitialBy] = ()
    is_apart: bool = True


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
    _check_initials(given)
    possible = LEVELS.get(given.kind, tuple(Level))
    if given.level not in possible:
        words = ", ".join(level.label for level in possible)
        raise BadInput(f"Loại văn bản này mới có mức: {words}.", field="level")
    whose = {
        "document_kind": given.kind,
        "agency_id": given.agency_id,
        "procedure_code": given.procedure_code,
    }
    _make_room(SigningPolicy.objects.filter(**whose), given.valid_from, local_day(at))
    policy = SigningPolicy.objects.create(
        **whose,
        level=given.level,
        turns=[str(role) for role in given.turns],
        initials=[str(one) for one in given.initials],
        is_apart=given.is_apart,
        is_required=given.is_required,
        valid_from=given.valid_from,
        basis=given.basis,
    )
    detail = {
        "turns": [*policy.initials, *policy.turns],
        "level": policy.level,
        "required": policy.is_required,
    }
    subject = f"signing_policy:{given.kind}:{given.agency_id}:{given.procedure_code}"
    audit.record("signing.policy_set", subject, by=by, at=at, detail=detail)
    forget_policies()
    return policy


def _check_initials(given: PolicyIn) -> None:
    """Raises: BadInput unless each initial has its giver and comes before the leader."""
    count = list(given.turns).count(TurnRole.INITIAL)
    if count != len(given.initials) or len(set(given.initials)) != count:
        raise BadInput("Mỗi lượt ký nháy phải nói rõ ai ký, mỗi người một lượt.", field="order")
    if count and list(given.turns[count : count + 1]) != [TurnRole.LEADER]:
        message = "Ký nháy là những lượt đầu tiên, rồi đến người có thẩm quyền ký."
        raise BadInput(message, field="order")


def _make_room(rows: QuerySet[SigningPolicy], valid_from: date, today: date) -> None:
    """End the policy before; what was to begin later, or began today, is replaced.

    Raises: BadInput if one began in between: what counted is not undone.
    """
    if rows.filter(valid_from__gte=valid_from, valid_from__lt=today).exists():
        message = "Đã có chính sách bắt đầu từ ngày đó hoặc sau đó; hãy chọn ngày muộn hơn."
        raise BadInput(message, field="valid_from")
    rows.filter(valid_from__gte=valid_from).delete()
    reaching = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from))
    reaching.update(valid_to=valid_from - ONE_DAY)


@work.story
def end_policy(policy_id: int, *, by: Actor, at: datetime) -> SigningPolicy:
    """Let a policy count to the end of today; one that has not begun goes.

    Raises: NotAllowed, NoSuchPolicy, SigningError.
    """
    by.require(Power.ADMINISTER_SIGNING, unit_id=EVERYWHERE)
    policy, today = get_policy(policy_id), local_day(at)
    if policy.valid_to is not None and policy.valid_to <= today:
        raise SigningError("Chính sách này đã thôi áp dụng.")
    if policy.valid_from > today:
        policy.delete()
    else:
        policy.valid_to = today
        policy.save(update_fields=["valid_to"])
    subject = f"signing_policy:{policy.document_kind}:{policy.agency_id}:{policy.procedure_code}"
    audit.record("signing.policy_ended", subject, by=by, at=at)
    forget_policies()
    return policy
