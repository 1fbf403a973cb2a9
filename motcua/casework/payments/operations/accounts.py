"""Keep to which account money goes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q

from motcua.casework.payments.choices import Channel
from motcua.casework.payments.errors import BadBeneficiary
from motcua.casework.payments.models import Beneficiary
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.text import tidy

_BIN = re.compile(r"\d{6}")
_NUMBER = re.compile(r"[0-9A-Za-z]{4,19}")


@dataclass(frozen=True, slots=True)
class BeneficiaryIn:
    """An account from a day on; unit 0 and procedure "" stand for all of the agency.

    `terminals` are the names that gateways have for the till, each its own.
    """

    agency_id: int
    bank_bin: str
    bank_name: str
    number: str
    name: str
    valid_from: date
    unit_id: int = 0
    procedure_code: str = ""
    terminals: Mapping[Channel, str] = field(default_factory=dict)
    valid_to: date | None = None


@work.story
def save_beneficiary(given: BeneficiaryIn, *, by: Actor, at: datetime) -> Beneficiary:
    """Let money go to another account from a day on; the one before ends the day before.

    Raises: NotAllowed, BadBeneficiary.
    """
    by.require(Power.CONFIGURE_PAYMENTS)
    _check(given)
    same = Beneficiary.objects.filter(
        agency_id=given.agency_id,
        unit_id=given.unit_id,
        procedure_code=given.procedure_code,
    ).select_for_update()
    meets = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=given.valid_from))
    for earlier in meets.order_by("valid_from"):
        if earlier.valid_from >= given.valid_from:
            message = f"Đã có tài khoản {earlier.number} từ ngày {earlier.valid_from:%d/%m/%Y}."
            raise BadBeneficiary(message, field="valid_from")
        earlier.valid_to = given.valid_from - timedelta(days=1)
        earlier.save(update_fields=["valid_to"])
    row = Beneficiary.objects.create(
        agency_id=given.agency_id,
        unit_id=given.unit_id,
        procedure_code=given.procedure_code,
        bank_bin=given.bank_bin,
        bank_name=tidy(given.bank_name)[:200],
        number=given.number,
        name=tidy(given.name)[:200],
        terminals={str(one): code for one in given.terminals if (code := _terminal(given, one))},
        valid_from=given.valid_from,
        valid_to=given.valid_to,
        changed_by_name=by.name,
        changed_at=at,
    )
    detail = {"agency_id": given.agency_id, "unit_id": given.unit_id, "bin": given.bank_bin}
    audit.record("payments.set_account", f"beneficiary:{row.pk}", by=by, at=at, detail=detail)
    return row


@work.story
def end_beneficiary(row_id: int, on: date, *, by: Actor, at: datetime) -> Beneficiary:
    """Let no more money go to an account after a day. Raises: NotAllowed, BadBeneficiary."""
    by.require(Power.CONFIGURE_PAYMENTS)
    row = Beneficiary.objects.select_for_update().filter(pk=row_id).first()
    if row is None:
        message = "Không có tài khoản này."
        raise BadBeneficiary(message)
    if on < row.valid_from:
        message = f"Ngày cuối không được trước ngày {row.valid_from:%d/%m/%Y}."
        raise BadBeneficiary(message, field="valid_to")
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    audit.record("payments.end_account", f"beneficiary:{row.pk}", by=by, at=at)
    return row


def _terminal(given: BeneficiaryIn, channel: Channel) -> str:
    return given.terminals[channel].strip()[:40]


def _check(given: BeneficiaryIn) -> None:
    """Raises: BadBeneficiary."""
    if not _BIN.fullmatch(given.bank_bin):
        message = "Mã ngân hàng (BIN) gồm đúng 6 chữ số, ví dụ 970403."
        raise BadBeneficiary(message, field="bank_bin")
    if not _NUMBER.fullmatch(given.number):
        message = "Số tài khoản gồm 4 đến 19 chữ số hoặc chữ cái không dấu, không có dấu cách."
        raise BadBeneficiary(message, field="number")
    if not given.name.strip() or not given.bank_name.strip():
        field = "bank_name" if given.name.strip() else "name"
        message = "Hãy ghi tên tài khoản và tên ngân hàng hoặc kho bạc."
        raise BadBeneficiary(message, field=field)
    if given.valid_to is not None and given.valid_to < given.valid_from:
        message = "Ngày cuối phải từ ngày đầu trở đi."
        raise BadBeneficiary(message, field="valid_to")
