from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.operations.warning import send_digests, warn_of_promises
from motcua.casework.dossiers.queries.warnings import newly_late, newly_soon
from motcua.foundation.notifications.api import Notice
from motcua.lib.clock import HANOI

from .make import MONDAY, Commune, make_all, make_received, open_step
from .test_assigning import MAI, by, set_rules
from .test_promises import REASON
from .test_reactions import NAME, make_head, make_mai
from .test_supplements import ITEMS, closing

pytestmark = pytest.mark.django_db
WEDNESDAY_EVENING = datetime(2026, 3, 4, 17, 0, tzinfo=HANOI)  # one working day before the promise
ONE_MINUTE = timedelta(minutes=1)


def make_in_hand(at: datetime = MONDAY) -> tuple[Commune, int, str]:
    """Return a commune, the head of its justice division, and a dossier Mai works on."""
    make_mai()
    commune = make_all()
    head = make_head(commune.justice_id)
    set_rules(commune, by(dossiers.AssignmentWay.TURN, MAI))
    return commune, head, make_received(commune, at=at)


def notices() -> list[tuple[int, str]]:
    kept = Notice.objects.order_by("account_id", "id")
    return [(one.account_id, one.kind) for one in kept]


def test_handler_and_head_are_warned_one_working_day_before_the_promise() -> None:
    _, head, _ = make_in_hand()

    warn_of_promises(at=WEDNESDAY_EVENING)

    assert notices() == [(MAI.id, "dossiers.soon"), (head, "dossiers.soon")]


def test_nobody_is_warned_while_there_is_time() -> None:
    make_in_hand()

    assert warn_of_promises(at=WEDNESDAY_EVENING - ONE_MINUTE) == 0


def test_a_long_limit_is_warned_of_when_a_fifth_is_left() -> None:
    _, _, code = make_in_hand()
    due = datetime(2026, 4, 10, 17, 0, tzinfo=HANOI)
    Dossier.objects.filter(code=code).update(due_at=due)
    six_days_before = datetime(2026, 4, 2, 17, 0, tzinfo=HANOI)

    warned = [warn_of_promises(at=six_days_before + timedelta(days=day)) for day in (-2, 1)]

    assert warned == [0, 1]


def test_a_warning_says_what_when_where_and_leads_there() -> None:
    _, _, code = make_in_hand()
    warn_of_promises(at=WEDNESDAY_EVENING)

    notice = Notice.objects.get(account_id=MAI.id)

    assert (notice.subject, notice.body, notice.link) == (
        f"Sắp đến hạn: hồ sơ {code}",
        (
            f"Hồ sơ {code} ({NAME}) phải trả kết quả trước 17:00 ngày 05/03/2026."
            " Việc đang ở: Thẩm định (Quàng Thị Mai)."
        ),
        f"/xu-ly/ho-so/{code}/",
    )


def test_each_warning_goes_once() -> None:
    make_in_hand()
    late = closing(5) + ONE_MINUTE

    counts = [warn_of_promises(at=at) for at in (WEDNESDAY_EVENING, closing(5), late, late)]

    assert counts == [1, 1, 0, 0]


def test_lateness_is_told_to_handler_and_head() -> None:
    _, head, _ = make_in_hand()

    warn_of_promises(at=closing(5) + ONE_MINUTE)

    assert notices() == [(MAI.id, "dossiers.late"), (head, "dossiers.late")]


def test_a_new_promise_is_warned_of_anew() -> None:
    commune, _, code = make_in_hand()
    warn_of_promises(at=WEDNESDAY_EVENING)
    dossiers.apologise(code, closing(10), REASON, by=commune.hoa, at=WEDNESDAY_EVENING)

    assert [warn_of_promises(at=closing(day)) for day in (6, 9, 9)] == [0, 1, 0]


def test_what_waits_for_the_applicant_is_not_warned_of() -> None:
    commune, _, code = make_in_hand()
    dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=MONDAY)

    assert warn_of_promises(at=closing(6)) == 0


def test_what_is_resolved_is_not_warned_of() -> None:
    commune, _, code = make_in_hand()
    for who in (commune.mai, commune.hoa):
        dossiers.complete_step(code, open_step(code).seq, by=who, at=MONDAY)
    dossiers.decide(code, open_step(code).seq, by=commune.hoa, at=MONDAY)

    assert warn_of_promises(at=closing(6)) == 0


def test_what_has_long_been_late_stands_in_the_morning_list_only() -> None:
    make_in_hand()

    assert warn_of_promises(at=closing(9)) == 0


@pytest.mark.parametrize("how_many", [1, 3])
def test_looking_for_what_to_warn_of_costs_two_statements(
    how_many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    commune = make_all()
    for _ in range(how_many):
        make_received(commune)

    with django_assert_num_queries(2):
        found = [*newly_soon(WEDNESDAY_EVENING), *newly_late(WEDNESDAY_EVENING)]

    assert len(found) == how_many


def test_each_morning_officers_hear_what_is_due_and_late() -> None:
    make_mai()
    commune = make_all()
    set_rules(commune, by(dossiers.AssignmentWay.TURN, MAI))
    make_received(commune)
    make_received(commune, at=MONDAY + timedelta(days=1))

    count = send_digests(at=MONDAY.replace(day=4, hour=7))

    notice = Notice.objects.get(account_id=MAI.id)
    assert (count, notice.subject) == (1, "Hôm nay: 1 việc đến hạn, 1 việc quá hạn")


def test_each_morning_heads_hear_what_nobody_has_and_what_is_late() -> None:
    _, head, _ = make_in_hand()

    send_digests(at=MONDAY.replace(day=6, hour=7))

    notice = Notice.objects.get(account_id=head, kind="dossiers.unit_digest")
    assert (notice.subject, notice.body) == (
        "Đơn vị: 0 việc chưa giao, 1 việc quá hạn",
        "Văn phòng HĐND và UBND có 0 việc chưa giao cho ai và 1 việc đã quá hạn.",
    )


def test_on_a_day_off_there_is_no_morning_list() -> None:
    make_in_hand()
    saturday = MONDAY.replace(day=7, hour=7)

    assert send_digests(at=saturday) == 0


def test_what_waits_for_others_is_not_in_the_morning_list() -> None:
    commune = make_all()
    set_rules(commune, by(dossiers.AssignmentWay.TURN, MAI))
    code = make_received(commune)
    dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=MONDAY)

    assert send_digests(at=MONDAY + timedelta(days=10)) == 0
