"""Acts on money: ask for it, record it; dues of other bodies."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Status, SubState
from motcua.casework.payments import api as payments
from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.money_forms import DueForm, EvidenceForm, PaymentForm
from motcua.foundation.access.api import Power

from .situation import Act, Situation

Data = Mapping[str, Any]


def may_collect(one: Situation) -> bool:
    desk = one.dossier.receiving_unit_id
    return one.is_at_work or one.actor.can(Power.RECEIVE_DOSSIERS, unit_id=desk)


def ask_payment(one: Situation, data: Data, _request: ActorRequest) -> str:
    code = one.dossier.code
    dossiers.ask_payment(code, data["fees"], by=one.actor, at=one.at)
    return f"Đã yêu cầu người nộp hồ sơ {code} thực hiện nghĩa vụ tài chính."


def ask_receipts(one: Situation, data: QueryDict | None, _files: Any) -> KitForm:
    asked = [(line["name"], line["amount_vnd"]) for line in one.whole.amounts_asked]
    return PaymentForm(data, amounts=asked, receipts=True)


def record_due(one: Situation, data: Data, _request: ActorRequest) -> str:
    code = one.dossier.code
    due = dossiers.DueIn(
        body_name=data["body_name"],
        notice_number=data["notice_number"],
        notice_on=data["notice_on"],
        name=data["name"],
        amount_vnd=data["amount"],
        due_on=data["due_on"],
    )
    dossiers.record_due(code, due, by=one.actor, at=one.at)
    return f"Đã ghi thông báo số {data['notice_number']}; hồ sơ {code} chờ chứng từ nộp tiền."


def dues_open(one: Situation) -> list[payments.FinancialObligation]:
    """Return what other bodies ask for and has no evidence yet."""
    if one.dossier.status != Status.AWAITING_PAYMENT:
        return []
    found = payments.obligations_of(dossiers.subject_of(one.dossier.code))
    return [due for due in found if due.state == payments.ObligationState.DUE]


def takes_notices(one: Situation) -> bool:
    """Say whether another body's notice may be recorded: at work, or while money is awaited."""
    awaits = one.dossier.status == Status.AWAITING_PAYMENT
    return one.is_workable or (awaits and one.dossier.sub_state != SubState.PAID)


def ask_evidence(one: Situation, data: QueryDict | None, _files: Any) -> KitForm:
    return EvidenceForm(
        data, dues=[(due.code, f"{due.name}: {due.notice_number}") for due in dues_open(one)]
    )


def record_evidence(one: Situation, data: Data, _request: ActorRequest) -> str:
    code = one.dossier.code
    seen = payments.EvidenceIn(
        data["evidence_number"],
        data["evidence_on"],
        data["evidence_words"],
        is_lifted=data["is_lifted"],
    )
    dossiers.record_due_paid(code, data["due"], seen, by=one.actor, at=one.at)
    return f"Đã ghi chứng từ {seen.number} của hồ sơ {code}."


def waits_for_us(one: Situation) -> bool:
    return one.dossier.status == Status.AWAITING_PAYMENT and not dues_open(one)


def record_payment(one: Situation, data: Data, _request: ActorRequest) -> str:
    code = one.dossier.code
    dossiers.record_payment(code, data["fees"], by=one.actor, at=one.at)
    return f"Đã ghi nhận tiền của hồ sơ {code}; hồ sơ tiếp tục được xử lý."


MONEY_TAKEN = (
    Act(
        "chung-tu",
        "Ghi chứng từ nộp tiền",
        lambda one: bool(dues_open(one)),
        may_collect,
        record_evidence,
        ask_evidence,
        is_main=True,
        button="Ghi nhận",
        note="Khoản do cơ quan khác thu; không lập biên lai của cơ quan mình.",
    ),
    Act(
        "tien-da-nop",
        "Ghi nhận đã nộp tiền",
        waits_for_us,
        may_collect,
        record_payment,
        ask_receipts,
        is_main=True,
        button="Ghi nhận",
    ),
)
MONEY_ASKED = (
    Act(
        "yeu-cau-nop-tien",
        "Yêu cầu nộp tiền",
        lambda one: one.is_workable,
        may_collect,
        ask_payment,
        lambda _one, data, _files: PaymentForm(data),
        note="Thời hạn tạm dừng đến khi ghi nhận đã nộp tiền.",
        button="Gửi yêu cầu",
    ),
    Act(
        "thong-bao-thue",
        "Ghi thông báo nộp tiền của cơ quan khác",
        takes_notices,
        may_collect,
        record_due,
        lambda _one, data, _files: DueForm(data),
        note="Tiền nộp tại cơ quan ra thông báo; thời hạn tạm dừng đến khi có chứng từ.",
        button="Ghi thông báo",
    ),
)
