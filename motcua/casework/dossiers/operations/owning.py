"""What was handed in at a desk comes to the account of whom it names, if that is confirmed."""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.dossiers.choices import Authority, ScopeRole
from motcua.casework.dossiers.models import BulkFiling, Draft
from motcua.casework.procedures.api import FilingChannel
from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day

from . import message_kinds as kinds
from .leaving import keep_of_account
from .notifying import living

OWNED, DISOWNED = "dossiers.own", "dossiers.disown"
OWN_PAGE = "/ho-so/"
BATCH = 500


def own_earlier(person_id: int, *, at: datetime) -> int:
    """Let what desks received for a person belong to the person's account; return how many.

    The name must be the account's, as when a dossier is received; what has an owner keeps it.
    Done again it does nothing.

    Costs: five statements for each batch, each batch a transaction of its own.
    Source: docs/law/one-stop.md
    """
    after, count, is_more = 0, 0, True
    while is_more:
        found, after = _own_some(person_id, after, at=at)
        count += found
        is_more = after > 0
    return count


@work.story
def _own_some(person_id: int, after: int, *, at: datetime) -> tuple[int, int]:
    """Return how many of the next dossiers found an owner, and after which to go on (0: none)."""
    rows = work.fetch(_NOBODYS, [person_id, FilingChannel.PORTAL, after, BATCH])
    owners = {
        name: identity.find_account_of_person(person_id, name) for name in {row[2] for row in rows}
    }
    owned: dict[int, list[int]] = {}
    for key, code, name in rows:
        owner = owners[name]
        if owner is not None:
            owned.setdefault(owner, []).append(key)
            audit.record(OWNED, f"dossier:{code}", by=SYSTEM, at=at, detail={"account": owner})
    for owner, dossier_ids in owned.items():
        work.put(_OWN, [owner, dossier_ids])
        work.put(_SEE, [-owner, ScopeRole.OWNER, dossier_ids])
    further = rows[-1][0] if len(rows) == BATCH else 0
    return sum(len(dossier_ids) for dossier_ids in owned.values()), further


_NOBODYS = """
SELECT d.id, d.code, d.applicant_name FROM dossiers_dossier d
WHERE d.applicant_person_id = %s AND d.submitter_account_id IS NULL AND d.channel <> %s
  AND d.id > %s
ORDER BY d.id LIMIT %s FOR UPDATE
"""
_OWN = "UPDATE dossiers_dossier SET submitter_account_id = %s WHERE id = ANY(%s)"
_SEE = """
INSERT INTO dossiers_dossierscope (unit_id, role, secrecy, sort_at, dossier_id)
SELECT %s, %s, d.secrecy, d.sort_at, d.id FROM dossiers_dossier d WHERE d.id = ANY(%s)
ON CONFLICT (dossier_id, unit_id) DO NOTHING
"""


@work.story
def hand_over_account(from_id: int, to_id: int, *, at: datetime) -> int:
    """Let what lies in an account that was merged belong to the other; return how many dossiers.

    Drafts, dossiers and who sees them go over. Done again it does nothing.
    Source: docs/law/identity.md
    """
    rows = work.fetch(_INHERIT, [to_id, from_id])
    keys = [key for key, _ in rows]
    work.put(_SEE, [-to_id, ScopeRole.OWNER, keys])
    work.put(_HIDE, [-from_id, ScopeRole.OWNER, keys])
    Draft.objects.filter(account_id=from_id).update(account_id=to_id)
    BulkFiling.objects.filter(account_id=from_id).update(account_id=to_id)
    for _, code in rows:
        audit.record(OWNED, f"dossier:{code}", by=SYSTEM, at=at, detail={"account": to_id})
    return len(rows)


_INHERIT = """
UPDATE dossiers_dossier SET submitter_account_id = %s WHERE submitter_account_id = %s
RETURNING id, code
"""


@work.story
def undo_confirmation(login: str, reason: str, *, by: Actor, at: datetime) -> str:
    """Undo the confirmation of an account and all it gave, at once; return the holder's name.

    What the account has filed itself stays with it; for an enterprise of the person, with that.

    Raises: NotAllowed, NoSuchAccount, BadInput.
    Source: docs/law/identity.md
    """
    undone = identity.undo_confirmation(login, reason, by=by, at=at)
    _disown(undone.account_id, undone.person_id, by=by, at=at)
    return undone.full_name


@work.story
def disown(account_id: int, person_id: int, *, at: datetime) -> None:
    """Take away what came to the account while its confirmation was being undone.

    Nothing, if the account has been confirmed as this person's anew.
    """
    if not identity.Account.objects.filter(pk=account_id, person_id=person_id).exists():
        _disown(account_id, person_id, by=SYSTEM, at=at)


def _disown(account_id: int, person_id: int, *, by: Actor, at: datetime) -> None:
    rows = work.fetch(_LOSE, [account_id, person_id, FilingChannel.PORTAL, _BY_OTHERS])
    work.put(_HIDE, [-account_id, ScopeRole.OWNER, [key for key, _ in rows]])
    for _, code in rows:
        audit.record(DISOWNED, f"dossier:{code}", by=by, at=at, detail={"account": account_id})
    keep_of_account(account_id, person_id, by=by, at=at)


_BY_OTHERS = [str(Authority.HELPER), str(Authority.AGENT)]  # filed for the person
_LOSE = """
UPDATE dossiers_dossier SET submitter_account_id = NULL
WHERE submitter_account_id = %s AND applicant_person_id = %s
  AND (channel <> %s OR authority = ANY(%s::text[]))
RETURNING id, code
"""
_HIDE = """
DELETE FROM dossiers_dossierscope WHERE unit_id = %s AND role = %s AND dossier_id = ANY(%s)
"""


def tell_unconfirmed(facts: Sequence[outbox.ReadFact]) -> int:
    """Tell holders of accounts that these count as confirmed no more."""
    alive = set(living({fact.aggregate_id for fact in facts}))
    return notifications.notify_all(
        [
            notifications.Message(
                [fact.aggregate_id],
                kinds.UNCONFIRMED,
                {"day": f"{local_day(fact.at):%d/%m/%Y}"},
                fact.at,
                OWN_PAGE,
            )
            for fact in facts
            if fact.aggregate_id in alive
        ],
        by=SYSTEM,
    )


def tell_confirmed(facts: Sequence[outbox.ReadFact]) -> int:
    """Tell holders of accounts which desk has confirmed who they are."""
    alive = set(living({fact.aggregate_id for fact in facts}))
    return notifications.notify_all(
        [
            notifications.Message(
                [fact.aggregate_id],
                kinds.CONFIRMED,
                {"desk": _desk(fact), "day": f"{local_day(fact.at):%d/%m/%Y}"},
                fact.at,
                OWN_PAGE,
            )
            for fact in facts
            if fact.aggregate_id in alive
        ],
        by=SYSTEM,
    )


def _desk(fact: outbox.ReadFact) -> str:
    tree = organisation.tree()
    desk = tree.unit(int(str(fact.payload["desk_unit_id"])))
    return f"{desk.name}, {tree.agency_of(desk.id).name}"
