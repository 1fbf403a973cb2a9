from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import ClosedEntry, ClosedRegister, Dossier
from motcua.lib.errors import BadInput, NotAllowed

from .make import (
    LAN,
    MONDAY,
    make_all,
    make_commune,
    make_filed,
    make_received,
    make_received_at_desk,
    make_resolved,
)
from .test_supplements import closing

pytestmark = pytest.mark.django_db
FIRST, LATEST = date(2026, 3, 2), date(2026, 3, 6)
AFTER = MONDAY + timedelta(days=7)


def test_the_register_has_every_received_dossier_in_order() -> None:
    commune = make_all()
    codes = [make_received_at_desk(commune), make_resolved(commune)]
    make_filed(commune)
    dossiers.return_outcome(
        codes[1], handed_to="Lò Văn Tâm", handed_how="Giấy ủy quyền", by=commune.binh, at=MONDAY
    )

    rows = list(dossiers.register_rows(commune.desk_id, FIRST, LATEST))

    assert [(row.serial, row.code, row.received_by, row.returned_at) for row in rows] == [
        (1, codes[0], "", None),
        (2, codes[1], "Lò Văn Tâm", MONDAY),
    ]


def test_the_register_counts_the_days_of_hanoi() -> None:
    commune = make_all()
    late = MONDAY.replace(hour=23, minute=59)
    codes = [make_received(commune, at=at) for at in (late, late + timedelta(minutes=1))]

    rows = list(dossiers.register_rows(commune.desk_id, FIRST, FIRST))

    assert [row.code for row in rows] == codes[:1]


def test_a_closed_register_says_for_ever_what_it_said_when_it_was_closed() -> None:
    commune = make_all()
    code = make_received_at_desk(commune)
    before = list(dossiers.register_rows(commune.desk_id, FIRST, LATEST))
    closed = dossiers.close_register(commune.desk_id, FIRST, LATEST, by=commune.oanh, at=AFTER)

    Dossier.objects.filter(code=code).update(applicant_name="Người khác")

    after = list(dossiers.register_rows(commune.desk_id, FIRST, LATEST))
    other_days = list(dossiers.register_rows(commune.desk_id, FIRST, FIRST))
    assert (after, other_days[0].applicant_name) == (before, "Người khác")
    assert (closed.rows, closed.pieces, closed.closed_by_title, dossiers.is_whole(closed)) == (
        1,
        1,
        "Công chức",
        True,
    )


def test_an_entry_changed_behind_the_book_is_seen() -> None:
    commune = make_all()
    make_received_at_desk(commune)
    closed = dossiers.close_register(commune.desk_id, FIRST, LATEST, by=commune.oanh, at=AFTER)

    for entry in ClosedEntry.objects.filter(book=closed):
        line = {**entry.line, "applicant_name": "Người khác"}
        ClosedEntry.objects.filter(book=closed, serial=entry.serial).update(line=line)

    assert dossiers.is_whole(closed) is False


def test_what_comes_after_goes_into_the_next_book() -> None:
    commune = make_all()
    codes = [make_received_at_desk(commune)]
    dossiers.close_register(commune.desk_id, FIRST, LATEST, by=commune.oanh, at=AFTER)

    codes.append(make_received_at_desk(commune, at=AFTER))

    days = [(FIRST, LATEST), (LATEST + timedelta(days=1), AFTER.date())]
    books = [
        [row.code for row in dossiers.register_rows(commune.desk_id, *between)] for between in days
    ]
    assert books == [codes[:1], codes[1:]]


def test_the_database_closes_no_day_twice() -> None:
    commune = make_all()
    closed = dossiers.close_register(commune.desk_id, FIRST, LATEST, by=commune.oanh, at=AFTER)
    later = AFTER + timedelta(days=7)
    day = AFTER.date()
    other = dossiers.close_register(commune.desk_id, day, day, by=commune.oanh, at=later)

    with pytest.raises(IntegrityError, match="no_day_closed_twice"):
        ClosedRegister.objects.filter(pk=other.pk).update(from_day=closed.to_day)


def test_no_day_is_closed_twice_nor_before_it_is_over() -> None:
    commune = make_all()
    dossiers.close_register(commune.desk_id, FIRST, FIRST, by=commune.oanh, at=AFTER)

    with pytest.raises(dossiers.DossierError, match="đã khóa"):
        dossiers.close_register(commune.desk_id, FIRST, LATEST, by=commune.oanh, at=AFTER)
    for first, latest in ((FIRST, AFTER.date()), (LATEST, FIRST)):
        with pytest.raises(BadInput, match="đã qua"):
            dossiers.close_register(commune.desk_id, first, latest, by=commune.oanh, at=AFTER)


def test_only_the_head_of_this_desk_closes_and_only_its_people_read() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    for by in (commune.binh, other.oanh):
        with pytest.raises(NotAllowed):
            dossiers.close_register(commune.desk_id, FIRST, LATEST, by=by, at=AFTER)

    for by in (LAN, other.oanh):
        with pytest.raises(NotAllowed):
            dossiers.register_pdf(by, commune.desk_id, FIRST, LATEST)
        with pytest.raises(NotAllowed):
            dossiers.report_pdf(by, commune.desk_id, FIRST, LATEST, at=AFTER)


def test_register_and_report_can_be_printed() -> None:
    commune = make_all()
    make_received_at_desk(commune)
    dossiers.close_register(commune.desk_id, FIRST, LATEST, by=commune.oanh, at=AFTER)

    printed = [
        dossiers.register_pdf(commune.oanh, commune.desk_id, FIRST, LATEST),
        dossiers.report_pdf(commune.oanh, commune.desk_id, FIRST, LATEST, at=AFTER),
    ]

    assert [pdf[:5] for pdf in printed] == [b"%PDF-", b"%PDF-"]


def test_the_report_counts_every_dossier_once() -> None:
    commune = make_all()
    make_received(commune, at=MONDAY - timedelta(days=10))
    make_received_at_desk(commune)
    make_resolved(commune)
    dossiers.withdraw(make_received(commune), by=LAN, at=MONDAY)
    make_received(commune, at=AFTER)

    (tally,) = dossiers.report_of(commune.desk_id, FIRST, LATEST)

    assert (tally.name, tally.carried_over, tally.received_online, tally.received_otherwise) == (
        "Hộ tịch",
        1,
        2,
        1,
    )
    assert (tally.settled_early, tally.open_in_time, tally.open_late, tally.ended_otherwise) == (
        1,
        0,
        2,
        1,
    )
    assert tally.received == tally.settled + tally.open + tally.ended_otherwise


@pytest.mark.parametrize(("days", "counts"), [(0, (1, 0, 0)), (3, (0, 1, 0)), (4, (0, 0, 1))])
def test_early_on_time_and_late_are_told_apart(days: int, counts: tuple[int, int, int]) -> None:
    commune = make_all()
    code = make_resolved(commune)
    Dossier.objects.filter(code=code).update(resolved_at=MONDAY + timedelta(days=days))

    (tally,) = dossiers.report_of(commune.desk_id, FIRST, LATEST)

    assert (tally.settled_early, tally.settled_on_time, tally.settled_late) == counts


def test_a_dossier_that_waits_for_its_applicant_is_not_late() -> None:
    commune = make_all()
    code = make_received(commune)
    Dossier.objects.filter(code=code).update(paused_at=MONDAY, due_at=closing(5))

    (tally,) = dossiers.report_of(commune.root_id, FIRST, LATEST)

    assert (tally.open_in_time, tally.open_late) == (1, 0)


def test_a_unit_of_another_commune_has_nothing_of_it() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    make_received(commune)

    assert dossiers.report_of(other.desk_id, FIRST, LATEST) == ()
