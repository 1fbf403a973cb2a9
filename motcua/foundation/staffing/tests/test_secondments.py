from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.identity.api import Account
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.notifications.api import Notice
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyKind, Level, PostRole
from motcua.foundation.organisation.tests.make import make_agency, make_post, make_unit
from motcua.foundation.staffing import api as staffing
from motcua.foundation.staffing.api import Renewal, Secondment, SecondmentIn, TermNotLawful
from motcua.foundation.staffing.rules.terms import check_term, last_days
from motcua.lib.errors import BadInput, NotAllowed, NotFound

from .make import MONDAY, Desk, make_desk, officer_of

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 3, 2), date(2027, 3, 1)


def make_seconded() -> tuple[Desk, Account, int]:
    """Return a desk, a handler of a department, and that department's unit."""
    desk = make_desk()
    home = make_agency("H18.07", "Sở Xây dựng", kind=AgencyKind.DEPARTMENT, level=Level.PROVINCE)
    unit = make_unit(home, "H18.07.P1", "Phòng Quản lý xây dựng")
    organisation.forget_tree()
    long = make_officer_account("Hoàng Văn Long", username="long")
    make_post(unit, PostRole.HANDLER, holder=long.officer)
    return desk, long, unit.pk


def given(desk: Desk, officer: Account, **change: Any) -> SecondmentIn:
    asked = SecondmentIn(
        officer_id=officer_of(officer),
        unit_id=desk.unit.pk,
        valid_from=FIRST,
        valid_to=LAST,
        decision_number="45/QĐ-SXD",
        decided_on=date(2026, 2, 25),
    )
    return replace(asked, **change)


def second(desk: Desk, officer: Account, **change: Any) -> Secondment:
    return staffing.second_officer(given(desk, officer, **change), by=desk.administrator, at=MONDAY)


def powers_on(account: Account, days: int) -> set[tuple[str, int]]:
    actor = access.actor_now(account.pk, at=MONDAY + timedelta(days=days)).actor
    return {(power, unit) for power, units in actor.powers.items() for unit in units}


def test_the_seconded_has_the_powers_of_the_desk_and_keeps_those_at_home() -> None:
    desk, long, home = make_seconded()

    second(desk, long)

    at_work = powers_on(long, 0)
    assert (Power.RECEIVE_DOSSIERS, desk.unit.pk) in at_work
    assert (Power.HANDLE_DOSSIERS, home) in at_work


def test_the_term_ends_by_itself() -> None:
    desk, long, home = make_seconded()
    second(desk, long)

    last, after = (powers_on(long, (LAST - FIRST).days + more) for more in (0, 1))

    assert (Power.RECEIVE_DOSSIERS, desk.unit.pk) in last
    assert (Power.RECEIVE_DOSSIERS, desk.unit.pk) not in after
    assert (Power.HANDLE_DOSSIERS, home) in after


def test_a_term_lasts_six_to_twenty_four_months() -> None:
    shortest, longest = last_days(date(2026, 8, 31))

    assert (shortest, longest) == (date(2027, 2, 27), date(2028, 8, 30))
    check_term(date(2026, 8, 31), shortest)
    check_term(date(2026, 8, 31), longest)
    for last, said in (
        (shortest - timedelta(days=1), "ít nhất 6"),
        (longest + timedelta(days=1), "gia hạn"),
    ):
        with pytest.raises(TermNotLawful, match=said):
            check_term(date(2026, 8, 31), last)


def test_a_longer_time_needs_a_decision_of_its_own() -> None:
    desk, long, _ = make_seconded()
    first = second(desk, long)
    after = LAST + timedelta(days=1)
    renewal = Renewal(after, date(2028, 3, 1), "45/QĐ-SXD", date(2027, 2, 1))

    with pytest.raises(BadInput, match="quyết định mới"):
        staffing.renew_secondment(first.pk, renewal, by=desk.administrator, at=MONDAY)
    with pytest.raises(TermNotLawful, match="phải bắt đầu ngày 02/03/2027"):
        staffing.renew_secondment(
            first.pk,
            replace(renewal, decision_number="9/QĐ", valid_from=after + timedelta(days=1)),
            by=desk.administrator,
            at=MONDAY,
        )
    made = staffing.renew_secondment(
        first.pk, replace(renewal, decision_number="9/QĐ-SXD"), by=desk.administrator, at=MONDAY
    )

    assert made.renews_id == first.pk
    days = (after - FIRST).days
    assert (Power.RECEIVE_DOSSIERS, desk.unit.pk) in powers_on(long, days)


def test_who_is_sent_is_sent_to_one_place_from_another_agency() -> None:
    desk, long, _ = make_seconded()

    with pytest.raises(BadInput, match="cơ quan khác"):
        second(desk, desk.van)
    with pytest.raises(BadInput, match="Một cửa"):
        second(desk, long, unit_id=desk.office.pk)
    second(desk, long)
    with pytest.raises(TermNotLawful, match="đang được cử"):
        second(desk, long)


def test_a_decision_is_named_and_comes_first() -> None:
    desk, long, _ = make_seconded()

    for change in ({"decision_number": " "}, {"decided_on": FIRST + timedelta(days=1)}):
        with pytest.raises(BadInput):
            second(desk, long, **change)


def test_everybody_concerned_is_warned_once_before_the_end() -> None:
    desk, long, _ = make_seconded()
    second(desk, long)
    near = MONDAY + timedelta(days=(LAST - FIRST).days - 20)

    counts = [staffing.warn_of_ends(at=at) for at in (MONDAY, near, near)]

    assert counts == [0, 1, 0]
    found = Notice.objects.filter(kind="staffing.term_ends").values_list("account_id", flat=True)
    assert set(found) == {long.pk, desk.lien.id}


def test_a_term_ends_early_with_a_reason() -> None:
    desk, long, home = make_seconded()
    one = second(desk, long)
    on = FIRST + timedelta(days=30)

    with pytest.raises(BadInput, match="lý do"):
        staffing.end_secondment(one.pk, on=on, reason=" ", by=desk.administrator, at=MONDAY)
    staffing.end_secondment(one.pk, on=on, reason="Về nhận việc", by=desk.administrator, at=MONDAY)

    assert (Power.RECEIVE_DOSSIERS, desk.unit.pk) not in powers_on(long, 31)
    assert (Power.HANDLE_DOSSIERS, home) in powers_on(long, 31)


def test_only_who_arranges_the_hall_knows_of_its_secondments() -> None:
    desk, long, home = make_seconded()
    one = second(desk, long)
    other = replace(desk.lien, powers={"organisation.edit": frozenset({home})})

    with pytest.raises(NotFound):
        staffing.get_secondment_for(other, one.pk)
    with pytest.raises(NotAllowed):
        staffing.second_officer(given(desk, long), by=other, at=MONDAY)
    assert staffing.secondments_for(other, since=FIRST) == []
    assert staffing.secondments_for(desk.administrator, since=FIRST) == [one]
