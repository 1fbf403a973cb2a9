"""Words that know their English: values, dates, numbers, and in which language is spoken."""

from datetime import date
from threading import Thread

import pytest
from django.utils.translation import get_language

from motcua.lib.tongue import (
    english_of,
    is_english,
    joined,
    language,
    lowered,
    on_day,
    said,
    speaking,
    words_of,
)

DAY = date(2026, 1, 7)
WORDS = {"Đã hủy": "Cancelled", "Đơn “%(state)s” ngày %(day)s": "Order “%(state)s” of %(day)s"}


def find(sentence: str, _count: int | None) -> str:
    return WORDS.get(sentence, sentence)


def test_values_are_said_in_english_too() -> None:
    told = said(
        "Đơn “%(state)s” ngày %(day)s",
        state=lowered(said("Đã hủy")),
        day=on_day("07/01/2026", DAY),
    )

    assert told == "Đơn “đã hủy” ngày 07/01/2026"
    assert english_of(told, find) == "Order “cancelled” of 7 January 2026"


def test_joined_words_are_said_in_english_each() -> None:
    assert english_of(joined("; ", [said("Đã hủy"), "Lan"]), find) == "Cancelled; Lan"


def test_an_error_keeps_what_it_says() -> None:
    told = said("Đã hủy")

    assert words_of(ValueError(told)) is told


def test_for_a_while_means_for_a_while() -> None:
    heard = []

    def say_and_fail() -> None:
        with speaking("en"):
            heard.append((is_english(), get_language()))
            raise KeyError

    with pytest.raises(KeyError):
        say_and_fail()

    assert heard == [(True, "en")]
    assert (language(), get_language()) == ("vi", "vi")


def test_nobody_elses_thread_speaks_ones_language() -> None:
    heard: list[str] = []
    with speaking("en"):
        other = Thread(target=lambda: heard.append(f"{language()} {get_language()}"))
        other.start()
        other.join()

    assert heard == ["vi vi"]
