"""The table of ways, limits and fees, flattened by its publisher into one string."""

import re
from collections.abc import Iterator

from motcua.casework.procedures.choices import FilingChannel
from motcua.casework.procedures.rules.fees import read_fee
from motcua.casework.procedures.rules.limits import bare_number, read_limit
from motcua.casework.procedures.rules.published import PublishedChannel
from motcua.casework.procedures.rules.wording import UPPER, clean

HEADER = "Hình thức nộpThời gianPhí, lệ phíMô tả"
CHANNELS = {
    "Trực tuyến": FilingChannel.PORTAL,
    "Trực tiếp": FilingChannel.COUNTER,
    "Dịch vụ bưu chính": FilingChannel.POST,
}
# A cell follows its neighbour without any blank: prose never has a capital or a figure there.
_ROW = re.compile(
    r"(Trực tuyến|Trực tiếp|Dịch vụ bưu chính)"
    r"(\d+(?:[.,]\d+)?(?: (?:Ngày làm việc|Ngày|Giờ|Tháng))?"
    rf"|Không có thông tin|(?!Miễn phí)[{UPPER}][^\n]{{1,200}}?|)"
    r"(Không có thông tin|Miễn phí|\d[\d,.]* (?:Việt Nam Đồng|VNĐ|USD))"
)
_BARE = re.compile(rf"(Trực tuyến|Trực tiếp|Dịch vụ bưu chính)(?=[\d{UPPER}])")
# “a)”, “12)”, “iv)” at the start of a sentence count items: they close no bracket.
_ITEM_MARK = re.compile(
    r"(?:^|(?<=[\n;.:,(+-])|(?<=[;.:,+-]\s)|(?<=\s\s))"
    r"(?:[a-zđ]{1,2}|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})?)\)"
)
_BRACKETED_ITEM = re.compile(rf"\({_ITEM_MARK.pattern}(?=\s)")
_SECOND_PAIR = re.compile(rf"(?!{_BRACKETED_ITEM.pattern})\(")
# After its closing bracket a cell is over: no comma, colon or second bracket can follow.
_GOES_ON = re.compile(r"[:;,./)]")
_NEW_CELL = re.compile(rf"[\d{UPPER}+*-]|\s*$")


def read_channels(table: str, steps: str = "") -> tuple[PublishedChannel, ...]:
    """Read every row of the flattened table; the steps only help to guess what is meant."""
    return tuple(_read_row(cells, steps) for cells in split_rows(table))


def split_rows(table: str) -> Iterator[tuple[str, str, str, str]]:
    """Give the cells of each row: channel, limit, fee, and the words behind the fee."""
    text = table.removeprefix(HEADER)
    rows = list(_ROW.finditer(text))
    ends = [row.start() for row in rows[1:]] + [len(text)]
    for row, end in zip(rows, ends, strict=True):
        yield row[1], row[2], row[3], text[row.end() : end]


def count_row_starts(table: str) -> int:
    """Count channel names with a cell glued to them: an estimate that knows no cells."""
    return len(_BARE.findall(table.removeprefix(HEADER)))


def split_fee_words(rest: str) -> tuple[str, str]:
    """Divide what follows a fee into its words in brackets and the description of the row."""
    if not rest.startswith("("):
        return "", rest
    end = _closing(rest)
    if end is None and _BRACKETED_ITEM.match(rest):
        return "", rest
    end = _likely_closing(rest) if end is None else end
    return rest[1:end], rest[end + 1 :]


def _closing(text: str) -> int | None:
    """Return where the bracket opened at the start closes, if brackets pair up."""
    depth = 0
    for place, letter in _brackets(text):
        depth += 1 if letter == "(" else -1
        if depth == 0 and not _SECOND_PAIR.match(text, place + 1):
            return None if _GOES_ON.match(text, place + 1) else place
    return None


def _likely_closing(text: str) -> int:
    """Return the latest closing bracket that ends a cell, or the latest, or the end.

    For texts whose publisher forgot a bracket.
    """
    closers = [place for place, letter in _brackets(text) if letter == ")"]
    glued = [place for place in closers if _NEW_CELL.match(text, place + 1)]
    return (glued or closers or [len(text)])[-1]


def _brackets(text: str) -> Iterator[tuple[int, str]]:
    """Give the brackets of a text; an item's own pair “(a)” is skipped as a whole."""
    items = {mark.end() - 1 for mark in _ITEM_MARK.finditer(text)}
    openers = {mark.start() for mark in _BRACKETED_ITEM.finditer(text, 1)}
    for place, letter in enumerate(text):
        if letter in "()" and place not in items and place not in openers:
            yield place, letter


def _read_row(cells: tuple[str, str, str, str], steps: str) -> PublishedChannel:
    channel, limit_cell, fee_cell, rest = cells
    fee_words, description = map(clean, split_fee_words(rest))
    limit, limit_doubts = read_limit(limit_cell, description, steps)
    fees, fee_doubts = read_fee(fee_cell, fee_words)
    return PublishedChannel(
        channel=CHANNELS[channel],
        limit=limit,
        limit_number=bare_number(limit_cell),
        limit_words=clean(limit_cell),
        fees=fees,
        description=description,
        unclear=limit_doubts + fee_doubts,
    )
