"""Statements of every kind and encoding, and what is no statement."""

import codecs
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.casework.reconciliation.errors import BadStatement
from motcua.casework.reconciliation.rules.columns import is_paid
from motcua.casework.reconciliation.rules.encodings import encoding_of
from motcua.casework.reconciliation.rules.lines import FileKind
from motcua.casework.reconciliation.rules.values import amount_in, moment_in
from motcua.lib.clock import HANOI

from .samples import ACCOUNT, CSV, in_1258, read

MT940 = (
    "{1:F01X}{2:I940Y}{4:\r\n:20:261120\r\n:25:970405/" + ACCOUNT + "\r\n:28C:1/1\r\n"
    ":60F:C261119VND0,\r\n:61:2611201120C25000,NTRFNONREF//FT1\r\n"
    ":86:TT260000015 nop\r\n phi LAN\r\n"
    ":61:261120D1500000,00NTRFFT2\r\n:61:261120C180000,NTRFFT3\r\n:86:nop phi\r\n"
    ":62F:C261120VND0,\r\n-}"
)
CAMT = (
    '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">'
    "<BkToCstmrStmt><Stmt><Acct><Id><Othr><Id>" + ACCOUNT + "</Id></Othr></Id></Acct>"
    '<Ntry><Amt Ccy="VND">25000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-11-20</Dt>'
    "</BookgDt><AcctSvcrRef>FT1</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>LAN</Nm>"
    "</Pty></Dbtr></RltdPties><RmtInf><Ustrd>TT260000015 nop phi</Ustrd></RmtInf></TxDtls>"
    '</NtryDtls></Ntry><Ntry><Amt Ccy="USD">1</Amt><CdtDbtInd>CRDT</CdtDbtInd></Ntry>'
    "</Stmt></BkToCstmrStmt></Document>"
)


@pytest.mark.parametrize(
    ("content", "codec"),
    [
        (CSV.encode(), "utf-8"),
        (codecs.BOM_UTF8 + CSV.encode(), "utf-8-sig"),
        (CSV.encode("utf-16"), "utf-16"),
        (CSV.encode("utf-16-le"), "utf-16-le"),
        (CSV.encode("utf-16-be"), "utf-16-be"),
        (in_1258(CSV), "cp1258"),
    ],
)
def test_a_table_says_the_same_in_every_encoding(content: bytes, codec: str) -> None:
    reading, lines, troubles = read(content)

    assert encoding_of(content, is_whole=True) == codec
    assert (reading.account, reading.came_vnd, reading.went_vnd) == (ACCOUNT, 205_000, 1_500_000)
    assert [(one.ref, one.amount_vnd, one.payer) for one in lines] == [
        ("FT1", 25_000, "NGUYỄN THỊ LAN"),
        ("FT2", -1_500_000, ""),
        ("FT3", 180_000, "LÒ VĂN PÁO"),
    ]
    assert lines[0].booked_at == datetime(2026, 11, 20, 8, 15, tzinfo=HANOI)
    assert troubles == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Ngµy giao dÞch;Sè tiÒn;Sè tham chiÕu\n1;2;3".encode("latin-1", "replace"), "TCVN3"),
        ("Ngaøy,Soá tieàn,Soá\n".encode("latin-1"), "VNI"),
        (b"", "Tệp trống"),
        (b"a,b,c\n1,2,3\n", "Không thấy hàng tiêu đề"),
        (b"%PDF-1.7", "Tệp PDF"),
        (b"\xd0\xcf\x11\xe0xx", "xls kiểu cũ"),
        (b"PK\x03\x04broken", "xlsx hỏng"),
        (b"<Document><Other/></Document>", "không phải sao kê camt.053"),
        (b"<Document><BkToCstmrStmt>", "XML hỏng"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DTD"),
        (bytes(range(1, 60)) + b"\0" * 3, "không phải văn bản"),
        (CSV.encode() + b"\xff\xfe\x81" * 3, "Ngày|tham chiếu|byte|bảng mã"),
        (("x" * 70_000).encode(), "dài quá mức"),
        (CSV.split("\n20/11")[0].encode(), "không có giao dịch"),
    ],
)
def test_what_is_no_statement_is_refused_by_name(content: bytes, words: str) -> None:
    with pytest.raises(BadStatement, match=words):
        read(content)


def test_bytes_of_another_encoding_further_down_are_named() -> None:
    rows = "".join(f"20/11/2026,R{one},,1000,x,\n" for one in range(5000))

    with pytest.raises(BadStatement, match=r"Sau dòng \d+ có byte không thuộc bảng mã UTF-8"):
        read(CSV.encode() + rows.encode() + b"20/11/2026,Z,,1,\xca\xff,\n")


def test_a_line_that_stands_there_twice_is_counted_once() -> None:
    twice = CSV.replace(
        "20/11/2026 10:30", '20/11/2026 08:15:00,FT1,,"25,000",x,\n20/11/2026 10:30'
    )

    reading, lines, troubles = read(twice.encode())

    assert (reading.repeated, len(lines), troubles) == (1, 3, [])


def test_one_reference_with_two_amounts_is_named() -> None:
    twice = CSV.replace(
        "20/11/2026 10:30", '20/11/2026 08:15:00,FT1,,"26,000",x,\n20/11/2026 10:30'
    )

    _, lines, troubles = read(twice.encode())

    assert len(lines) == 3
    assert troubles == ["Dòng 7: số tham chiếu FT1 đã có với số tiền khác (25000)."]


def test_lines_of_another_account_are_named() -> None:
    _, lines, troubles = read(CSV.encode(), account="999")

    assert (lines, troubles[0]) == ([], f"Dòng 5: của tài khoản khác ({ACCOUNT}).")


def test_lines_without_a_reference_get_the_same_one_each_time() -> None:
    bare = CSV.replace("FT1", "").replace("FT3", "")

    again = [one.ref for one in read(bare.encode())[1]]

    assert [one.ref for one in read(bare.encode())[1]] == again
    assert len(set(again)) == 3


def test_bad_lines_are_named_and_the_others_kept() -> None:
    bad = CSV.replace("180.000", "18o.000").replace("20/11/2026 09", "31/02/2026 09")

    _, lines, troubles = read(bad.encode())

    assert [one.ref for one in lines] == ["FT1"]
    assert troubles == [
        "Dòng 6: không đọc được ngày “31/02/2026 09:00:00”.",
        "Dòng 7: không đọc được số tiền “18o.000”.",
    ]


def test_a_report_of_a_gateway_tells_our_own_references() -> None:
    report = (
        "STT;Mã giao dịch;Mã tham chiếu;Số tiền;Thời gian thanh toán;Trạng thái\n"
        "1;140001;TT260000015L1;25000;20/11/2026 08:15:00;Thành công\n"
        "2;140002;TT260000023L1;25000;20/11/2026 08:16:00;Thất bại\n"
    )

    reading, lines, _ = read(report.encode())

    assert [(one.ref, one.attempt_ref, one.amount_vnd) for one in lines] == [
        ("140001", "TT260000015L1", 25_000)
    ]
    assert reading.is_report


def test_a_worksheet_is_read() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Số tài khoản", ACCOUNT])
    sheet.append(["Ngày giao dịch", "Số CT", "Ghi có", "Diễn giải"])
    sheet.append([datetime(2026, 11, 20, 8, 15), 12345, 25000.0, "nộp phí"])  # noqa: DTZ001 -- as worksheets keep it
    out = BytesIO()
    book.save(out)

    reading, lines, _ = read(out.getvalue())

    assert (reading.kind, reading.account) == (FileKind.XLSX, ACCOUNT)
    assert [(one.ref, one.amount_vnd, one.words) for one in lines] == [("12345", 25_000, "nộp phí")]


def test_mt940_is_read() -> None:
    reading, lines, troubles = read(MT940.encode())

    assert (reading.kind, reading.account, troubles) == (FileKind.MT940, ACCOUNT, [])
    assert [(one.ref, one.amount_vnd, one.words) for one in lines] == [
        ("FT1", 25_000, "TT260000015 nop phi LAN"),
        ("FT2", -1_500_000, ""),
        ("FT3", 180_000, "nop phi"),
    ]


def test_camt_is_read() -> None:
    reading, lines, troubles = read(CAMT.encode())

    assert (reading.kind, reading.account) == (FileKind.CAMT, ACCOUNT)
    assert [(one.ref, one.amount_vnd, one.words, one.payer) for one in lines] == [
        ("FT1", 25_000, "TT260000015 nop phi", "LAN")
    ]
    assert troubles == ["Bút toán 2: không phải đồng Việt Nam (USD)."]


def batch(*parts: tuple[int, str]) -> bytes:
    """Return a camt.053 with one entry of 25,000 đồng, and its parts: amount, own reference."""
    told = "".join(
        f"<TxDtls><Refs><AcctSvcrRef>{ref}</AcctSvcrRef></Refs>"
        f'<Amt Ccy="VND">{amount}</Amt></TxDtls>'
        for amount, ref in parts
    )
    alone = CAMT.split("<NtryDtls>", maxsplit=1)[0] + "<NtryDtls>" + told
    return (alone + "</NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>").encode()


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (((10_000, "A"), (15_000, "B")), [("A", 10_000), ("B", 15_000)]),
        (((12_500, "A"), (12_500, "A")), [("A/1", 12_500), ("A/2", 12_500)]),
        (((10_000, "A"), (14_000, "B")), [("FT1", 25_000)]),
    ],
)
def test_the_parts_of_a_batch_are_its_whole_sum(
    parts: tuple[tuple[int, str], ...], told: list[tuple[str, int]]
) -> None:
    reading, lines, troubles = read(batch(*parts))

    assert [(one.ref, one.amount_vnd) for one in lines] == told
    assert (reading.came_vnd, reading.repeated, troubles) == (25_000, 0, [])


def test_equal_transfers_that_only_their_payers_number_are_both_kept() -> None:
    entry = CAMT.split("<Ntry>")[1].replace(
        "<AcctSvcrRef>FT1</AcctSvcrRef>", "<NtryRef>1</NtryRef>"
    )
    head, tail = CAMT.split("<Ntry>", maxsplit=1)[0], "</Stmt></BkToCstmrStmt></Document>"

    reading, lines, _ = read(f"{head}<Ntry>{entry}<Ntry>{entry}{tail}".encode())

    assert (len({one.ref for one in lines}), reading.came_vnd) == (2, 50_000)


def test_what_the_bank_has_not_booked_is_named() -> None:
    waiting = CAMT.replace("<BookgDt>", "<Sts><Cd>PDNG</Cd></Sts><BookgDt>", 1)

    _, lines, troubles = read(waiting.encode())

    assert (lines, troubles[0]) == ([], "Bút toán 1: ngân hàng chưa hạch toán (PDNG).")


def test_a_credit_below_nothing_takes_money_back() -> None:
    reading, lines, _ = read(CSV.replace('"180.000"', "-180.000").encode())

    assert [one.amount_vnd for one in lines] == [25_000, -1_500_000, -180_000]
    assert (reading.came_vnd, reading.went_vnd) == (25_000, 1_680_000)


def test_what_is_too_long_for_an_account_is_none() -> None:
    with pytest.raises(BadStatement, match="không phải số tài khoản"):
        read(CSV.replace(f"Số tài khoản,{ACCOUNT}", "").encode(), account="9" * 41)


@pytest.mark.parametrize(
    ("said", "paid"),
    [
        *(("Thành công", True), ("Giao dịch thành công", True), ("00", True), ("", True)),
        *(("Không thành công", False), ("Chưa thành công", False), ("Thất bại", False)),
    ],
)
def test_what_became_of_a_payment_as_gateways_say_it(*, said: str, paid: bool) -> None:
    assert is_paid(said) == paid


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        *(("1,250,000", 1_250_000), ("1.250.000", 1_250_000), ("1 250 000", 1_250_000)),
        *(("1,250,000.00", 1_250_000), ("1.250.000,00", 1_250_000), ("25000", 25_000)),
        *(("25.000 đồng", 25_000), ("25,000 VND", 25_000), ("(25.000)", -25_000)),
        *(("-25000", -25_000), ("+180.000", 180_000), ("0", 0), ("25000.0", 25_000)),
        *(("25000.5", None), ("1.25.000", None), ("abc", None), ("", None), ("١٢٣", None)),
        *(("9" * 30, None), ("9" * 20, None), ("1" + "0" * 15, 10**15)),
    ],
)
def test_amounts_as_banks_write_them(text: str, amount: int | None) -> None:
    assert amount_in(text) == amount


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("20/11/2026 08:15:09", "2026-11-20 08:15:09"),
        ("20-11-26", "2026-11-20 00:00:00"),
        ("2026-11-20T08:15:09+07:00", "2026-11-20 08:15:09"),
        ("20261120081509", "2026-11-20 08:15:09"),
        ("31/02/2026", ""),
        *(("hôm nay", ""), ("31/12/9999", ""), ("01/01/1026", "")),
    ],
)
def test_moments_as_banks_write_them(text: str, told: str) -> None:
    found = moment_in(text)

    assert (f"{found:%Y-%m-%d %H:%M:%S}" if found else "") == told


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", CSV.encode()[:200], MT940.encode()[:150]]))
def test_any_bytes_are_read_or_refused(noise: bytes, head: bytes) -> None:
    try:
        read(head + noise)
    except BadStatement as error:
        assert str(error)  # noqa: PT017 -- whichever it is, it must be told
