"""Green, amber, red and grey, each with its word."""

from datetime import datetime

import pytest

from motcua.casework.dossiers.tests.make import make_all
from motcua.casework.processes.api import NO_LIMIT
from motcua.channels.office.showing import Span, clock_badge
from motcua.lib.clock import HANOI

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 9, 0, tzinfo=HANOI)
DUE = datetime(2026, 3, 16, 17, 0, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("at", "tone", "word"),
    [
        pytest.param(datetime(2026, 3, 3, 9, 0, tzinfo=HANOI), "ok", "Còn 9 ngày", id="far"),
        pytest.param(datetime(2026, 3, 13, 9, 0, tzinfo=HANOI), "soon", "Còn 1 ngày", id="fifth"),
        pytest.param(datetime(2026, 3, 16, 9, 0, tzinfo=HANOI), "soon", "Hạn hôm nay", id="today"),
        pytest.param(
            datetime(2026, 3, 16, 17, 1, tzinfo=HANOI), "late", "Quá giờ hẹn", id="a minute late"
        ),
        pytest.param(
            datetime(2026, 3, 18, 9, 0, tzinfo=HANOI), "late", "Quá hạn 2 ngày", id="days late"
        ),
    ],
)
def test_the_clock_has_a_colour_and_a_word(at: datetime, tone: str, word: str) -> None:
    commune = make_all()

    badge = clock_badge(Span(START, DUE, commune.desk_id), at)

    assert (badge.tone, badge.word) == (tone, word)


def test_a_paused_clock_is_grey_even_when_it_would_be_late() -> None:
    commune = make_all()

    badge = clock_badge(Span(START, DUE, commune.desk_id, is_paused=True), NO_LIMIT)

    assert badge.tone == "paused"


def test_work_without_a_limit_says_so() -> None:
    commune = make_all()

    badge = clock_badge(Span(START, NO_LIMIT, commune.desk_id), DUE)

    assert (badge.tone, badge.word) == ("neutral", "Không tính hạn")
