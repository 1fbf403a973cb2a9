import pytest

from motcua.lib import text


@pytest.mark.parametrize(
    ("written", "other"),
    [("Hòa", "Hoà"), ("Thúy", "Thuý"), ("ĐIỆN BIÊN", "điện biên"), ("Thuỷ", "Thủy")],
)
def test_two_spellings_of_a_word_are_the_same(written: str, other: str) -> None:
    assert text.exact(written) == text.exact(other)


@pytest.mark.parametrize(("written", "other"), [("hoa", "hòa"), ("dương", "đường"), ("a", "ă")])
def test_different_tones_and_hats_are_different_words(written: str, other: str) -> None:
    assert text.exact(written) != text.exact(other)


def test_folding_takes_tones_hats_and_the_stroke_away() -> None:
    assert text.fold("Đượm Nguyễn") == "duom nguyen"


@pytest.mark.parametrize(("written", "answer"), [("lo thi", False), ("Lò Thị", True), ("đi", True)])
def test_a_query_knows_whether_it_has_tones(written: str, answer: bool) -> None:  # noqa: FBT001 -- a case
    assert text.has_tones(written) is answer


def test_words_sort_by_the_vietnamese_alphabet() -> None:
    words = ["dê", "đê", "da", "bá", "ba", "bà", "â", "a", "ă"]

    assert sorted(words, key=text.sort_key) == ["a", "ă", "â", "ba", "bà", "bá", "da", "dê", "đê"]


def test_people_sort_by_given_name_first() -> None:
    people = ["Nguyễn Văn An", "Trần Thị Ánh", "Lê Ân", "Bùi An"]

    in_order = sorted(people, key=text.person_sort_key)

    assert in_order == ["Bùi An", "Nguyễn Văn An", "Trần Thị Ánh", "Lê Ân"]


def test_text_is_stored_composed_and_with_single_spaces() -> None:
    assert text.tidy("  Lo\u0300  Thi\u0323 ") == "Lò Thị"
