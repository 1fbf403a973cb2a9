"""Receipts: of an order, of a dossier, of a day; one by its code; the file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q

from motcua.casework.receipts.choices import LIVING, Nature, ReceiptState
from motcua.casework.receipts.errors import NoSuchReceipt
from motcua.casework.receipts.models import CollectingBody, Receipt, ReceiptMove
from motcua.casework.receipts.rules.xml import write_receipt
from motcua.foundation.access.api import Power
from motcua.foundation.files import api as files
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.tongue import said

UNSIGNED_IS_LATE = timedelta(minutes=15)
_IS_DUE = "SELECT 1 FROM receipts_receipt WHERE next_sign_at <= %s LIMIT 1"
_WITH = ("series", "related", "related__series", "agency")


@dataclass(frozen=True, slots=True)
class Chain:
    """A receipt with those that it follows or that follow it, the oldest first, and its history."""

    receipt: Receipt
    others: Sequence[Receipt]
    moves: Sequence[ReceiptMove]
    net_vnd: int


@dataclass(frozen=True, slots=True)
class Troubles:
    """What the accountant is to look at: unnumbered, and unsigned for a quarter of an hour."""

    waiting: Sequence[Receipt]
    unsigned: int
    why_unsigned: str


def receipts_of(order_code: str) -> Sequence[Receipt]:
    """Return all receipts of an order, the oldest first. Costs: one query."""
    rows = Receipt.objects.select_related(*_WITH).filter(order_code=order_code)
    return list(rows.order_by("id"))


def living_receipts_of(order_codes: Collection[str]) -> Sequence[Receipt]:
    """Return the receipts of orders that count, adjustments too. Costs: one query."""
    rows = Receipt.objects.select_related(*_WITH)
    found = rows.filter(order_code__in=list(order_codes), state__in=LIVING)
    return list(found.order_by("order_code", "id"))


def receipts_about(subject: str) -> Sequence[Receipt]:
    """Return the numbered receipts for a dossier, the newest first. Costs: one query."""
    rows = Receipt.objects.select_related(*_WITH).filter(subjects__contains=[subject])
    return list(rows.exclude(state=ReceiptState.DUE).order_by("-id"))


def find_receipt(code: str) -> Receipt | None:
    """Return the receipt with this look-up code, however it is typed. Costs: one query."""
    tidy = "".join(one for one in code.upper() if one.isalnum())[:20]
    return Receipt.objects.select_related(*_WITH).filter(code=tidy).first()


def successor_of(receipt: Receipt) -> Receipt | None:
    """Return what stands in the place of a receipt that was replaced. Costs: one query or none."""
    if receipt.state != ReceiptState.REPLACED:
        return None
    rows = Receipt.objects.select_related(*_WITH).filter(related_id=receipt.pk)
    return rows.filter(nature=Nature.REPLACEMENT).first()


def receipt_for(code: str, by: Actor) -> Receipt:
    """Return a receipt to whoever keeps the agency's receipts or takes money at its desk.

    Raises: NoSuchReceipt.
    """
    found = find_receipt(code)
    if found is None:
        raise NoSuchReceipt(said("Không có biên lai này."))
    root_id = organisation.tree().agency(found.agency_id).root_unit_id
    if by.can(Power.KEEP_RECEIPTS, unit_id=root_id) or by.can(
        Power.TAKE_CASH, unit_id=found.unit_id
    ):
        return found
    raise NoSuchReceipt(said("Không có biên lai này."), hidden=f"receipt:{found.code}")


def chain_of(receipt: Receipt) -> Chain:
    """Return what belongs to a receipt. Costs: two queries."""
    linked = Q(order_code=receipt.order_code, kind=receipt.kind)
    rows = Receipt.objects.select_related(*_WITH).filter(linked).order_by("id")
    found = list(rows)
    moves = ReceiptMove.objects.filter(receipt_id=receipt.pk).order_by("seq")
    net_vnd = sum(one.amount_vnd for one in found if one.state in LIVING)
    return Chain(receipt, [one for one in found if one.pk != receipt.pk], list(moves), net_vnd)


def receipts_of_day(agency_id: int, on: date) -> Sequence[Receipt]:
    """Return the receipts an agency made on a day, by series and number. Costs: one query."""
    rows = Receipt.objects.select_related(*_WITH).filter(agency_id=agency_id, issued_on=on)
    return list(rows.order_by("series_id", "number"))


def agencies_kept_by(by: Actor) -> Sequence[tuple[int, str]]:
    """Return the agencies whose receipts somebody keeps, by name. Costs: nothing."""
    tree = organisation.tree()
    roots = by.powers.get(Power.KEEP_RECEIPTS, frozenset())
    found = {tree.unit(one).agency_id for one in roots}
    if Power.KEEP_RECEIPTS in by.province_powers:
        rows = CollectingBody.objects.values_list("agency_id", flat=True)
        found |= {*rows.distinct(), *({by.agency_id} if by.agency_id else ())}
    named = [(one, tree.agency(one)) for one in found]
    mine = [
        (one, info.name)
        for one, info in named
        if by.can(Power.KEEP_RECEIPTS, unit_id=info.root_unit_id)
    ]
    return sorted(mine, key=lambda one: one[1])


def troubles_of(agency_id: int, at: datetime) -> Troubles:
    """Return what waits for somebody at an agency. Costs: two queries."""
    mine = Receipt.objects.filter(agency_id=agency_id)
    waiting = list(mine.filter(state=ReceiptState.DUE).order_by("due_at", "id")[:50])
    late = mine.filter(next_sign_at__isnull=False, issued_at__lt=at - UNSIGNED_IS_LATE)
    errors = list(late.order_by("-issued_at").values_list("sign_error", flat=True)[:500])
    return Troubles(waiting, len(errors), next((one for one in errors if one), ""))


def count_late(at: datetime) -> tuple[int, int]:
    """Return how many have waited a quarter of an hour for a number, and for their seal.

    Costs: two statements; each counts what waits, which is little.
    """
    late = at - UNSIGNED_IS_LATE
    due = Receipt.objects.filter(state=ReceiptState.DUE, due_at__lt=late)
    unsigned = Receipt.objects.filter(next_sign_at__isnull=False, issued_at__lt=late)
    return due.count(), unsigned.count()


def is_signing_due(at: datetime) -> bool:
    """Say whether a receipt waits for its seal. Costs: a look into an index."""
    return bool(work.fetch(_IS_DUE, [at]))


def xml_of(receipt: Receipt) -> bytes:
    """Return the receipt as it is to be signed. Raises: NoSuchReceipt without a number."""
    key = receipt.key
    if key is None or receipt.issued_on is None:
        raise NoSuchReceipt(said("Biên lai chưa có số."))
    return write_receipt(
        receipt.said, key, receipt.issued_on, nature=receipt.nature, code=receipt.code
    )


def signed_xml(receipt: Receipt) -> bytes:
    """Return the signed file. Raises: NoSuchReceipt while the seal has not signed."""
    if receipt.file is None:
        raise NoSuchReceipt(
            said("Biên lai đang chờ con dấu của cơ quan thu; xin mở lại sau ít phút.")
        )
    with files.open_file(receipt.file) as stream:
        return stream.read()


def address_of(receipt: Receipt) -> str:
    """Return where anybody who holds the receipt sees whether it counts, as its QR mark says."""
    return f"{settings.SITE_ADDRESS}/bien-lai/{receipt.code}/"


def file_name(receipt: Receipt, suffix: str) -> str:
    """Return how the file of a receipt is called: “bien-lai-EBL01-26TAA-1.pdf”."""
    key = receipt.key
    words = f"{key}".replace("/", "-") if key else receipt.code
    return f"bien-lai-{words}.{suffix}"


def is_replaceable(receipt: Receipt) -> bool:
    """Say whether a receipt may be replaced: numbered here, not adjusted, no adjustment itself."""
    is_as_made = receipt.state == ReceiptState.ISSUED and receipt.number is not None
    return is_as_made and receipt.nature != Nature.ADJUSTMENT


def is_valid(receipt: Receipt) -> bool:
    """Say whether a receipt counts and is not only an adjustment of another."""
    return receipt.state in LIVING and receipt.nature != Nature.ADJUSTMENT
