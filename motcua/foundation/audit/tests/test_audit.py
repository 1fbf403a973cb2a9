from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection

from motcua.foundation.audit import api as audit
from motcua.lib import partitions, work
from motcua.lib.actor import Actor

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
BINH = Actor(id=7, name="Trần Văn Bình", title="Công chức một cửa", agency_id=3)


@work.story
def act() -> None:
    audit.record("tea.serve", "tea:1", by=BINH, at=NOW, detail={"cups": 2})


@pytest.mark.django_db
def test_an_act_leaves_who_what_and_when() -> None:
    act()

    trail = [(e.at, e.action, e.actor_name, e.detail) for e in audit.trail_of("tea:1")]

    assert trail == [(NOW, "tea.serve", "Trần Văn Bình", {"cups": 2})]


@pytest.mark.django_db
def test_a_person_can_read_who_looked_at_them() -> None:
    audit.record_access("dossier.open", "dossier:X", by=BINH, at=NOW, person_id=5)

    seen = [(e.purpose, e.actor_name, e.agency_id) for e in audit.accesses_to_person(5)]

    assert seen == [("dossier.open", "Trần Văn Bình", 3)]


@pytest.mark.django_db
@pytest.mark.parametrize("sql", ["UPDATE audit_entry SET actor_id = 9", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_the_trail(sql: str) -> None:
    act()

    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db(transaction=True)
def test_rows_written_before_their_month_existed_move_into_it() -> None:
    act()

    audit.prepare_months(date(2026, 3, 1))

    spare = partitions.rows_in_default("audit_entry")
    assert (spare, len(audit.trail_of("tea:1"))) == (0, 1)


@pytest.mark.django_db
def test_an_attempt_says_who_asked_for_what_and_how() -> None:
    audit.record_attempt("dossier:X", by=BINH, at=NOW, asked="GET office:dossier")

    trail = [(e.at, e.action, e.actor_name, e.detail) for e in audit.trail_of("dossier:X")]

    assert trail == [(NOW, "access.refused", "Trần Văn Bình", {"asked": "GET office:dossier"})]


@pytest.mark.django_db
def test_nobody_can_fill_the_trail_with_attempts() -> None:
    noted = [
        audit.record_attempt(f"dossier:{number}", by=BINH, at=NOW, asked="GET")
        for number in range(audit.ATTEMPTS_NOTED + 2)
    ]
    an_hour_later = NOW + timedelta(hours=1, seconds=1)

    again = audit.record_attempt("dossier:X", by=BINH, at=an_hour_later, asked="GET")

    assert (noted, again) == ([True] * 30 + [False] * 2, True)


@pytest.mark.django_db
def test_the_last_attempt_noted_says_that_more_are_not() -> None:
    for _ in range(31):
        audit.record_attempt("dossier:X", by=BINH, at=NOW, asked="GET")

    details = [entry.detail.get("more") for entry in audit.trail_of("dossier:X")]

    assert details == [None] * 29 + ["not noted for an hour"]
