from datetime import UTC, date, datetime
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.lib.canonical import NotCanonical, canonical
from motcua.lib.clock import HANOI

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def test_keys_stand_in_order_and_nothing_stands_between() -> None:
    record = {"b": 1, "a": [True, None, "x"], "đ": {"y": 2, "A": ""}}

    assert canonical(record) == '{"a":[true,null,"x"],"b":1,"đ":{"A":"","y":2}}'.encode()


def test_the_same_word_in_two_encodings_is_one() -> None:
    assert canonical(normalize("NFD", "Điện Biên")) == canonical(normalize("NFC", "Điện Biên"))


def test_moments_are_in_utc_to_the_second_and_days_are_days() -> None:
    morning = datetime(2026, 11, 22, 9, 0, 0, 999_999, tzinfo=HANOI)

    assert canonical([morning, date(2026, 11, 22)]) == b'["2026-11-22T02:00:00Z","2026-11-22"]'


@pytest.mark.parametrize(
    "value",
    [1.5, {1: "x"}, {"a", "b"}, object(), datetime(2026, 1, 1), {"é": 1, "e\u0301": 2}],  # noqa: DTZ001 -- that is what is refused
    ids=["fraction", "number as key", "set", "object", "no zone", "two keys that are one"],
)
def test_what_has_no_single_form_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)


@given(st.dictionaries(WORDS.map(lambda word: normalize("NFC", word)), st.integers() | WORDS))
def test_the_order_in_which_a_record_was_made_does_not_matter(record: dict[str, object]) -> None:
    turned = dict(reversed(record.items()))

    assert canonical(record) == canonical(turned)


def test_a_moment_is_the_same_from_everywhere() -> None:
    at = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)

    assert canonical(at) == canonical(at.astimezone(HANOI))
