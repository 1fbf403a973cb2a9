"""Which column of a table is what: by the words that banks and gateways put over them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from motcua.lib.text import fold, tidy

_NOT_WORDS = re.compile(r"[^0-9a-z]+")
# Words over columns, without tones. The first of a row that is found counts.
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "at": (
        *("ngay giao dich", "ngay gio giao dich", "thoi gian giao dich", "ngay gd", "ngay gio gd"),
        *(
            "ngay hach toan",
            "ngay thanh toan",
            "thoi gian thanh toan",
            "ngay chung tu",
            "thoi gian",
        ),
        *("transaction date", "tran date", "posting date", "value date", "date", "ngay"),
        *("ngay hieu luc", "trans date", "pay date", "vnp paydate"),
    ),
    "ref": (
        *("so tham chieu", "so chung tu", "so but toan", "ma giao dich", "so giao dich", "ma gd"),
        *(
            "so ct",
            "ref no",
            "reference",
            "reference number",
            "transaction no",
            "so gd",
            "but toan",
        ),
        *("transaction id", "trans id", "doc no", "seq no", "ma giao dich vnpay", "transactionno"),
        *("ma giao dich doi tac", "vnp transactionno", "so lenh"),
    ),
    "attempt": (
        *("ma tham chieu", "ma don hang", "ma hoa don", "txnref", "vnp txnref", "order id"),
        *("merchant order id", "mathamchieu", "ma tham chieu don vi", "ma giao dich merchant"),
    ),
    "credit": (
        *("ghi co", "phat sinh co", "so tien ghi co", "co", "credit", "credit amount", "tien vao"),
        *("so tien co", "ps co", "thu"),
    ),
    "debit": (
        *("ghi no", "phat sinh no", "so tien ghi no", "no", "debit", "debit amount", "tien ra"),
        *("so tien no", "ps no", "chi"),
    ),
    "amount": ("so tien", "amount", "so tien giao dich", "gia tri", "vnp amount", "so tien thu"),
    "words": (
        *("noi dung", "dien giai", "mo ta", "noi dung giao dich", "chi tiet", "description"),
        *("remark", "remarks", "details", "transaction description", "mo ta giao dich"),
        *("noi dung chi tiet", "noi dung thanh toan", "thong tin giao dich"),
    ),
    "payer": (
        *(
            "nguoi chuyen",
            "ten nguoi chuyen",
            "doi ung",
            "ten doi ung",
            "nguoi nop",
            "don vi chuyen",
        ),
        *("ten tai khoan doi ung", "counterparty", "remitter", "sender", "ho ten nguoi nop"),
    ),
    "account": ("so tai khoan", "tai khoan", "account", "account no", "account number", "so tk"),
    "type": (
        *("loai giao dich", "kieu giao dich", "transaction type", "vnp transactiontype"),
        *("trans type", "loai gd", "loai"),
    ),
    "status": ("trang thai", "status", "ket qua", "trang thai giao dich"),
}
_ACCOUNT = re.compile(r"(?:^|\D)([0-9]{6,19})(?:\D|$)")
_IS_ACCOUNT = ("so tai khoan", "tai khoan", "account", "account no", "account number", "so tk")
FOOT: Final = (
    *("cong", "tong", "so du", "total", "opening", "closing", "balance", "du dau", "du cuoi"),
    *("nguoi lap", "ke toan", "in luc", "ngay in", "trang", "page", "printed"),
)
PAID: Final = ("", "thanh cong", "success", "successful", "00", "da thanh toan", "hoan thanh")
# A kind of movement by which a gateway gives money back; 02 and 03 are VNPAY's.
BACK: Final = (
    *("hoan tien", "hoan", "hoan tra", "hoan tien toan phan", "hoan tien mot phan", "refund"),
    *("full refund", "partial refund", "refunded", "02", "03"),
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each thing stands in a row; None where a table has no such column."""

    places: Mapping[str, int]

    def cell(self, row: Sequence[str], name: str) -> str:
        """Return a cell, empty if the row or the table has none."""
        place = self.places.get(name)
        return row[place] if place is not None and place < len(row) else ""

    def has(self, name: str) -> bool:
        """Say whether the table has such a column."""
        return name in self.places


def plain(cell: str) -> str:
    """Return a cell's words for comparing: no tones, no marks, no units in brackets."""
    return _NOT_WORDS.sub(" ", fold(tidy(cell.split("(", maxsplit=1)[0]))).strip()


def is_paid(cell: str) -> bool:
    """Say whether a report's word for what became of a payment says that there is money."""
    said = plain(cell)
    is_denied = bool({"khong", "chua"} & set(said.split()))
    return said in PAID or (said.endswith(" thanh cong") and not is_denied)


def columns_in(row: Sequence[str]) -> Columns | None:
    """Return the columns if the row stands over a table of movements, None if it does not."""
    words = [plain(one.split("/", maxsplit=1)[0]) for one in row]
    places: dict[str, int] = {}
    for name, known in WORDS.items():
        ranked = [(known.index(word), place) for place, word in enumerate(words) if word in known]
        if ranked:
            places[name] = min(ranked)[1]
    if "ref" not in places and "attempt" in places:
        places["ref"] = places.pop("attempt")
    is_table = "at" in places and ("credit" in places or "amount" in places)
    return Columns(places) if is_table and ("words" in places or "ref" in places) else None


def account_in(row: Sequence[str]) -> str:
    """Return the account that a line above the table names; empty if it names none."""
    for place, cell in enumerate(row):
        folded = plain(cell.split(":")[0])
        if folded in _IS_ACCOUNT:
            for told in (cell.partition(":")[2], *row[place + 1 : place + 3]):
                found = _ACCOUNT.search(told.replace(" ", ""))
                if found is not None:
                    return found[1]
    return ""


def is_foot(row: Sequence[str]) -> bool:
    """Say whether a row sums up, or says who printed it."""
    first = next((plain(one) for one in row if one.strip()), "")
    return first.startswith(FOOT)
