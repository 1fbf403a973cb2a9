"""An agency's accountant, its leader, and statements for them."""

from datetime import date, datetime, timedelta
from io import BytesIO

from motcua.casework.payments.api import Channel, Order, Payment, PaymentIn, take_payment
from motcua.casework.payments.tests.make import MONDAY, Till, make_order, make_till
from motcua.casework.reconciliation.models import Statement
from motcua.casework.reconciliation.operations.taking import StatementIn, take_statement
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor

ACCOUNT = "0011012345678"
EVENING = MONDAY + timedelta(hours=10)
HEAD = "Số tài khoản,{account}\nNgày giao dịch,Số tham chiếu,Ghi nợ,Ghi có,Nội dung,Người chuyển\n"
REPORT = "Mã giao dịch,Mã tham chiếu,Số tiền,Thời gian thanh toán,Trạng thái\n"
__all__ = ["ACCOUNT", "EVENING", "MONDAY", "make_order", "make_till"]


def accountant(till: Till, number: int = 31, name: str = "Quàng Thị Nga") -> Actor:
    """Return an accountant of the till's agency, or another one."""
    return _staff(till, number, name, Power.RECONCILE, Power.READ_CASHBOOK, Power.KEEP_CASHBOOK)


def leader(till: Till) -> Actor:
    """Return who approves what is written off."""
    return _staff(till, 32, "Điêu Chính Hoa", Power.APPROVE_WRITE_OFFS)


def _staff(till: Till, number: int, name: str, *powers: Power) -> Actor:
    root = organisation.tree().agency(till.agency_id).root_unit_id
    return Actor(
        id=number,
        name=name,
        agency_id=till.agency_id,
        unit_ids=(root,),
        powers=dict.fromkeys(powers, frozenset({root})),
    )


def csv_of(*rows: tuple[str, int, str], account: str = ACCOUNT, on: date | None = None) -> bytes:
    """Return a statement: reference, amount (below zero: out), words."""
    day = f"{on or MONDAY.date():%d/%m/%Y}"
    lines = "".join(
        f"{day},{ref},{max(-amount, 0)},{max(amount, 0)},{words},LÒ THỊ LAN\n"
        for ref, amount, words in rows
    )
    return (HEAD.format(account=account) + lines).encode()


def report_of(*rows: tuple[str, str, int]) -> bytes:
    """Return a gateway's report: its reference, ours, amount."""
    day = f"{MONDAY.date():%d/%m/%Y} 09:00:00"
    return (
        REPORT + "".join(f"{ref},{ours},{amount},{day},Thành công\n" for ref, ours, amount in rows)
    ).encode()


def take(
    content: bytes,
    *,
    by: Actor,
    channel: Channel = Channel.TRANSFER,
    at: datetime = EVENING,
    name: str = "sao-ke.csv",
) -> Statement:
    """Take a statement for the actor's agency."""
    assert by.agency_id is not None
    given = StatementIn(by.agency_id, channel, name, BytesIO(content))
    return take_statement(given, by=by, at=at)


def paid(order: Order, ref: str, till: Till, *, channel: Channel = Channel.VNPAY) -> Payment:
    """Record money as the partner's notice would."""
    came = PaymentIn(channel, order.amount_vnd, ref, MONDAY)
    return take_payment(order.code, came, by=till.binh, at=MONDAY)
