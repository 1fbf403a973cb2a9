import pytest

from motcua.casework.procedures.choices import Doubt, FeeKind
from motcua.casework.procedures.rules.fees import kind_of, read_fee
from motcua.casework.procedures.rules.published import PublishedFee, Reason


def test_an_amount_in_dong_with_its_words() -> None:
    assert read_fee("2,000,000 Việt Nam Đồng", "Phí thẩm định chuồng") == (
        (PublishedFee(FeeKind.FEE, 2_000_000, "2,000,000 Việt Nam Đồng (Phí thẩm định chuồng)"),),
        (),
    )


@pytest.mark.parametrize("words", ["", "Không có", "Không quy định.", "Chưa quy định", "Miễn phí"])
def test_free_is_nothing_to_pay_when_nothing_else_is_said(words: str) -> None:
    (fee,), doubts = read_fee("Miễn phí", words)

    assert (fee.amount_vnd, doubts) == (0, ())


@pytest.mark.parametrize(
    "words", ["Hội đồng nhân dân tỉnh quyết định", "Lệ phí cấp mới: 40.000 đồng/lần"]
)
def test_free_with_other_words_leaves_the_amount_to_the_words(words: str) -> None:
    (fee,), doubts = read_fee("Miễn phí", words)

    assert (fee.amount_vnd, fee.words, doubts) == (None, words, ())


def test_no_information_is_no_fee() -> None:
    assert read_fee("Không có thông tin", "") == ((), ())


def test_a_fee_below_a_thousand_is_a_doubt_with_a_hint() -> None:
    (fee,), doubts = read_fee("150 VNĐ", "150.000 đồng/thẻ")

    assert (fee.amount_vnd, fee.words) == (None, "150 VNĐ (150.000 đồng/thẻ)")
    assert doubts == (Reason(Doubt.FEE_BELOW_1000, fee.words, "150.000 đồng"),)


def test_a_fee_below_a_thousand_without_words_has_no_hint() -> None:
    assert read_fee("20 VNĐ", "")[1] == (Reason(Doubt.FEE_BELOW_1000, "20 VNĐ"),)


def test_an_amount_of_nothing_is_free() -> None:
    assert read_fee("0 VNĐ", "") == ((PublishedFee(None, 0, "Miễn phí"),), ())


def test_a_cell_that_is_no_amount_stays_words() -> None:
    assert read_fee("Theo biểu", "") == ((PublishedFee(None, None, "Theo biểu"),), ())


def test_a_thousand_dong_is_no_doubt() -> None:
    assert read_fee("1,000 VNĐ", "") == ((PublishedFee(None, 1000, "1,000 VNĐ"),), ())


def test_another_currency_stays_in_words() -> None:
    assert read_fee("10 USD", "10 USD/người") == (
        (PublishedFee(None, None, "10 USD (10 USD/người)"),),
        (),
    )


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Lệ phí cấp thẻ; phí in ảnh", FeeKind.CHARGE),
        ("Phí thẩm định và lệ phí cấp phép", FeeKind.FEE),
        ("Miễn lệ phí cho trẻ em. Phí in: 3.000 đồng", FeeKind.FEE),
        ("150.000 đồng/thẻ", None),
    ],
)
def test_the_kind_is_the_one_named_first(words: str, kind: FeeKind | None) -> None:
    assert kind_of(words) == kind
