"""Amounts read out in Vietnamese."""

import pytest

from motcua.lib.money import in_dong, in_words, says_amount

SPOKEN = {
    0: "Không đồng",
    1: "Một đồng",
    4: "Bốn đồng",
    5: "Năm đồng",
    10: "Mười đồng",
    11: "Mười một đồng",
    14: "Mười bốn đồng",
    15: "Mười lăm đồng",
    20: "Hai mươi đồng",
    21: "Hai mươi mốt đồng",
    24: "Hai mươi tư đồng",
    25: "Hai mươi lăm đồng",
    91: "Chín mươi mốt đồng",
    100: "Một trăm đồng",
    101: "Một trăm linh một đồng",
    104: "Một trăm linh bốn đồng",
    105: "Một trăm linh năm đồng",
    110: "Một trăm mười đồng",
    111: "Một trăm mười một đồng",
    115: "Một trăm mười lăm đồng",
    121: "Một trăm hai mươi mốt đồng",
    555: "Năm trăm năm mươi lăm đồng",
    1_000: "Một nghìn đồng",
    1_001: "Một nghìn không trăm linh một đồng",
    1_015: "Một nghìn không trăm mười lăm đồng",
    1_500: "Một nghìn năm trăm đồng",
    4_004: "Bốn nghìn không trăm linh bốn đồng",
    10_000: "Mười nghìn đồng",
    15_000: "Mười lăm nghìn đồng",
    21_000: "Hai mươi mốt nghìn đồng",
    25_000: "Hai mươi lăm nghìn đồng",
    40_500: "Bốn mươi nghìn năm trăm đồng",
    100_000: "Một trăm nghìn đồng",
    104_000: "Một trăm linh bốn nghìn đồng",
    144_021: "Một trăm bốn mươi tư nghìn không trăm hai mươi mốt đồng",
    1_000_000: "Một triệu đồng",
    1_000_005: "Một triệu không trăm linh năm đồng",
    1_005_000: "Một triệu không trăm linh năm nghìn đồng",
    1_208_000: "Một triệu hai trăm linh tám nghìn đồng",
    1_250_000: "Một triệu hai trăm năm mươi nghìn đồng",
    10_010_010: "Mười triệu không trăm mười nghìn không trăm mười đồng",
    999_999_999: (
        "Chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín"
        " đồng"
    ),
    1_000_000_000: "Một tỷ đồng",
    1_000_000_001: "Một tỷ không trăm linh một đồng",
    2_005_000_000: "Hai tỷ không trăm linh năm triệu đồng",
    21_000_050_000: "Hai mươi mốt tỷ không trăm năm mươi nghìn đồng",
    1_000_000_000_000: "Một nghìn tỷ đồng",
    1_234_567_891_234: (
        "Một nghìn hai trăm ba mươi tư tỷ năm trăm sáu mươi bảy triệu tám trăm chín mươi mốt nghìn"
        " hai trăm ba mươi tư đồng"
    ),
    1_000_000_000_000_000_000: "Một tỷ tỷ đồng",
    -15_000: "Âm mười lăm nghìn đồng",
}


@pytest.mark.parametrize(("amount", "words"), SPOKEN.items())
def test_an_amount_is_read_out_as_people_do(amount: int, words: str) -> None:
    assert in_words(amount) == words


def test_no_two_amounts_are_read_out_alike() -> None:
    amounts = [*range(12_000), *range(999_000, 1_012_000), *range(10**9 - 5, 10**9 + 1_200)]

    assert len({in_words(amount) for amount in amounts}) == len(amounts)


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("Một trăm lẻ bốn ngàn đồng chẵn.", 104_000),
        ("một trăm linh tư nghìn đồng", 104_000),
        ("Một tỉ đồng/.", 1_000_000_000),
        ("Hai mươi bốn nghìn", 24_000),
    ],
)
def test_other_spellings_say_the_same(words: str, amount: int) -> None:
    assert says_amount(words, amount)


@pytest.mark.parametrize("words", ["Một trăm bốn mươi nghìn đồng", "Một trăm nghìn", "", "104.000"])
def test_other_amounts_and_figures_do_not(words: str) -> None:
    assert not says_amount(words, 104_000)


def test_figures_have_dots() -> None:
    assert in_dong(1_250_000) == "1.250.000 đồng"
