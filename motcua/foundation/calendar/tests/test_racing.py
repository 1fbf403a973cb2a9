"""Two changes of calendars applied at once: the second is told, and has changed nothing."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction

from motcua.foundation.calendar import api as calendar
from motcua.lib.actor import Actor

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
EDITOR = Actor(id=900, name="Vũ Thị Quản", province_powers=frozenset({"calendar.edit"}))


def begin(change: calendar.CalendarChange, version: int) -> None:
    calendar.begin_change(
        change.pk,
        revision=change.revision,
        version=version,
        decision_number="12/QĐ-UBND",
        decision_on=date(2026, 3, 1),
        by=EDITOR,
        at=NOW,
    )


@pytest.mark.django_db(transaction=True)
def test_one_change_begins_at_a_time() -> None:
    mine = calendar.find_calendar("national") or calendar.add_calendar(
        "national", "Lịch chung", by=EDITOR, at=NOW
    )
    first, second = (
        calendar.propose_change(
            mine.pk,
            calendar.Proposal(days=(calendar.SpecialDay(day, calendar.DayKind.OFF, "Nghỉ"),)),
            by=EDITOR,
            at=NOW,
        )
        for day in (date(2026, 3, 4), date(2026, 3, 5))
    )
    version, refused = calendar.version_in_force(), list[str]()

    def begin_second() -> None:
        try:
            begin(second, version)
        except calendar.ChangeMovedOn as error:
            refused.append(str(error))
        finally:
            connection.close()

    other = threading.Thread(target=begin_second)
    with transaction.atomic():
        begin(first, version)
        other.start()
        other.join(0.2)
    other.join()

    assert ["đang được áp dụng" in one for one in refused] == [True]
    assert [calendar.get_change(one.pk).state for one in (first, second)] == ["applying", "draft"]
