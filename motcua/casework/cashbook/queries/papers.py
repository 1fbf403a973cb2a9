"""Print what was counted, handed over, carried to the bank, and agreed for a quarter.

Source: docs/law/money.md
"""

from collections.abc import Mapping
from datetime import datetime

from motcua.casework.cashbook.models import Deposit, DeskClosing, Drawer, QuarterClosing
from motcua.casework.cashbook.rules.notes import read_notes
from motcua.casework.cashbook.rules.quarters import Quarter
from motcua.casework.cashbook.rules.words import moved_words, quarter_lines, signed
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.foundation.papers.api import Column, Line, Signer
from motcua.lib.clock import local
from motcua.lib.money import in_dong, in_words

NOTES = (
    Column(head="STT", width="14"),
    Column(head="Loại tiền (mệnh giá)", side="right"),
    Column(head="Số tờ", width="35", side="right"),
    Column(head="Thành tiền (đồng)", width="50", side="right"),
)
MOVED = (
    Column(head="STT", width="14"),
    Column(head="Nội dung"),
    Column(head="Số tiền (đồng)", width="50", side="right"),
)

AGREED = (
    "Số tiền dương là thu vào quầy, số âm là nộp, chi ra. Hai bên thống nhất số liệu trên;"
    " chênh lệch chưa giải trình (nếu có) được theo dõi tiếp."
    " Số nộp ngân sách và số phí để lại là của cả cơ quan."
)


def drawer_pdf(drawer: Drawer) -> bytes:
    """Return the minutes of a shift: handed over with two signatures, or counted at its end."""
    is_handed = drawer.offered_at is not None
    kind = papers.ShiftMinutes if is_handed else papers.CashCount
    counted = drawer.counted_vnd is not None
    moment = drawer.counted_at or drawer.opened_at
    notes = drawer.counted_notes if counted else drawer.opening_notes
    lines = [
        Line(label="Quầy", value=organisation.name_of_unit(drawer.unit_id)),
        Line(label="Ca thu", value=f"{drawer.code}, mở lúc {_stamp(drawer.opened_at)}"),
        Line(label="Tiền đầu ca", value=in_dong(drawer.opening_vnd)),
    ]
    if drawer.counted_vnd is not None and drawer.expected_vnd is not None:
        lines += _counted(drawer.expected_vnd, drawer.counted_vnd, drawer.reason)
    signers = [
        Signer(title="Người giao ca" if is_handed else "Người thu", name=drawer.cashier_name)
    ]
    other = drawer.offered_to_name if is_handed else ""
    signers.append(Signer(title="Người nhận ca" if is_handed else "Phụ trách quầy", name=other))
    return papers.render_paper(
        kind(
            letterhead=papers.letterhead_of_unit(drawer.unit_id, moment),
            note=f"Lúc {_stamp(moment)}" + ("" if counted else " – khi mở ca"),
            lines=tuple(lines),
            columns=NOTES,
            entries=_rows(read_notes(notes)),
            signers=tuple(signers),
        )
    )


def desk_pdf(closing: DeskClosing) -> bytes:
    """Return the minutes of a desk's cash day: its safe counted."""
    lines = [
        Line(label="Quầy", value=organisation.name_of_unit(closing.unit_id)),
        Line(label="Tiền đầu ngày", value=in_dong(closing.figures["before_vnd"])),
        *(
            Line(label=moved_words(kind, source), value=in_dong(vnd))
            for kind, source, vnd in closing.figures["moved"]
        ),
        *_counted(closing.expected_vnd, closing.counted_vnd, closing.reason),
    ]
    return papers.render_paper(
        papers.CashCount(
            letterhead=papers.letterhead_of_unit(closing.unit_id, closing.at),
            note=f"Cuối ngày {closing.on:%d/%m/%Y}, đếm lúc {_stamp(closing.at)}",
            lines=tuple(lines),
            columns=NOTES,
            entries=_rows(read_notes(closing.notes)),
            signers=(
                Signer(title="Người kiểm đếm", name=closing.by_name),
                Signer(title="Phụ trách quầy", name=""),
            ),
        )
    )


def deposit_pdf(deposit: Deposit) -> bytes:
    """Return the list of notes that goes with money to the bank or the treasury."""
    lines = [
        Line(label="Người nộp", value=deposit.made_by_name),
        Line(label="Đơn vị", value=organisation.name_of_unit(deposit.unit_id)),
        Line(label="Nộp tại", value=deposit.bank),
        Line(label="Số tài khoản", value=deposit.account_number),
        Line(label="Tên tài khoản", value=deposit.account_name or "–"),
        Line(label="Nội dung nộp", value=deposit.words),
        Line(label="Số tiền", value=in_dong(deposit.amount_vnd)),
        Line(label="Bằng chữ", value=in_words(deposit.amount_vnd)),
    ]
    if deposit.slip_on is not None:
        slip = f"{deposit.slip_number} ngày {deposit.slip_on:%d/%m/%Y}"
        lines.append(Line(label="Giấy nộp tiền số", value=slip))
    return papers.render_paper(
        papers.DepositList(
            letterhead=papers.letterhead_of_unit(deposit.unit_id, deposit.made_at),
            note=f"Số {deposit.code}, lập lúc {_stamp(deposit.made_at)}",
            lines=tuple(lines),
            columns=NOTES,
            entries=_rows(read_notes(deposit.notes)),
            signers=(
                Signer(title="Người nộp tiền", name=deposit.made_by_name),
                Signer(title="Người nhận tiền", name=""),
            ),
        )
    )


def quarter_pdf(closing: QuarterClosing) -> bytes:
    """Return the minutes of a quarter between a desk and its unit."""
    quarter = Quarter(closing.year, closing.number)
    rows = quarter_lines(closing.figures)
    span = f"từ {quarter.first:%d/%m/%Y} đến {quarter.latest:%d/%m/%Y}"
    confirmed = closing.decided_by_name if closing.state == "confirmed" else ""
    return papers.render_paper(
        papers.QuarterMinutes(
            letterhead=papers.letterhead_of_agency(closing.agency_id, closing.proposed_at),
            note=f"{quarter.words.capitalize()} ({span})",
            lines=(
                Line(label="Quầy", value=organisation.name_of_unit(closing.unit_id)),
                Line(label="Đơn vị", value=organisation.name_of_agency(closing.agency_id)),
            ),
            columns=MOVED,
            entries=tuple(
                (f"{place}", words, _number(vnd)) for place, (words, vnd) in enumerate(rows, 1)
            ),
            closing=(AGREED,),
            signers=(
                Signer(title="Đại diện quầy", name=closing.proposed_by_name),
                Signer(title="Kế toán đơn vị", name=confirmed),
            ),
        )
    )


def _counted(expected: int, counted: int, reason: str) -> list[Line]:
    lines = [
        Line(label="Tiền theo sổ", value=in_dong(expected)),
        Line(label="Tiền đếm được", value=in_dong(counted)),
        Line(label="Bằng chữ", value=in_words(counted)),
    ]
    if counted != expected:
        lines.append(
            Line(label="Chênh lệch", value=f"{signed(counted - expected)}; lý do: {reason}")
        )
    return lines


def _rows(notes: Mapping[int, int]) -> tuple[tuple[str, ...], ...]:
    rows = [
        (f"{place}", _number(one), _number(count), _number(one * count))
        for place, (one, count) in enumerate(notes.items(), 1)
    ]
    total = sum(one * count for one, count in notes.items())
    return (*rows, ("", "Tổng cộng", _number(sum(notes.values())), _number(total)))


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".").replace("-", "−")


def _stamp(at: datetime) -> str:
    return f"{local(at):%H:%M ngày %d/%m/%Y}"
