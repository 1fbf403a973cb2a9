"""The table of a day for the tax authority: the first, supplements, as it was sent."""

from io import BytesIO

import openpyxl
import pytest
from django.db import DatabaseError
from lxml import etree

from motcua.casework.receipts.errors import BadReceipt, TableMoved
from motcua.casework.receipts.models import DayTable, Receipt
from motcua.casework.receipts.operations.correcting import (
    AdjustIn,
    ReplaceIn,
    adjust_receipt,
    replace_receipt,
)
from motcua.casework.receipts.operations.issuing import settle
from motcua.casework.receipts.operations.tables import SentIn, mark_sent
from motcua.casework.receipts.queries.tables import days_to_send, sent_table, table_of_day
from motcua.casework.receipts.rules.contents import PaidBy
from motcua.casework.receipts.rules.tables import table_xlsx, table_xml
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local_day
from motcua.lib.errors import NotAllowed

from .make import CHARGE, DAY, FEE, MONDAY, Place, less, line, make_order, make_place

pytestmark = pytest.mark.django_db
TODAY = local_day(MONDAY)
Row = tuple[str, int, int, str, str]


def issue(place: Place, code: str = "TT26-1", amount: int = 9_000) -> Receipt:
    order = make_order(place, code, line(FEE, amount))
    return settle(order, by=SYSTEM, at=MONDAY)[0]


def told(place: Place, days: int = 0) -> list[Row]:
    """Return what the next table of a day says."""
    rows = table_of_day(place.agency_id, TODAY + days * DAY).table.rows
    return [(one.symbol, one.number, one.amount_vnd, one.state, one.related) for one in rows]


def send(place: Place, mark: str = "") -> DayTable:
    shown = table_of_day(place.agency_id, TODAY)
    given = SentIn(place.agency_id, TODAY, mark or shown.mark, "T-1")
    return mark_sent(given, by=place.oanh, at=MONDAY)


def test_the_table_tells_all_receipts_of_the_day_with_what_they_speak_of() -> None:
    place = make_place()
    settle(make_order(place, "TT26-9"), by=SYSTEM, at=MONDAY)
    wrong = issue(place)
    given = ReplaceIn(PaidBy("Lò Thị Lanh"), "Sai tên")
    replace_receipt(wrong.code, given, by=place.binh, at=MONDAY)

    assert told(place) == [
        ("26TAA", 1, 40_000, "Mới", ""),
        ("26TAA", 2, 9_000, "Mới", ""),
        ("26TAA", 3, 9_000, "Thay thế", "EBL01/26TAA/2"),
        ("26TAB", 1, 8_000, "Mới", ""),
    ]


def test_a_cancellation_stands_in_the_table_of_its_own_day() -> None:
    place = make_place()
    order = make_order(place, "TT26-1", line(CHARGE, 9_000))
    settle(order, by=SYSTEM, at=MONDAY)
    settle(less(order, CHARGE, 0), by=SYSTEM, at=MONDAY + DAY)

    (row,) = table_of_day(place.agency_id, TODAY + DAY).table.rows
    assert told(place) == [("26TAB", 1, 9_000, "Mới", "")]
    assert (row.state, row.number, row.period, row.why) == (
        "Hủy",
        1,
        "06/07/2026",
        "Hoàn trả tiền cho người nộp",
    )


def test_what_comes_after_sending_is_a_supplement() -> None:
    place = make_place()
    first = issue(place)
    sent = send(place)
    adjust_receipt(first.code, AdjustIn("Giảm", -1_000, "Tính lại"), by=place.oanh, at=MONDAY)
    shown = table_of_day(place.agency_id, TODAY)

    again = send(place)

    assert (sent.supplement, sent.number, len(sent.rows)) == (0, 1, 1)
    assert shown.table.which == "[03] Bổ sung lần thứ 1"
    assert [(one.amount_vnd, one.state) for one in shown.table.rows] == [(-1_000, "Điều chỉnh")]
    assert (again.supplement, again.number, told(place)) == (1, 2, [])


def test_a_table_that_changed_since_it_was_shown_is_not_sent() -> None:
    place = make_place()
    issue(place)
    mark = table_of_day(place.agency_id, TODAY).mark
    issue(place, "TT26-2")

    with pytest.raises(TableMoved):
        send(place, mark)
    send(place)
    with pytest.raises(BadReceipt, match="không còn biên lai"):
        send(place)


def test_what_was_sent_stays_as_it_was() -> None:
    place = make_place()
    issue(place)
    sent = send(place)

    kept = sent_table(sent.pk, place.agency_id)
    with pytest.raises(DatabaseError, match="not changed"):
        DayTable.objects.update(sent_words="khác")

    assert (kept.tax_code, [one.number for one in kept.rows]) == ("0100109106", [1])


def test_a_day_that_was_not_sent_is_told_of_the_next_day() -> None:
    place = make_place()
    issue(place)

    assert days_to_send(place.agency_id, TODAY) == []
    (waiting,) = days_to_send(place.agency_id, TODAY + DAY)
    assert (waiting.on, waiting.how_many) == (TODAY, 1)


def test_only_the_accountant_of_the_agency_sends() -> None:
    place = make_place()
    issue(place)
    given = SentIn(place.agency_id, TODAY, table_of_day(place.agency_id, TODAY).mark)

    for stranger in (place.binh, place.dung):
        with pytest.raises(NotAllowed):
            mark_sent(given, by=stranger, at=MONDAY)


def test_as_a_spreadsheet_it_has_the_columns_of_the_form_and_no_formulas() -> None:
    place = make_place()
    first = issue(place)
    given = AdjustIn("=1+1", 0, "=HYPERLINK(1)")
    adjust_receipt(first.code, given, by=place.oanh, at=MONDAY)

    content = table_xlsx(table_of_day(place.agency_id, TODAY).table)

    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=8)]
    assert [len(row) for row in rows] == [13, 13, 13]
    assert rows[0][:4] == ["STT", "Ký hiệu mẫu biên lai", "Ký hiệu biên lai", "Số biên lai"]
    assert rows[1][1:9] == [
        "EBL01",
        "26TAA",
        1,
        "06/07/2026",
        "Phí chứng thực bản sao",
        9000,
        None,
        "Mới",
    ]
    assert (rows[2][5], rows[2][10], rows[2][11]) == ("=1+1", "EBL01/26TAA/1", "=HYPERLINK(1)")
    kinds = {cell.data_type for row in sheet.iter_rows(min_row=9) for cell in row}
    assert "f" not in kinds


def test_as_xml_it_says_the_same() -> None:
    place = make_place()
    issue(place)

    root = etree.fromstring(table_xml(table_of_day(place.agency_id, TODAY).table))

    words = {etree.QName(one).localname: one.text for one in root.iter() if not len(one)}
    assert words == {
        "MSo": "01/TH-BLĐT",
        "So": "01",
        "KDLieu": "2026-07-06",
        "LDau": "1",
        "TCQThu": "Ủy ban nhân dân xã Mường Phăng",
        "MST": "0100109106",
        "DVTTe": "VND",
        "STT": "1",
        "KHMBLai": "EBL01",
        "KHBLai": "26TAA",
        "SBLai": "1",
        "NLap": "2026-07-06",
        "TKThu": "Phí chứng thực bản sao",
        "STien": "9000",
        "TThai": "Mới",
    }
