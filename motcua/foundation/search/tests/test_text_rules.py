from datetime import UTC, datetime

import pytest

from motcua.foundation.search.rules import (
    answers,
    asked_numbers,
    months_back,
    page_numbers,
    read_question,
    shortened,
    snippet_of,
)

NOW = datetime(2026, 1, 15, 3, 0, tzinfo=UTC)
BODY = "Kế hoạch chuyển đổi số của tỉnh.\nÔng Nguyễn Văn An trình bày tại Hoà Bình."


@pytest.mark.parametrize(
    ("question", "phrases", "words"),
    [
        ("kế hoạch", (), ("kế", "hoạch")),
        ("“chuyển đổi số” tỉnh", (("chuyển", "đổi", "số"),), ("tỉnh",)),
        ('"Đất đai"', (("đất", "đai"),), ()),
        ('"một"', (), ("một",)),
        ('"chưa đóng', (), ("chưa", "đóng")),
        (" !!! ", (), ()),
    ],
)
def test_phrases_stand_in_quotation_marks(
    question: str, phrases: tuple[tuple[str, ...], ...], words: tuple[str, ...]
) -> None:
    asked = read_question(question)

    assert (asked.phrases, asked.words) == (phrases, words)


def test_no_question_is_longer_than_twelve_words() -> None:
    asked = read_question('"' + "một " * 20 + '" ' + "hai " * 20)

    assert (len(asked.phrases[0]), asked.words) == (12, ())


@pytest.mark.parametrize(
    ("question", "with_tones", "is_found"),
    [
        ("kế hoạch tỉnh", True, True),
        ("ke hoach tinh", False, True),
        ("kê hoạch", True, False),
        ("kê hoạch", False, True),
        ("“đổi số của”", True, True),
        ("“đổi của”", True, False),
        ("hòa bình", True, True),
        ("“tỉnh Ông”", True, True),
        ("xã", False, False),
    ],
)
def test_a_page_has_the_numbers_of_what_it_answers(
    question: str, *, with_tones: bool, is_found: bool
) -> None:
    asked = asked_numbers(read_question(question), with_tones=with_tones)

    assert (set(asked) <= set(page_numbers(BODY, "document", NOW))) == is_found


def test_neighbours_are_no_proof_of_a_phrase() -> None:
    asked = read_question("“một hai ba”")
    body = "một hai rồi hai ba"

    numbers = asked_numbers(asked, with_tones=False)

    assert set(numbers) <= set(page_numbers(body, "document", NOW))
    assert not answers(body, asked, with_tones=False)


@pytest.mark.parametrize(("question", "is_answer"), [("tại hòa", True), ("tại hoa", False)])
def test_a_word_without_tones_is_a_word_of_its_own(question: str, *, is_answer: bool) -> None:
    assert answers(BODY, read_question(question), with_tones=True) == is_answer


def test_months_go_back_over_the_new_year() -> None:
    newest, before = months_back(NOW, 2)
    december = datetime(2025, 12, 31, 3, 0, tzinfo=UTC)

    assert (months_back(december, 1), newest < before) == ([before], True)


def test_a_page_is_kept_in_one_spelling_and_not_without_end() -> None:
    assert shortened("Hoa\u0300\x00" + "a" * 30_000) == "Hoà " + "a" * 19_996


@pytest.mark.parametrize(
    ("question", "with_tones", "expected"),
    [
        ("đổi số", True, "Kế hoạch chuyển [đổi số] của tỉnh. Ông Nguyễn Văn An"),
        ("nguyen van", False, "tỉnh. Ông [Nguyễn Văn] An trình bày"),
        ("hòa bình", True, "tại [Hoà Bình]"),
    ],
)
def test_a_snippet_shows_the_words_where_they_stand_together(
    question: str, *, with_tones: bool, expected: str
) -> None:
    pieces = snippet_of(BODY, read_question(question), with_tones=with_tones)

    shown = "".join(f"[{one.text}]" if one.is_hit else one.text for one in pieces)
    assert expected in shown


def test_a_snippet_of_a_long_page_says_that_there_is_more() -> None:
    body = f"{'trước ' * 100}đúng đây {'sau ' * 100}"

    pieces = snippet_of(body, read_question("đúng đây"), with_tones=True)

    texts = [one.text.split() for one in pieces]
    assert (texts[0], texts[-1], [one.text for one in pieces if one.is_hit]) == (
        ["…"],
        ["…"],
        ["đúng đây"],
    )


def test_a_page_without_words_has_no_snippet() -> None:
    assert snippet_of("…", read_question("đúng"), with_tones=True) == ()
