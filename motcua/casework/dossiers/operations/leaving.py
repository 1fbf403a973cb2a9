"""Who acts for an enterprise no more loses what was filed in its name; the enterprise keeps it.

Source: docs/law/identity.md
"""

from collections.abc import Collection
from datetime import datetime

from motcua.casework.dossiers.choices import ScopeRole
from motcua.foundation.access import api as access
from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.people import api as people
from motcua.lib import work
from motcua.lib.actor import Actor, enterprise_unit_id
from motcua.lib.clock import local_day

KEPT = "dossiers.keep_with_body"
_RANKS = list(people.MemberRole)


@work.story
def dismiss_member(enterprise_id: int, membership_id: int, *, by: Actor, at: datetime) -> None:
    """Let somebody no longer act for an enterprise, and what they filed for it stay with it.

    Raises: NotAllowed, BadInput for a member it has not, Conflict for the last who manages.
    """
    person_id = access.dismiss_member(enterprise_id, membership_id, by=by, at=at)
    _keep(enterprise_id, person_id, by=by, at=at)


@work.story
def keep_with_body(enterprise_id: int, person_id: int, *, by: Actor, at: datetime) -> int:
    """Let what somebody filed for an enterprise stay with it, if they act for it no more.

    Return how many dossiers. Done again it does nothing.
    """
    return _keep(enterprise_id, person_id, by=by, at=at)


def _keep(enterprise_id: int, person_id: int, *, by: Actor, at: datetime) -> int:
    members = people.members_of(enterprise_id, on=local_day(at))
    if any(one.person_id == person_id for one in members):  # in another role
        return 0
    accounts = identity.Account.objects.filter(person_id=person_id).values_list("pk", flat=True)
    return _keep_of(list(accounts), enterprise_id, members, by=by, at=at)


def keep_of_account(account_id: int, person_id: int, *, by: Actor, at: datetime) -> None:
    """Let what an account filed for a person's enterprises stay with them: it is not that person's.

    Called inside a story.
    """
    day = local_day(at)
    for one in people.memberships_of(person_id, on=day):
        members = people.members_of(one.enterprise_id, on=day)
        _keep_of([account_id], one.enterprise_id, members, by=by, at=at)


def _keep_of(
    accounts: Collection[int],
    enterprise_id: int,
    members: Collection[people.Membership],
    *,
    by: Actor,
    at: datetime,
) -> int:
    """Hand over what these accounts filed for the enterprise to who manages it.

    Costs: three statements and one for each member without account.
    """
    units = [-one for one in accounts]
    rows = work.fetch(_FILED, [units, ScopeRole.OWNER, enterprise_unit_id(enterprise_id)])
    if not rows:
        return 0
    heir = _heir(members)
    keys, codes = [row[0] for row in rows], [row[1] for row in rows]
    work.put(_HAND_OVER, [heir, heir, keys, list(accounts)])
    work.put(_HIDE, [units, keys])
    if heir is not None:
        work.put(_SEE, [-heir, ScopeRole.OWNER, keys])
    work.put(_BULK, [heir or 0, list(accounts), codes])
    audit.record_each(KEPT, [f"dossier:{code}" for code in codes], by=by, at=at)
    return len(rows)


def _heir(members: Collection[people.Membership]) -> int | None:
    """Return the account that is told from now on: of who represents it, else of who manages it."""
    ranked = sorted(members, key=lambda one: (_RANKS.index(people.MemberRole(one.role)), one.pk))
    for one in ranked:
        account = identity.find_account_of_person(one.person_id, one.person.full_name)
        if account is not None:
            return account
    return None


# By the rows that let them see it: no list of all that an account has filed is kept elsewhere.
_FILED = """
SELECT d.id, d.code FROM dossiers_dossierscope o
JOIN dossiers_dossierscope e ON e.dossier_id = o.dossier_id AND e.role = o.role
JOIN dossiers_dossier d ON d.id = o.dossier_id
WHERE o.unit_id = ANY(%s::bigint[]) AND o.role = %s AND e.unit_id = %s
ORDER BY d.id FOR UPDATE OF d
"""
_HAND_OVER = """
UPDATE dossiers_dossier SET submitter_account_id = %s,
  submitter_email = CASE WHEN %s::bigint IS NULL THEN '' ELSE submitter_email END
WHERE id = ANY(%s) AND submitter_account_id = ANY(%s::bigint[])
"""
_HIDE = (
    "DELETE FROM dossiers_dossierscope WHERE unit_id = ANY(%s::bigint[]) AND dossier_id = ANY(%s)"
)
_SEE = """
INSERT INTO dossiers_dossierscope (unit_id, role, secrecy, sort_at, dossier_id)
SELECT %s, %s, d.secrecy, d.sort_at, d.id FROM dossiers_dossier d WHERE d.id = ANY(%s)
ON CONFLICT (dossier_id, unit_id) DO NOTHING
"""
_BULK = """
UPDATE dossiers_bulkfiling SET account_id = %s
WHERE account_id = ANY(%s::bigint[]) AND codes ?| %s::text[]
"""
