"""To which account money goes."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from motcua.casework.cashbook import api as cashbook
from motcua.casework.payments.errors import NoBeneficiary
from motcua.casework.payments.models import Beneficiary, Order
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor
from motcua.lib.tongue import said


def find_beneficiary(
    agency_id: int, unit_id: int, procedure_code: str, *, on: date
) -> Beneficiary | None:
    """Return the account that counts: the nearest to procedure and unit that is in force."""
    rows = Beneficiary.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        agency_id=agency_id,
        unit_id__in=(0, unit_id),
        procedure_code__in=("", procedure_code),
        valid_from__lte=on,
    )
    return max(rows, key=lambda one: (bool(one.procedure_code), bool(one.unit_id)), default=None)


def account_for(order: Order, *, on: date) -> Beneficiary | None:
    """Find the account into which an order is paid: of its agency, or of who keeps its book now."""
    found = find_beneficiary(order.agency_id, order.unit_id, order.procedure_code, on=on)
    if found is not None:
        return found
    keeper = cashbook.keeper_of(order.agency_id)
    if keeper == order.agency_id:
        return None
    return find_beneficiary(keeper, 0, order.procedure_code, on=on)


def beneficiary_of(order: Order, *, on: date) -> Beneficiary:
    """Return the account into which an order is paid. Raises: NoBeneficiary."""
    found = account_for(order, on=on)
    if found is None:
        message = said("Cơ quan thu chưa khai báo tài khoản nhận tiền; xin nộp tiền mặt tại quầy.")
        raise NoBeneficiary(message)
    return found


def beneficiaries_for(actor: Actor) -> Sequence[Beneficiary]:
    """Return all accounts, those of today first. Raises: NotAllowed."""
    actor.require(Power.CONFIGURE_PAYMENTS)
    return list(
        Beneficiary.objects.order_by("agency_id", "unit_id", "procedure_code", "-valid_from")
    )
