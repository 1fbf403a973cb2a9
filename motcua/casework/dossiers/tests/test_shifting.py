"""Open dossiers follow a calendar that changes: shown first, moved by decision, each once."""

from datetime import date, datetime, timedelta

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import DossierMove, DueChange, PromiseShift
from motcua.casework.dossiers.operations.shifting import shift_batch
from motcua.casework.dossiers.queries.promised import Dossiers
from motcua.foundation.access.api import Power
from motcua.foundation.audit.api import AuditEntry
from motcua.foundation.calendar import api as calendar
from motcua.foundation.notifications.api import Notice
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import NotAllowed

from .make import MONDAY, get_dossier, make_all, make_received, open_step
from .test_promises import make_apologised
from .test_reactions import file_as, make_lan
from .test_supplements import closing

pytestmark = pytest.mark.django_db
QUAN = Actor(id=900, name="Quàng Văn Quân", province_powers=frozenset({Power.EDIT_CALENDARS}))
TUESDAY = MONDAY + timedelta(days=1)
K = calendar.ShiftKind


def off(*days: int) -> calendar.Proposal:
    """Return a change that makes days of March 2026 days off."""
    kind = calendar.DayKind.OFF
    rows = (calendar.SpecialDay(date(2026, 3, day), kind, "Nghỉ vì bão") for day in days)
    return calendar.Proposal(days=tuple(rows))


def draft(asked: calendar.Proposal, *, at: datetime = TUESDAY) -> calendar.CalendarChange:
    national = calendar.find_calendar("national")
    assert national is not None
    return dossiers.draft_calendar_change(national.pk, asked, by=QUAN, at=at, reason="Bão số 3")


def begin(change: calendar.CalendarChange, *, at: datetime = TUESDAY) -> None:
    calendar.begin_change(
        change.pk,
        revision=change.revision,
        version=calendar.version_in_force(),
        decision_number="12/QĐ-UBND",
        decision_on=local_day(at),
        by=QUAN,
        at=at,
    )


def apply(asked: calendar.Proposal, *, at: datetime = TUESDAY) -> calendar.CalendarChange:
    """Draft a change, apply it, and let the worker do its part."""
    change = draft(asked, at=at)
    begin(change, at=at)
    for seconds in (1, 11):
        dossiers.follow_calendar(at=at + timedelta(seconds=seconds))
    return calendar.get_change(change.pk)


def rows_of(change: calendar.CalendarChange) -> list[tuple[str, str, int, int]]:
    rows = dossiers.shifted_dossiers(change.pk, by=QUAN)
    return [(one.code, one.kind, one.days, one.steps) for one in rows]


def test_a_draft_shows_each_dossier_that_would_move_and_moves_none() -> None:
    code = make_received(make_all())

    change = draft(off(4))

    [figures] = dossiers.shifts_by_agency(change.pk, by=QUAN)
    assert rows_of(change) == [(code, K.LATER, 1, 0)]
    assert (figures.later, figures.most_days, figures.steps, figures.applied) == (1, 1, 0, 0)
    assert get_dossier(code).due_at == closing(5)
    assert calendar.is_working_day(date(2026, 3, 4), calendar.facts_of(None))


def test_an_applied_change_moves_the_promise_with_its_history() -> None:
    code = make_received(make_all())

    change = apply(off(4))

    dossier = get_dossier(code)
    row = DueChange.objects.get(dossier=dossier, kind="calendar")
    said = "Lịch làm việc thay đổi theo 12/QĐ-UBND ngày 03/03/2026: Bão số 3"
    assert (dossier.due_at, dossier.due_originally_at) == (closing(6), closing(5))
    assert (row.due_was, row.due_now, row.document_number, row.ground, row.by_name) == (
        closing(5),
        closing(6),
        "12/QĐ-UBND",
        said,
        QUAN.name,
    )
    assert change.state == calendar.ChangeState.APPLIED
    move = DossierMove.objects.get(dossier=dossier, act="follow_calendar")
    assert (move.due_at, move.note, move.by_id) == (closing(6), said, QUAN.id)
    assert AuditEntry.objects.filter(action="dossiers.follow_calendar").count() == 1


def test_an_open_step_keeps_its_budget_in_working_days() -> None:
    code = make_received(make_all())
    was = open_step(code).due_at

    change = apply(off(3), at=MONDAY + timedelta(hours=1))

    assert rows_of(change) == [(code, K.LATER, 1, 1)]
    moved = open_step(code).due_at - was
    assert (was, moved) == (MONDAY + timedelta(days=1), timedelta(days=1))


def test_the_ledger_and_the_chain_of_moves_hold_after_it() -> None:
    code = make_received(make_all())

    apply(off(4))

    told = Dossiers().testimony(code)
    assert told is not None
    assert (told.wrong, [leaf.kind for leaf in told.leaves]) == (
        "",
        ["received", "promised", "redated"],
    )


def test_it_is_not_the_one_reappointment_and_lateness_is_judged_by_the_moved_moment() -> None:
    commune = make_all()
    code = make_received(commune)

    apply(off(4))
    dossiers.apologise(code, closing(11), "Chờ xác minh", by=commune.hoa, at=closing(5))

    dossier = get_dossier(code)
    assert (dossier.due_at, dossier.reappointed_late) == (closing(11), False)


def test_the_applicant_hears_of_it_once() -> None:
    commune, lan = make_all(), make_lan()
    code = file_as(lan, commune)
    dossiers.receive_dossier(code, by=commune.binh, at=MONDAY)

    apply(off(4))
    dossiers.follow_calendar(at=TUESDAY + timedelta(minutes=5))

    [notice] = Notice.objects.filter(account_id=lan.id, kind="dossiers.calendar_moved")
    assert ("từ 17:00 ngày 05/03/2026 sang 17:00 ngày 06/03/2026" in notice.body, notice.link) == (
        True,
        f"/ho-so/{code}/",
    )


def test_a_moment_that_is_past_is_not_rewritten() -> None:
    code = make_received(make_all())

    change = apply(off(4), at=closing(9))

    assert (get_dossier(code).due_at, rows_of(change)) == (closing(5), [(code, K.PAST, 0, 0)])


def test_what_comes_earlier_leaves_the_office_a_full_working_day() -> None:
    commune = make_all()
    code = make_received(commune)
    apply(off(4))

    undone = apply(calendar.Proposal(days_out=(date(2026, 3, 4),)), at=closing(4))

    due = get_dossier(code).due_at
    assert (due, rows_of(undone)) == (closing(5), [(code, K.EARLIER, -1, 0)])


def test_what_would_come_too_early_is_held() -> None:
    code = make_received(make_all())
    apply(off(4))

    change = apply(calendar.Proposal(days_out=(date(2026, 3, 4),)), at=closing(5))

    shown = dossiers.shifted_dossiers(change.pk, by=QUAN)[0]
    assert (shown.kind, shown.due_counted, shown.due_now) == (K.HELD, closing(5), closing(6))
    assert get_dossier(code).due_at == closing(6)


def test_an_appointment_made_with_an_apology_moves_only_off_a_day_off() -> None:
    code = make_apologised(make_all())

    apply(off(4, 10))

    assert get_dossier(code).due_at == closing(11)


def test_who_is_received_while_it_is_applied_gets_the_new_calendar_once() -> None:
    commune = make_all()
    make_received(commune)
    change = draft(off(5))
    begin(change)
    late = make_received(commune, at=TUESDAY)  # counts with the calendar as it is now

    for seconds in (1, 11, 21):
        dossiers.follow_calendar(at=TUESDAY + timedelta(seconds=seconds))

    moves = DossierMove.objects.filter(act="follow_calendar")
    assert (get_dossier(late).due_at, moves.count()) == (closing(9), 1)


@pytest.mark.django_db(transaction=True)
def test_two_lanes_move_each_promise_once() -> None:
    commune = make_all()
    codes = [make_received(commune) for _ in range(5)]
    begin(draft(off(4)))

    moved = dossiers.follow_calendar(at=TUESDAY + timedelta(seconds=1), lanes=2)

    moves = DossierMove.objects.filter(act="follow_calendar").values_list("dossier_id", flat=True)
    assert (moved, len(moves), len(set(moves))) == (5, 5, 5)
    assert {get_dossier(code).due_at for code in codes} == {closing(6)}


def test_a_batch_done_twice_moves_nothing_twice() -> None:
    code = make_received(make_all())
    change = draft(off(4))
    begin(change)
    found, pk = calendar.get_change(change.pk), get_dossier(code).pk

    moved = [shift_batch(found, [pk], by=QUAN, at=TUESDAY) for _ in range(2)]

    assert (moved, DueChange.objects.filter(kind="calendar").count()) == ([1, 0], 1)


def test_two_editors_of_one_draft_hear_of_each_other() -> None:
    change = draft(off(4))
    dossiers.amend_calendar_change(change.pk, off(4, 5), revision=1, by=QUAN, at=TUESDAY)

    with pytest.raises(calendar.ChangeMovedOn, match="Quàng Văn Quân vừa sửa"):
        begin(change)
    with pytest.raises(calendar.ChangeMovedOn):
        calendar.withdraw_change(change.pk, revision=1, by=QUAN, at=TUESDAY)


def test_a_draft_measured_before_the_calendar_changed_is_not_applied() -> None:
    change, version = draft(off(4)), calendar.version_in_force()
    apply(off(5))

    with pytest.raises(calendar.ChangeMovedOn, match="tính lại"):
        calendar.begin_change(
            change.pk,
            revision=1,
            version=version,
            decision_number="13/QĐ-UBND",
            decision_on=date(2026, 3, 3),
            by=QUAN,
            at=TUESDAY,
        )


def test_a_withdrawn_draft_changes_nothing_and_stays_to_be_read() -> None:
    code = make_received(make_all())
    change = draft(off(4))

    calendar.withdraw_change(change.pk, revision=1, by=QUAN, at=TUESDAY)
    dossiers.follow_calendar(at=TUESDAY)

    assert (get_dossier(code).due_at, rows_of(change)) == (closing(5), [(code, K.LATER, 1, 0)])
    with pytest.raises(calendar.ChangeMovedOn):
        begin(change)


def test_only_who_edits_calendars_measures_and_reads() -> None:
    commune = make_all()
    change = draft(off(4))

    for act in (
        lambda: dossiers.measure_change(change.pk, by=commune.hoa, at=TUESDAY),
        lambda: dossiers.shifted_dossiers(change.pk, by=commune.hoa),
        lambda: dossiers.shifts_by_agency(change.pk, by=commune.hoa),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_list_goes_on_by_key_and_tells_nothing_of_what_is_kept_closely() -> None:
    commune = make_all()
    codes = [make_received(commune) for _ in range(3)]
    dossiers.Dossier.objects.filter(code=codes[1]).update(secrecy=1)
    change = draft(off(4))

    first = dossiers.shifted_dossiers(change.pk, by=QUAN, most=2)
    rest = dossiers.shifted_dossiers(change.pk, by=QUAN, after=first[-1].dossier_id)

    assert [one.code for one in (*first, *rest)] == [codes[0], "", codes[2]]
    assert first[1].procedure_id is None
    assert PromiseShift.objects.count() == len(list(dossiers.every_shifted(change.pk, by=QUAN)))


def test_a_dossier_that_is_there_no_more_does_not_hold_up_a_change() -> None:
    commune = make_all()
    gone, stays = make_received(commune), make_received(commune)
    change = draft(off(4))
    lost = get_dossier(gone).pk
    PromiseShift.objects.filter(dossier_id=lost).update(dossier_id=lost + 10_000_000)
    begin(change)

    for seconds in (1, 11):
        dossiers.follow_calendar(at=TUESDAY + timedelta(seconds=seconds))

    assert calendar.get_change(change.pk).state == calendar.ChangeState.APPLIED
    assert get_dossier(stays).due_at == closing(6)
