"""Remind officers of files that must go to the archive; in the worker.

Source: docs/law/workfiles.md
"""

from datetime import datetime

from motcua.casework.workfiles.models import WorkFile
from motcua.casework.workfiles.queries.lists import due_within
from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local_day

HAND_OVER_DUE = notifications.declare(
    notifications.Kind(
        "workfiles.hand_over_due",
        "Hồ sơ sắp đến hạn nộp lưu",
        "Hồ sơ {symbol} đến hạn nộp lưu ngày {due}",
        "Hồ sơ “{title}” đã kết thúc và phải nộp vào lưu trữ cơ quan trước hoặc trong ngày {due}. "
        "Hãy lập danh sách nộp lưu, hoặc xin giữ lại nếu còn cần dùng.",
        for_officers=True,
    )
)
_HEADS = (organisation.PostRole.UNIT_HEAD,)


@work.story
def warn_of_hand_over(*, at: datetime) -> int:
    """Remind the person and the heads of the unit once, thirty days before; return of how many.

    Costs: one statement, and some five for each file.
    """
    due = due_within(local_day(at))
    for work_file in due:
        work_file.warned_on = local_day(at)
        work.update(work_file, "warned_on")
        values = {
            "symbol": work_file.symbol or work_file.title,
            "title": work_file.title,
            "due": f"{work_file.hand_over_by:%d/%m/%Y}",
        }
        link = f"/van-ban/ho-so/{work_file.code}/"
        told = _told(work_file, at)
        notifications.notify(told, HAND_OVER_DUE, values, by=SYSTEM, at=at, link=link)
    return len(due)


def _told(work_file: WorkFile, at: datetime) -> list[int]:
    heads = organisation.officers_of_units([work_file.unit_id], local_day(at), roles=_HEADS)
    open_ = identity.Account.objects.filter(disabled_at=None)
    of_heads = open_.filter(officer__in=heads).values_list("pk", flat=True)
    person = open_.filter(pk=work_file.account_id).values_list("pk", flat=True)
    return sorted({*of_heads, *person})
