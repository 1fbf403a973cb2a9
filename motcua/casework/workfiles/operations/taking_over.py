"""Files that somebody made who leaves go on with a colleague."""

from datetime import datetime

from motcua.casework.workfiles.choices import State
from motcua.casework.workfiles.models import WorkFile
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.lib import work
from motcua.lib.actor import Actor

from .compiling import give_to
from .telling import lock_file


@work.story
def take_over_files(order: identity.TakeOver, by: Actor, at: datetime) -> int:
    """Give the files of one account that are not with the archive to another; return how many.

    Raises: NotAllowed unless accounts are administered where each file lies.
    Locks: the files, the oldest first.
    """
    mine = WorkFile.objects.filter(account_id=order.from_account_id)
    found = list(mine.exclude(state=State.HANDED_OVER).order_by("pk"))
    for one in found:
        by.require(Power.ADMINISTER_IDENTITY, unit_id=one.unit_id)
    for one in found:
        give_to(lock_file(one.code), order.to_account_id, by=by, at=at)
    return len(found)
