import pytest

from motcua.casework.procedures.choices import FilingChannel
from motcua.casework.procedures.rules.channel_table import (
    count_row_starts,
    read_channels,
    split_fee_words,
)
from motcua.foundation.calendar.api import Limit, LimitUnit

from .sources import CHANNELS

FIVE_DAYS = Limit(5, LimitUnit.WORKING_DAY)


def test_each_channel_keeps_its_own_limit_fee_and_description() -> None:
    table = (
        f"{CHANNELS}Trực tuyến3 Ngày20,000 VNĐ(Phí xem chim)Qua cổng của tỉnh."
        "Dịch vụ bưu chính5 Ngày làm việcMiễn phíTrực tiếp5 Ngày làm việcKhông có thông tinBàn 3"
    )

    rows = read_channels(table)

    assert [(r.channel, r.limit, [f.amount_vnd for f in r.fees], r.description) for r in rows] == [
        (FilingChannel.PORTAL, Limit(3, LimitUnit.CALENDAR_DAY), [20_000], "Qua cổng của tỉnh."),
        (FilingChannel.POST, FIVE_DAYS, [0], ""),
        (FilingChannel.COUNTER, FIVE_DAYS, [], "Bàn 3"),
    ]


def test_a_channel_named_in_prose_begins_no_row() -> None:
    table = (
        f"{CHANNELS}Trực tiếp5 Ngày làm việcMiễn phí- Trực tuyến: nộp qua cổng.\n"
        "Trực tiếp tại bàn 3 hoặc Dịch vụ bưu chính công ích."
    )

    (row,) = read_channels(table)

    assert row.description.startswith("- Trực tuyến: nộp qua cổng.")
    assert count_row_starts(table) == 1


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("7Miễn phí", "7"),
        ("Không có thông tinKhông có thông tin", "Không có thông tin"),
        ("Không có thông tin50,000 VNĐ", "Không có thông tin"),
        ("Không phải trả kết quả cho người nộpMiễn phí", "Không phải trả kết quả cho người nộp"),
        ("1.5 Ngày làm việc40,000 Việt Nam Đồng", "1.5 Ngày làm việc"),
        ("Miễn phí", ""),
    ],
)
def test_the_limit_cell_ends_where_the_fee_begins(cells: str, words: str) -> None:
    (row,) = read_channels(f"{CHANNELS}Trực tiếp{cells}")

    assert row.limit_words == words


def test_the_same_channel_may_have_a_row_for_each_case() -> None:
    table = f"{CHANNELS}Trực tiếp3 NgàyMiễn phíCấp mớiTrực tiếp2 NgàyMiễn phíCấp lại"

    assert [row.description for row in read_channels(table)] == ["Cấp mới", "Cấp lại"]


@pytest.mark.parametrize(
    ("rest", "words", "description"),
    [
        ("", "", ""),
        ("Bàn số 3", "", "Bàn số 3"),
        ("(Không có)Bàn số 3", "Không có", "Bàn số 3"),
        ("(a) Mới: 5.000 đồng; b) Cũ: miễn)Bàn", "a) Mới: 5.000 đồng; b) Cũ: miễn", "Bàn"),
        ("(Phí (nếu có): xem Thông tư 1)03 ngày", "Phí (nếu có): xem Thông tư 1", "03 ngày"),
        ("(1) Trường hợp cấp mới: 3 ngày.", "", "(1) Trường hợp cấp mới: 3 ngày."),
        ("(Theo biểu)(áp dụng đến hết năm)Bàn 3", "Theo biểu)(áp dụng đến hết năm", "Bàn 3"),
        ("(Phí: (theo biểu 1)15 ngày kể từ", "Phí: (theo biểu 1", "15 ngày kể từ"),
        ("(Phí theo biểu", "Phí theo biểu", ""),
    ],
    ids=[
        "nothing", "no words", "plain", "items", "pair inside", "an item opens the description",
        "two pairs", "a bracket forgotten", "never closed",
    ],
)  # fmt: skip
def test_words_of_a_fee_end_at_their_bracket(rest: str, words: str, description: str) -> None:
    assert split_fee_words(rest) == (words, description)
