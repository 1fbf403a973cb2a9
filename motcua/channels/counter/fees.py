"""What is due and what was taken of it, at the reception and at the hand-out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from motcua.casework.dossiers.api import FeeIn
from motcua.casework.payments.api import Taken
from motcua.casework.procedures.api import FeeDue
from motcua.lib.errors import BadInput
from motcua.lib.text import whole_number

COLLECTED = {"at_filing": "thu khi nộp", "at_return": "thu khi trả kết quả"}


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One amount of the fee table and what was taken of it.

    `is_cash`: the officer's drawer is open, so that no paper receipt is written.
    """

    code: str
    name: str
    kind: str
    due_vnd: int
    reason: str
    when: str
    amount: str
    receipt: str
    is_known: bool = True
    rule: str = ""
    quantity: int = 1
    unit_name: str = ""
    is_cash: bool = False

    def asked(self) -> FeeIn:
        """Return the amount as it is asked for, with its reason and the rule that set it."""
        return self.taken(self.due_vnd, "")

    def taken(self, amount_vnd: int, receipt: str) -> FeeIn:
        """Return the amount as it was taken."""
        return FeeIn(
            self.code,
            self.name,
            self.kind,
            amount_vnd,
            receipt,
            self.reason,
            self.rule,
            self.quantity,
            self.unit_name,
        )


def fee_rows(
    dues: Iterable[FeeDue], typed: Mapping[str, object], *, now: str, is_cash: bool = False
) -> list[FeeRow]:
    """Return the table as typed; what is usually taken at this point stands there already."""
    return [_row(due, typed, now, is_cash=is_cash) for due in dues]


def _row(due: FeeDue, typed: Mapping[str, object], now: str, *, is_cash: bool) -> FeeRow:
    line = due.line
    usual = str(due.amount_vnd) if line.collected == now and due.amount_vnd else ""
    return FeeRow(
        code=line.code,
        name=line.name,
        kind=line.kind.value,
        due_vnd=due.amount_vnd,
        reason=f"Chưa tính được: {due.trouble}" if due.trouble else due.reason,
        is_known=not due.trouble,
        when=COLLECTED.get(line.collected, ""),
        amount=str(typed.get(f"fee_{line.code}_amount", usual)),
        receipt=str(typed.get(f"fee_{line.code}_receipt", "")),
        rule=due.rule or line.basis,
        quantity=due.quantity,
        unit_name=line.per,
        is_cash=is_cash,
    )


def still_due(dues: Iterable[FeeDue], taken: Iterable[Taken]) -> list[FeeDue]:
    """Return the lines of which nothing was taken yet."""
    paid = {fee.line_code for fee in taken}
    return [due for due in dues if due.line.code not in paid]


def fees_taken(rows: Sequence[FeeRow]) -> list[FeeIn]:
    """Return what was taken now.

    Raises: BadInput for a sum that is no number, or without drawer and paper receipt.
    """
    return [fee for row in rows if (fee := _taken(row)) is not None]


def _taken(row: FeeRow) -> FeeIn | None:
    digits = row.amount.replace(".", "").replace(" ", "")
    amount = whole_number(digits or "0")
    if amount is None:
        message = f"Số tiền của “{row.name}” chỉ gồm chữ số, nhiều nhất 18 chữ số."
        raise BadInput(message, field=f"fee_{row.code}_amount")
    if not amount:
        return None
    if not row.is_cash and not row.receipt.strip():
        message = (
            f"Hãy mở ca thu để thu tiền mặt, hoặc ghi số biên lai giấy cho khoản “{row.name}”."
        )
        raise BadInput(message, field=f"fee_{row.code}_receipt")
    return row.taken(amount, row.receipt.strip())
