"""Statements of the play of a bank: CSV, a worksheet, MT940, camt.053; one line per transfer."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from io import BytesIO, StringIO

from openpyxl import Workbook

from motcua.lib.vietqr import without_tones

HEAD = ("Ngày giao dịch", "Số tham chiếu", "Ghi nợ", "Ghi có", "Nội dung", "Người chuyển")


@dataclass(frozen=True, slots=True)
class Line:
    """Money that came in."""

    ref: str
    account: str
    amount: int
    words: str
    payer: str
    at: str

    @property
    def moment(self) -> datetime:
        """Return when."""
        return datetime.fromisoformat(self.at)

    @property
    def day(self) -> date:
        """Return the day on which it was booked."""
        return self.moment.date()


def as_csv(account: str, day: date, lines: Sequence[Line]) -> bytes:
    """Return a statement as banks let people save it: some lines of head, then a table."""
    out = StringIO()
    table = csv.writer(out)
    table.writerow(["SAO KÊ TÀI KHOẢN"])
    table.writerow(["Số tài khoản", account])
    table.writerow(["Từ ngày", f"{day:%d/%m/%Y}", "Đến ngày", f"{day:%d/%m/%Y}"])
    table.writerow([])
    table.writerow(HEAD)
    for one in lines:
        amount = f"{one.amount:,}"
        table.writerow(
            [f"{one.moment:%d/%m/%Y %H:%M:%S}", one.ref, "", amount, one.words, one.payer]
        )
    table.writerow(["Cộng phát sinh", "", "0", f"{sum(one.amount for one in lines):,}"])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(account: str, day: date, lines: Sequence[Line]) -> bytes:
    """Return a statement as a worksheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Số tài khoản", account])
    sheet.append(["Ngày", f"{day:%d/%m/%Y}"])
    sheet.append(HEAD)
    for one in lines:
        sheet.append(
            [one.moment.replace(tzinfo=None), one.ref, None, one.amount, one.words, one.payer]
        )
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def as_mt940(account: str, day: date, lines: Sequence[Line]) -> bytes:
    """Return a statement as SWIFT's MT940; it knows no tones."""
    total = sum(one.amount for one in lines)
    said = [
        "{1:F01MINHHOAVNXXX0000000000}{2:I940MOTCUAVNXXXXN}{4:",
        f":20:{day:%y%m%d}001",
        f":25:{account}",
        ":28C:1/1",
        f":60F:C{day:%y%m%d}VND0,",
    ]
    for one in lines:
        words = without_tones(f"{one.words} {one.payer}")
        said.append(f":61:{one.day:%y%m%d}{one.day:%m%d}C{one.amount},NTRF{one.ref[:16]}")
        said += [
            f"{':86:' if not place else ''}{words[place : place + 65]}"
            for place in range(0, max(len(words), 1), 65)
        ]
    return "\r\n".join([*said, f":62F:C{day:%y%m%d}VND{total},", "-}"]).encode()


def as_camt(account: str, day: date, lines: Sequence[Line]) -> bytes:
    """Return a statement as ISO 20022's camt.053."""
    entries = "".join(
        f"<Ntry><Amt Ccy='VND'>{one.amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>"
        f"<BookgDt><DtTm>{one.at}</DtTm></BookgDt><AcctSvcrRef>{escape(one.ref)}</AcctSvcrRef>"
        f"<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>{escape(one.payer)}</Nm></Dbtr></RltdPties>"
        f"<RmtInf><Ustrd>{escape(one.words)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
        for one in lines
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?>"
        "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'><BkToCstmrStmt>"
        f"<GrpHdr><MsgId>{day:%Y%m%d}</MsgId></GrpHdr><Stmt><Id>{day:%Y%m%d}</Id>"
        f"<Acct><Id><Othr><Id>{escape(account)}</Id></Othr></Id><Ccy>VND</Ccy></Acct>"
        f"{entries}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


KINDS: Mapping[str, tuple[Callable[[str, date, Sequence[Line]], bytes], str, str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8", "csv"),
    "xlsx": (
        as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
    "mt940": (as_mt940, "text/plain", "sta"),
    "camt": (as_camt, "application/xml", "xml"),
}
