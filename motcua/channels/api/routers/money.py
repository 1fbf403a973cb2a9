"""Money of a dossier: what is asked, ways to pay, what was taken, receipts."""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from motcua.casework.dossiers import api as dossiers
from motcua.casework.payments import api as payments
from motcua.casework.receipts import api as receipts
from motcua.channels.api.door import Door, file_answer, plain_json, row_of
from motcua.channels.api.shapes import Filed
from motcua.channels.kit.access import visitor_address
from motcua.channels.kit.downloads import file_response
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.clients.api import Scope
from motcua.lib.clock import local_day, now
from motcua.lib.errors import NotFound

door = Door("money")


class LineOut(Schema):
    """One amount of an order."""

    name: str
    amount_vnd: int


class WayOut(Schema):
    """One way to pay."""

    channel: str
    label: str
    is_at_desk: bool


class OrderOut(Schema):
    """What is asked for a dossier, how it stands, and how it can be paid."""

    code: str
    state: str
    amount_vnd: int
    paid_vnd: int
    payer_name: str
    expires_at: datetime | None
    lines: list[LineOut]
    ways: list[WayOut]
    words: str


class PayBody(Schema):
    """By which way to pay."""

    channel: payments.Channel


class BegunOut(Schema):
    """How the payer goes on: an address, the payload of a QR code, or words."""

    url: str
    qr: str
    words: str


class ReceiptOut(Schema):
    """One receipt that was numbered."""

    code: str
    number: int | None
    issued_on: date | None
    amount_vnd: int
    payer_name: str
    state: str
    is_signed: bool


class DueOfOtherOut(Schema):
    """What another body asks for a dossier: paid there, noted here."""

    code: str
    body_name: str
    notice_number: str
    notice_on: date
    name: str
    amount_vnd: int
    due_on: date | None
    state: str
    evidence_number: str
    evidence_on: date | None


class DueOfOtherBody(Schema):
    """A notice of another body, as of the tax authority on land."""

    body_name: str = Field(min_length=1, max_length=300)
    notice_number: str = Field(min_length=1, max_length=100)
    notice_on: date
    name: str = Field(min_length=1, max_length=500)
    amount_vnd: int = Field(ge=1, le=10**12)
    due_on: date | None = None


class EvidenceBody(Schema):
    """By which paper one knows that a due was paid there, or (`is_lifted`) need not be."""

    number: str = Field(min_length=1, max_length=100)
    on: date
    words: str = Field("", max_length=500)
    is_lifted: bool = False


class FeeBody(Schema):
    """One amount, by the line of the procedure."""

    line_code: str = Field(min_length=1, max_length=60)
    name: str = Field(min_length=1, max_length=300)
    kind: payments.LineKind
    amount_vnd: int = Field(ge=0, le=10**12)
    receipt_number: str = Field("", max_length=40)
    reason: str = Field("", max_length=300)
    quantity: int = Field(1, ge=1, le=9999)


class FeesBody(Schema):
    """Amounts asked for or taken."""

    fees: list[FeeBody] = Field(min_length=1, max_length=50)


@door.reads("/dossiers/{code}/order", Scope.READ_MONEY, OrderOut, "Khoản phải nộp của hồ sơ")
def read_order(request: ActorRequest, code: str) -> Any:
    """Return the order by which a dossier waits for money, with the ways to pay it."""
    order = _order(request, code)
    offers = payments.offers_for(order, on=local_day(now()))
    return plain_json(
        {
            "code": order.code,
            "state": order.state,
            "amount_vnd": order.amount_vnd,
            "paid_vnd": order.paid_vnd,
            "payer_name": order.payer_name,
            "expires_at": order.expires_at,
            "lines": [row_of(LineOut, one) for one in payments.lines_of(order)],
            "ways": [row_of(WayOut, one) for one in offers],
            "words": payments.explain(order.code),
        }
    )


@door.acts("/dossiers/{code}/order/begin", Scope.FILE, BegunOut, "Bắt đầu nộp tiền", heavy=True)
def begin_payment(request: ActorRequest, code: str, body: PayBody) -> Any:
    """Begin to pay what a dossier waits for; the payer goes on at the partner."""
    order = _order(request, code)
    begun = payments.begin_attempt(
        order.code, body.channel, by=request.actor, at=now(), ip=visitor_address(request)
    )
    return plain_json({"url": begun.url, "qr": begun.qr, "words": begun.words})


@door.acts("/dossiers/{code}/order/ahead", Scope.FILE, Filed, "Nộp trước phí, lệ phí")
def pay_ahead(request: ActorRequest, code: str) -> Any:
    """Open the order by which the applicant pays what is due before anybody asks for it."""
    dossiers.pay_ahead(code, by=request.actor, at=now())
    return {"code": code}


@door.acts("/dossiers/{code}/ask-payment", Scope.HANDLE, Filed, "Yêu cầu nộp tiền")
def ask_payment(request: ActorRequest, code: str, body: FeesBody) -> Any:
    """Ask the applicant to pay what is due; after receipt the clock stands meanwhile."""
    return dossiers.ask_payment(code, _fees(body), by=request.actor, at=now())


@door.acts("/dossiers/{code}/payments", Scope.TAKE_MONEY, Filed, "Ghi tiền thu theo biên lai giấy")
def record_payment(request: ActorRequest, code: str, body: FeesBody) -> Any:
    """Record what was paid against paper receipts; the work goes on."""
    return dossiers.record_payment(code, _fees(body), by=request.actor, at=now())


@door.acts("/dossiers/{code}/cash", Scope.TAKE_MONEY, Filed, "Thu tiền mặt")
def take_cash(request: ActorRequest, code: str) -> Any:
    """Take in cash what the order of a dossier still asks for, into the open drawer."""
    dossiers.take_cash(code, by=request.actor, at=now())
    return {"code": code}


@door.reads("/dossiers/{code}/receipts", Scope.READ_MONEY, list[ReceiptOut], "Biên lai của hồ sơ")
def list_receipts(request: ActorRequest, code: str) -> Any:
    """Return the numbered receipts for a dossier, the newest first."""
    return plain_json([_receipt(one) for one in _receipts(request, code)])


@door.reads("/dossiers/{code}/receipts/{receipt}/xml", Scope.READ_MONEY, None, "Tải biên lai XML")
def receipt_xml(request: ActorRequest, code: str, receipt: str) -> Any:
    """Return the signed file of a receipt, which is the receipt in law."""
    found = _one(request, code, receipt)
    if found.file is None:
        raise NotFound("Biên lai này chưa được ký số; hãy thử lại sau.")
    return file_response(found.file, receipts.file_name(found, "xml"))


@door.reads(
    "/dossiers/{code}/receipts/{receipt}/pdf",
    Scope.READ_MONEY,
    None,
    "Tải bản thể hiện biên lai",
    heavy=True,
)
def receipt_pdf(request: ActorRequest, code: str, receipt: str) -> Any:
    """Return the display of a receipt."""
    found = _one(request, code, receipt)
    content = receipts.receipt_pdf(found)
    return file_answer(content, "application/pdf", receipts.file_name(found, "pdf"))


@door.reads("/dossiers/{code}/dues", Scope.READ_MONEY, list[DueOfOtherOut], "Nghĩa vụ khác")
def list_dues(request: ActorRequest, code: str) -> Any:
    """Return what other bodies ask for a dossier, the oldest first."""
    found = dossiers.get_dossier_for(request.actor, code)
    dues = payments.obligations_of(dossiers.subject_of(found.code))
    return plain_json([row_of(DueOfOtherOut, one) for one in dues])


@door.acts("/dossiers/{code}/dues", Scope.HANDLE, Filed, "Ghi thông báo của cơ quan khác")
def record_due(request: ActorRequest, code: str, body: DueOfOtherBody) -> Any:
    """Record what another body asks for, as the tax authority on land; the dossier waits for it."""
    due = dossiers.DueIn(
        body.body_name,
        body.notice_number,
        body.notice_on,
        body.name,
        body.amount_vnd,
        due_on=body.due_on,
    )
    return dossiers.record_due(code, due, by=request.actor, at=now())


@door.acts(
    "/dossiers/{code}/dues/{due}/paid",
    Scope.HANDLE,
    Filed,
    "Ghi đã nộp cho cơ quan khác",
    also=(Scope.DESK,),
)
def record_due_paid(request: ActorRequest, code: str, due: str, body: EvidenceBody) -> Any:
    """Record by which paper one knows that a due was paid, or need not be; the work goes on."""
    seen = payments.EvidenceIn(body.number, body.on, body.words, body.is_lifted)
    return dossiers.record_due_paid(code, due, seen, by=request.actor, at=now())


def _order(request: ActorRequest, code: str) -> payments.Order:
    found = dossiers.get_dossier_for(request.actor, code)
    order = payments.waiting_order(dossiers.subject_of(found.code))
    if order is None:
        raise NotFound("Hồ sơ này không có khoản nào đang chờ nộp.")
    return order


def _receipts(request: ActorRequest, code: str) -> list[receipts.Receipt]:
    found = dossiers.get_dossier_for(request.actor, code)
    return list(receipts.receipts_about(dossiers.subject_of(found.code)))


def _one(request: ActorRequest, code: str, receipt: str) -> receipts.Receipt:
    found = next((one for one in _receipts(request, code) if one.code == receipt), None)
    if found is None:
        raise NotFound("Hồ sơ này không có biên lai ấy.")
    return found


def _receipt(one: receipts.Receipt) -> dict[str, object]:
    return row_of(ReceiptOut, one, is_signed=one.signed_at is not None)


def _fees(body: FeesBody) -> list[dossiers.FeeIn]:
    return [
        dossiers.FeeIn(
            one.line_code,
            one.name,
            one.kind,
            one.amount_vnd,
            receipt_number=one.receipt_number,
            reason=one.reason,
            quantity=one.quantity,
        )
        for one in body.fees
    ]
