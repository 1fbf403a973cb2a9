"""Remind cashiers and the heads of their desks of a cash day nobody closed.

Source: docs/law/money.md
"""

from datetime import datetime

from motcua.casework.cashbook.queries.forgotten import Forgotten, cashiers_on, forgotten_days
from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.lib import work
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local, local_day

NOT_CLOSED = notifications.declare(
    notifications.Kind(
        "cashbook.day_not_closed",
        "Quầy quên chốt quỹ",
        "Quầy {desk} chưa chốt quỹ ngày {day}",
        "{desk} có thu, chi tiền mặt ngày {day} nhưng chưa chốt quỹ.{shifts} Hãy đóng ca, đếm két "
        "và chốt quỹ; một lần chốt gồm cả những ngày trước chưa chốt.",
        for_officers=True,
    )
)
_HEADS = (PostRole.DESK_HEAD, PostRole.UNIT_HEAD)
_ONCE = """
INSERT INTO cashbook_cashreminder (unit_id, "on", at) VALUES (%s, %s, %s)
ON CONFLICT (unit_id, "on") DO NOTHING RETURNING id
"""
PAGE = "/mot-cua/thu-tien/chot-quy/"


def remind_of_cash_days(*, at: datetime) -> int:
    """Tell the cashiers and heads of each desk that forgot its cash day; return how many desks.

    Once for a day that was forgotten, however often this runs.
    """
    today = local_day(at)
    return sum(_remind(one, at=at) for one in forgotten_days(today))


@work.story
def _remind(found: Forgotten, *, at: datetime) -> int:
    if not work.fetch(_ONCE, [found.unit_id, found.latest_on, at]):
        return 0
    desk = organisation.name_of_unit(found.unit_id)
    days = f"{found.latest_on:%d/%m/%Y}"
    if found.first_on < found.latest_on:
        days = f"{found.first_on:%d/%m/%Y} đến {days}"
    values = {"desk": desk, "day": days, "shifts": _shifts_words(found)}
    notifications.notify(_told(found, at), NOT_CLOSED, values, by=SYSTEM, at=at, link=PAGE)
    return 1


def _shifts_words(found: Forgotten) -> str:
    if not found.shifts:
        return ""
    named = (
        f"{one.code} ({one.cashier_name}, mở lúc {local(one.opened_at):%H:%M %d/%m/%Y})"
        for one in found.shifts
    )
    return f" Ca thu để mở qua đêm: {', '.join(named)}."


def _told(found: Forgotten, at: datetime) -> list[int]:
    heads = organisation.officers_of_units([found.unit_id], local_day(at), roles=_HEADS)
    of_heads = identity.accounts_of_officers([one.pk for one in heads]).values()
    cashiers = cashiers_on(found.unit_id, found.first_on, found.latest_on)
    open_ = identity.Account.objects.filter(disabled_at=None, pk__in=cashiers)
    return sorted({*of_heads, *open_.values_list("pk", flat=True)})
