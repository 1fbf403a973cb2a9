"""Mark the table of a day as sent to the tax authority.

Source: docs/law/receipts.md
"""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.casework.receipts.errors import BadReceipt, TableMoved
from motcua.casework.receipts.models import CollectingBody, DayTable, ReceiptMove
from motcua.casework.receipts.queries.tables import series_name, table_of_day
from motcua.casework.receipts.rules.tables import rows_as_plain
from motcua.foundation.audit import api as audit
from motcua.foundation.numbering import api as numbering
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.text import tidy

from .series import keeper_of


@dataclass(frozen=True, slots=True)
class SentIn:
    """Which table went: `mark` is that of the table as it was shown; `words` the tax's own code."""

    agency_id: int
    on: date
    mark: str
    words: str = ""


@work.story
def mark_sent(given: SentIn, *, by: Actor, at: datetime) -> DayTable:
    """Keep the table as it was sent; what happens to its receipts later is a supplement.

    Raises: TableMoved, BadReceipt for a day without receipts, NotAllowed.
    Locks: the agency's collecting body, so that two are not sent at once.
    """
    keeper_of(given.agency_id, by)
    bodies = CollectingBody.objects.select_for_update().filter(agency_id=given.agency_id)
    list(bodies.order_by("id"))
    shown = table_of_day(given.agency_id, given.on)
    if not shown.table.rows:
        raise BadReceipt("Ngày này không còn biên lai nào chưa gửi.")
    if shown.mark != given.mark:
        message = "Vừa có biên lai mới trong ngày này; hãy xem và tải lại bảng rồi gửi."
        raise TableMoved(message)
    if not shown.table.body_name:
        raise BadReceipt("Cơ quan thu chưa khai tên và mã số thuế cho ngày này.")
    sent = DayTable.objects.create(
        agency_id=given.agency_id,
        on=given.on,
        supplement=shown.table.supplement,
        number=numbering.allocate_number(series_name(given.agency_id, given.on)),
        body_name=shown.table.body_name,
        tax_code=shown.table.tax_code,
        rows=rows_as_plain(shown.table.rows),
        sent_at=at,
        sent_by_name=by.name,
        sent_words=tidy(given.words)[:200],
    )
    moves = [one.move_id for one in shown.table.rows]
    ReceiptMove.objects.filter(pk__in=moves).update(table=sent)
    detail = {"on": given.on.isoformat(), "rows": len(moves), "supplement": sent.supplement}
    audit.record("receipts.table_sent", f"agency:{given.agency_id}", by=by, at=at, detail=detail)
    return sent
