"""Tables of a day's receipts: what is to be sent, and what was.

Source: docs/law/receipts.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from motcua.casework.receipts.choices import Act, Nature, RowState
from motcua.casework.receipts.errors import NoSuchReceipt
from motcua.casework.receipts.models import DayTable, Receipt, ReceiptMove
from motcua.casework.receipts.rules.tables import Table, TableRow, rows_from
from motcua.foundation.numbering import api as numbering

from .forms import body_of

_STATES = {
    Nature.ORIGINAL: RowState.NEW,
    Nature.REPLACEMENT: RowState.REPLACEMENT,
    Nature.ADJUSTMENT: RowState.ADJUSTMENT,
}
_LONGEST_NAME = 400


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day of an agency: the table that is to be sent next, and those that were."""

    table: Table
    sent: Sequence[DayTable]

    @property
    def mark(self) -> str:
        """Return what tells whether the table has changed since it was shown."""
        newest = max((one.move_id for one in self.table.rows), default=0)
        return f"{len(self.table.rows)}-{newest}"


@dataclass(frozen=True, slots=True)
class DayToSend:
    """A day of which something has not been told to the tax authority."""

    on: date
    how_many: int


def table_of_day(agency_id: int, on: date) -> DayShown:
    """Return what the next table of a day says: the first, or a supplement. Costs: five queries."""
    sent = list(DayTable.objects.filter(agency_id=agency_id, on=on).order_by("supplement"))
    moves = ReceiptMove.objects.filter(on=on, table__isnull=True, receipt__agency_id=agency_id)
    with_receipt = moves.select_related(
        "receipt", "receipt__series", "receipt__related", "receipt__related__series"
    )
    ordered = with_receipt.order_by("receipt__series_id", "receipt__number", "id")
    rows = tuple(_row(one) for one in ordered)
    body = body_of(agency_id, on)
    number = numbering.latest_of(series_name(agency_id, on)) + 1
    table = Table(
        on=on,
        supplement=len(sent),
        body_name=body.name if body else "",
        tax_code=body.tax_code if body else "",
        number=f"{number:02d}",
        rows=rows,
    )
    return DayShown(table, sent)


def series_name(agency_id: int, on: date) -> str:
    """Return the name of the series in which tables of a year are numbered."""
    return numbering.series_of_year("bang-bien-lai", f"{agency_id}", on.year)


def sent_table(table_id: int, agency_id: int) -> Table:
    """Return a table as it was sent. Raises: NoSuchReceipt."""
    found = DayTable.objects.filter(pk=table_id, agency_id=agency_id).first()
    if found is None:
        raise NoSuchReceipt("Không có bảng này.")
    return Table(
        on=found.on,
        supplement=found.supplement,
        body_name=found.body_name,
        tax_code=found.tax_code,
        number=f"{found.number:02d}",
        rows=rows_from(found.rows),
    )


def days_to_send(agency_id: int, today: date) -> Sequence[DayToSend]:
    """Return the days before today whose table is not sent whole, the oldest first."""
    moves = ReceiptMove.objects.filter(
        on__lt=today, table__isnull=True, receipt__agency_id=agency_id
    )
    counted = moves.values("on").annotate(how_many=Count("id")).order_by("on")
    return [DayToSend(one["on"], one["how_many"]) for one in counted[:60] if one["on"]]


def _row(move: ReceiptMove) -> TableRow:
    receipt = move.receipt
    key, is_end = receipt.key, move.act == Act.CANCELLED
    if key is None or receipt.issued_on is None:
        raise NoSuchReceipt("Biên lai chưa có số.")
    content = receipt.said
    related = content.related
    names = dict.fromkeys(one.name for one in content.items)
    period = receipt.issued_on if is_end else related.on if related else None
    return TableRow(
        form=key.form,
        symbol=key.symbol,
        number=key.number,
        on=receipt.issued_on,
        name="; ".join(names)[:_LONGEST_NAME],
        amount_vnd=receipt.amount_vnd,
        state=str((RowState.CANCELLED if is_end else _STATES[Nature(receipt.nature)]).label),
        period=f"{period:%d/%m/%Y}" if period else "",
        related=related.key if related else "",
        why=move.reason if is_end else content.reason,
        note=_note(receipt),
        move_id=move.pk,
    )


def _note(receipt: Receipt) -> str:
    delegate = receipt.said.delegate
    return f"Ủy nhiệm: {delegate.name}" if delegate else ""
