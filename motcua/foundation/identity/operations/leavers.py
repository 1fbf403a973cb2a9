"""Officers who leave: their accounts end, and their work goes to a colleague."""

from collections.abc import Mapping
from datetime import datetime

from motcua.foundation.audit import api as audit
from motcua.foundation.identity.choices import ADMINISTER, DisabledBecause
from motcua.foundation.identity.errors import AccountDisabled
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.permissions import check_administers
from motcua.foundation.identity.ports import TakeOver, registry
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

from .accounts import end_account


@work.story
def close_accounts_of_leavers(*, at: datetime) -> int:
    """Close the accounts of officers whose last day is over; return how many.

    Source: docs/law/identity.md
    """
    gone = (
        Account.objects.select_for_update(of=("self",))
        .filter(disabled_at=None, officer__left_on__lt=local_day(at))
        .order_by("pk")
    )
    accounts = list(gone)
    for account in accounts:
        end_account(account, DisabledBecause.LEFT, by=SYSTEM, at=at)
    return len(accounts)


@work.story
def take_over_work(
    from_account_id: int, to_account_id: int, *, by: Actor, at: datetime
) -> Mapping[str, int]:
    """Hand what lies with one officer to another; return how many pieces by room.

    Raises: NotAllowed, AccountDisabled, BadInput, Account.DoesNotExist.
    """
    by.require(ADMINISTER)
    if from_account_id == to_account_id:
        raise BadInput("Hãy chọn một người khác nhận việc.", field="to_account")
    leaver = Account.objects.get(pk=from_account_id)
    heir = Account.objects.get(pk=to_account_id)
    check_administers(leaver, by=by, on=local_day(at))
    check_administers(heir, by=by, on=local_day(at))
    if not heir.is_active or not heir.is_officer:
        raise AccountDisabled("Người nhận việc phải có tài khoản cán bộ đang hoạt động.")
    order = TakeOver(from_account_id, to_account_id)
    taken = {name: take(order, by, at) for name, take in sorted(registry.items())}
    subject, detail = f"account:{from_account_id}", {"to": to_account_id, "pieces": taken}
    audit.record("identity.work_taken_over", subject, by=by, at=at, detail=detail)
    return taken
