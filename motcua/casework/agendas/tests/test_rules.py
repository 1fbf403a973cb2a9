from datetime import UTC, date, datetime, time

import pytest

from motcua.casework.agendas.choices import Clash
from motcua.casework.agendas.rules import (
    EntryIn,
    FeedEvent,
    Wanted,
    calendar_file,
    checked,
    clashes,
    monday_of,
    place_key,
    span,
)
from motcua.lib.errors import BadInput

DAY = date(2026, 3, 2)


def wanted(code: str, starts: int, ends: int | None, people: set[int], place: str = "") -> Wanted:
    begins, until = span(DAY, time(starts), time(ends) if ends else None)
    return Wanted(code, begins, until, frozenset(people), place)


def test_one_leader_cannot_be_in_two_places() -> None:
    found = clashes([wanted("a", 8, 10, {1}), wanted("b", 9, 11, {1, 2}), wanted("c", 9, 11, {3})])

    assert [tuple(one) for one in found] == [("a", "b", Clash.PERSON)]


def test_one_room_cannot_hold_two_meetings() -> None:
    same = place_key("Phòng họp  số 1")

    found = clashes(
        [wanted("a", 8, 10, {1}, same), wanted("b", 9, 11, {2}, place_key("phong hop so 1"))]
    )

    assert [one.kind for one in found] == [Clash.PLACE]


def test_what_follows_at_once_does_not_clash() -> None:
    assert clashes([wanted("a", 8, 10, {1}), wanted("b", 10, 11, {1})]) == []


def test_without_an_end_something_lasts_two_hours() -> None:
    assert len(clashes([wanted("a", 8, None, {1}), wanted("b", 9, 11, {1})])) == 1
    assert clashes([wanted("a", 8, None, {1}), wanted("b", 10, 11, {1})]) == []


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (EntryIn(DAY, time(8), " ", chair_name="Hoa"), "title"),
        (EntryIn(DAY, time(8), "Họp"), "chair"),
        (EntryIn(DAY, time(8), "Họp", ends=time(8), chair_name="Hoa"), "ends"),
        (EntryIn(DAY, time(8), "Họp", place="x" * 201, chair_name="Hoa"), "place"),
    ],
)
def test_what_cannot_be_proposed_says_where_it_is_wrong(facts: EntryIn, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked(facts)

    assert refused.value.field == field


def test_a_week_begins_on_monday() -> None:
    assert monday_of(date(2026, 3, 8)) == DAY


def test_a_calendar_file_escapes_and_folds_its_lines() -> None:
    at = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    title = "Họp; nghe báo cáo, " + "về công tác phòng chống thiên tai " * 3
    one = FeedEvent("a@b", at, at, title, "Phòng 1", "Chủ trì: Hoa\nXe: 1", at, is_cancelled=False)

    text = calendar_file("Lịch", [one])

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert f"SUMMARY:Họp\\; nghe báo cáo\\, {title[19:]}" in text.replace("\r\n ", "")
    assert "DTSTART:20260302T010000Z" in text
    assert "DESCRIPTION:Chủ trì: Hoa\\nXe: 1" in text
