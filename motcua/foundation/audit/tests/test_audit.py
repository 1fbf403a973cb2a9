from datetime import UTC, date, datetime

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
