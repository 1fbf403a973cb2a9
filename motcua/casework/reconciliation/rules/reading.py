"""A statement of any kind, read line by line and checked."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import IO

from motcua.casework.reconciliation.errors import BadStatement
from motcua.lib.safexml import looks_like_xml

from .camt import camt_items
from .lines import (
    GONE_BACK,
    MOST_LINES,
    MOST_TROUBLES,
    FileKind,
    LineIn,
    Trouble,
    made_up_ref,
)
from .swift import mt940_items
from .tables import csv_items, xlsx_items

_HEAD, LONGEST_ACCOUNT = 4_000, 40
READERS: Mapping[FileKind, Callable[[IO[bytes]], Iterator[LineIn | Trouble]]] = {
    FileKind.CSV: csv_items,
    FileKind.XLSX: xlsx_items,
    FileKind.MT940: mt940_items,
    FileKind.CAMT: camt_items,
}


@dataclass(slots=True)
class Reading:
    """A statement being read: iterate over it once; the rest is known when that is over.

    `account` is the account wanted, or the first that is named; lines of others are troubles.
    A line that stands there twice is counted and left out; one reference with two amounts is a
    trouble.
    """

    content: IO[bytes]
    kind: FileKind
    account: str = ""
    is_report: bool = False
    count: int = 0
    came_vnd: int = 0
    went_vnd: int = 0
    repeated: int = 0

    def __iter__(self) -> Iterator[LineIn | Trouble]:
        seen: dict[str, int] = {}
        nameless: Counter[str] = Counter()
        troubles = 0
        for item in READERS[self.kind](self.content):
            judged = self._judged(item, seen, nameless) if isinstance(item, LineIn) else item
            if judged is None:
                continue
            troubles += isinstance(judged, Trouble)
            if troubles > MOST_TROUBLES or self.count > MOST_LINES:
                raise BadStatement(
                    f"Quá nhiều dòng không dùng được (hơn {MOST_TROUBLES}); tệp không phải sao kê "
                    "của tài khoản này, hoặc đã bị sửa. Hãy tải lại từ ngân hàng."
                )
            yield judged
        if not self.count and not troubles:
            raise BadStatement("Sao kê không có giao dịch nào.")

    def _judged(
        self, line: LineIn, seen: dict[str, int], nameless: Counter[str]
    ) -> LineIn | Trouble | None:
        """Return a line ready to be kept, why it cannot be, or None if it is here already."""
        self.account = self.account or line.account
        if len(self.account) > LONGEST_ACCOUNT:
            raise BadStatement(f"“{self.account[:60]}” không phải số tài khoản.", field="account")
        if line.account and self.account != line.account:
            return Trouble(line.row, f"Dòng {line.row}: của tài khoản khác ({line.account}).")
        if not line.ref:
            plain = made_up_ref(line, 0)
            line = replace(line, ref=made_up_ref(line, nameless[plain]))
            nameless[plain] += 1
        elif line.attempt_ref and line.amount_vnd < 0:
            line = replace(line, ref=f"{line.ref}{GONE_BACK}")  # the payment may bear the same
        known = seen.get(line.ref)
        if known == line.amount_vnd:
            self.repeated += 1
            return None
        if known is not None:
            return Trouble(
                line.row,
                f"Dòng {line.row}: số tham chiếu {line.ref} đã có với số tiền khác ({known}).",
            )
        seen[line.ref] = line.amount_vnd
        self._count(line)
        return replace(line, account=self.account)

    def _count(self, line: LineIn) -> None:
        self.count += 1
        self.is_report = self.is_report or bool(line.attempt_ref)
        self.came_vnd += max(line.amount_vnd, 0)
        self.went_vnd -= min(line.amount_vnd, 0)


def read_statement(content: IO[bytes], *, account: str = "") -> Reading:
    """Return a statement ready to be read, its kind known by its bytes. Raises: BadStatement."""
    head = content.read(_HEAD)
    content.seek(0)
    if not head.strip(b"\0 \t\r\n"):
        raise BadStatement("Tệp trống.")
    return Reading(content, _kind_of(head), account.replace(" ", ""))


def _kind_of(head: bytes) -> FileKind:
    if head.startswith(b"PK\x03\x04"):
        return FileKind.XLSX
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadStatement("Tệp xls kiểu cũ không được đọc; hãy mở bằng Excel và lưu thành xlsx.")
    if head.startswith(b"%PDF"):
        raise BadStatement("Tệp PDF không đối soát được; hãy tải sao kê dạng CSV hoặc xlsx.")
    if looks_like_xml(head):
        return FileKind.CAMT
    text = head.replace(b"\0", b"")
    if b":25:" in text and b":20:" in text:
        return FileKind.MT940
    return FileKind.CSV
