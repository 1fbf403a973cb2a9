import unicodedata

import pytest

from motcua.foundation.search.rules import (
    as_code,
    asked,
    asks_for_tones,
    exact_query,
    folded_query,
    terms_of,
)


def test_a_word_has_a_term_with_its_tone_and_one_without() -> None:
    assert terms_of("dossier", "Nguyễn") == ["do=nguyên3", "do~nguyen"]


def test_neighbours_on_a_line_are_a_term_too() -> None:
    pairs = [term for term in terms_of("dossier", "Nguyễn Văn An\nLò Lan", "H18.1") if " " in term]

    assert pairs == [
        "do=lo1 lan",
        "do=nguyên3 văn",
        "do=văn an",
        "do~lo lan",
        "do~nguyen van",
        "do~van an",
    ]


def test_a_number_has_one_term() -> None:
    assert terms_of("dossier", "0007") == ["do~0007"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa", "Hoà"),
        ("thủy", "thuỷ"),
        ("NGUYỄN", "nguyễn"),
        ("Nguyễn", unicodedata.normalize("NFD", "Nguyễn")),
    ],
)
def test_spellings_of_one_word_are_one_term(one: str, other: str) -> None:
    assert terms_of("dossier", one) == terms_of("dossier", other)


@pytest.mark.parametrize(
    ("text", "has_tones"), [("lo thi", False), ("Lò Thị", True), ("an", False)]
)
def test_a_question_asks_for_tones_or_not(text: str, has_tones: bool) -> None:  # noqa: FBT001 -- a row of the table
    assert asks_for_tones(asked(text)) is has_tones


def test_a_whole_word_is_asked_as_it_is() -> None:
    question = asked("Văn An")

    queries = [
        make("dossier", question, typing=False).whole for make in (exact_query, folded_query)
    ]

    assert queries == ["'do=văn' & 'do=an'", "'do~van' & 'do~an'"]


@pytest.mark.parametrize(
    ("text", "exact", "folded"),
    [
        ("Lò Thị La", "'do=lo1' & 'do=thi5' & 'do~la':*", "'do~lo' & 'do~thi' & 'do~la':*"),
        ("Lò Thị", "'do=lo1' & 'do=thi5'", "'do~lo' & 'do~thi':*"),
        ("Lò T", "'do=lo1' & 'do=t'", "'do~lo' & 'do~t'"),
    ],
)
def test_a_word_being_typed_may_go_on(text: str, exact: str, folded: str) -> None:
    question = asked(text)

    queries = [make("dossier", question, typing=True).whole for make in (exact_query, folded_query)]

    assert queries == [exact, folded]


@pytest.mark.parametrize(
    ("text", "indexed", "checked"),
    [("lo th", "'do~lo'", "'do~th':*"), ("th", "'do~th':*", ""), ("lo t", "'do~lo' & 'do~t'", "")],
)
def test_a_beginning_is_checked_where_there_are_whole_words(
    text: str, indexed: str, checked: str
) -> None:
    query = folded_query("dossier", asked(text), typing=True)

    assert query.split({}, is_scoped=True) == (indexed, checked)


COMMON = {"do=nguyên3": 0.3, "do=văn": 0.4, "do=an": 0.03}


@pytest.mark.parametrize(
    ("text", "is_scoped", "parts"),
    [
        pytest.param("Nguyễn Văn An", True, ("'do=an'", "'do=nguyên3' & 'do=văn'"), id="common"),
        pytest.param(
            "Nguyễn Văn An", False, ("'do=nguyên3' & 'do=văn' & 'do=an'", ""), id="province"
        ),
        pytest.param("Nguyễn Páo", True, ("'do=nguyên3' & 'do=pao4'", ""), id="one is rare"),
        pytest.param("Nguyễn", True, ("'do=nguyên3'", ""), id="one word"),
    ],
)
def test_of_common_words_a_scope_asks_the_index_for_the_rarest(
    text: str,
    is_scoped: bool,  # noqa: FBT001 -- a row of the table
    parts: tuple[str, str],
) -> None:
    query = exact_query("dossier", asked(text), typing=False)

    assert query.split(COMMON, is_scoped=is_scoped) == parts


@pytest.mark.parametrize(
    "hostile", ["' | 'do~x", "a & !b", "a:*", "\\", "x'); DROP TABLE y; --", "%s %(a)s", "\0"]
)
def test_nothing_but_words_reaches_the_query(hostile: str) -> None:
    question = asked(hostile)

    assert all(word.isalnum() for word in question)


def test_long_questions_are_cut() -> None:
    assert [len(word) for word in asked("a" * 100 + " b" * 50)] == [40, *[1] * 11]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("h18.101-261008-0007 ", "H18.101-261008-0007"),
        ("G09.20-20260609-0092637", "G09.20-20260609-0092637"),
        ("1.004223", "1.004223"),
        ("Nguyễn Văn An", ""),
        ("0007", ""),
        ("khai-sinh", ""),
    ],
)
def test_what_looks_like_a_code_is_taken_for_one(text: str, code: str) -> None:
    assert as_code(text) == code
