"""Attempts to pay, as partners need to know them."""

from collections.abc import Sequence

from motcua.casework.payments.models import Attempt, Order, OrderLine
from motcua.casework.payments.ports import Account, AttemptInfo
from motcua.casework.payments.rules.codes import purpose
from motcua.casework.procedures import api as procedures
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day


def info_of(attempt: Attempt) -> AttemptInfo:
    """Return what a partner needs to know of an attempt. Costs: two queries."""
    order = Order.objects.get(pk=attempt.order_id)
    lines = OrderLine.objects.filter(order_id=order.pk).order_by("seq")
    return info_for(attempt, order, list(lines))


def info_for(attempt: Attempt, order: Order, lines: Sequence[OrderLine]) -> AttemptInfo:
    """Return what a partner needs to know of an attempt whose order is at hand."""
    account = None
    if attempt.bank_account:
        account = Account(attempt.bank_bin, attempt.bank_account, attempt.account_name)
    return AttemptInfo(
        ref=attempt.ref,
        order_code=order.code,
        amount_vnd=attempt.amount_vnd,
        purpose=purpose(order.code),
        created_at=attempt.begun_at,
        expires_at=attempt.expires_at,
        return_url=attempt.return_url,
        ip=attempt.ip,
        beneficiary=account,
        terminal=attempt.terminal,
        bill=bill_of(order, lines),
    )


def bill_of(order: Order, lines: Sequence[OrderLine]) -> dict[str, object]:
    """Return what the order is for, in words a partner may pass on.

    Shape: {"subject", "procedure_code", "procedure_name", "agency_code", "agency_name",
    "payer_name", "payer_address", "payer_tax_code",
    "lines": [{"subject", "code", "name", "kind", "amount_vnd"}]}
    """
    agency = organisation.tree().agency(order.agency_id)
    found = procedures.find_in_force(order.procedure_code, local_day(order.opened_at))
    return {
        "subject": order.subject.partition(":")[2] or order.subject,
        "procedure_code": order.procedure_code,
        "procedure_name": found.definition.name if found else "",
        "agency_code": agency.code,
        "agency_name": agency.name,
        "payer_name": order.payer_name,
        "payer_address": order.payer_address,
        "payer_tax_code": order.payer_tax_code,
        "lines": [
            {
                "subject": one.subject,
                "code": one.code,
                "name": one.name,
                "kind": one.kind,
                "amount_vnd": one.amount_vnd,
            }
            for one in lines
        ],
    }


def find_attempt(ref: str) -> Attempt | None:
    """Return an attempt by our reference at the partner."""
    return Attempt.objects.select_related("order").filter(ref=ref).first()
