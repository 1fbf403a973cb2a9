"""Give a receipt its number: in order, without gaps, in the series of its day.

Source: docs/law/receipts.md
"""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Q

from motcua.casework.receipts.choices import Act, ReceiptState
from motcua.casework.receipts.errors import NotTakenOver
from motcua.casework.receipts.events import ReceiptIssued
from motcua.casework.receipts.models import Receipt, Series
from motcua.casework.receipts.queries.forms import body_of, delegation_due, form_rules
from motcua.casework.receipts.rules.contents import CONTENT, Content, content_faults
from motcua.casework.receipts.rules.forms import form_for
from motcua.foundation.numbering import api as numbering
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .series import next_year
from .telling import tell

_ALPHABET = "ABCDEGHKLMNPQRSTUVXY23456789"
_LENGTH = 12


def new_code() -> str:
    """Return a code by which a receipt is looked up: nobody guesses it."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


class NoNumber(Exception):
    """No number can be given now; says what the accountant is to do."""


def give_number(receipt: Receipt, content: Content, *, by: Actor, at: datetime) -> None:
    """Number a locked receipt that is due, or note why it waits. Joins the caller's story.

    The day is that of `at` in Hà Nội, or of the newest receipt of the series if that is later: no
    number bears an earlier day than the one before it. After the story it is signed.

    Locks: the series of the agency and kind.
    """
    try:
        content, delegation_id = _completed(receipt, content, local_day(at))
        series = _series(receipt, delegation_id, local_day(at), at=at)
    except NoNumber as error:
        receipt.waits_why = str(error)[:300]
        receipt.content = CONTENT.dump_python(content, mode="json")
        receipt.save(update_fields=["waits_why", "content"])
        return
    series.given = numbering.allocate_number(f"receipts:{series.pk}")
    series.latest_on = max(local_day(at), series.latest_on or local_day(at))
    series.save(update_fields=["given", "latest_on"])
    receipt.state, receipt.series, receipt.waits_why = ReceiptState.ISSUED, series, ""
    receipt.number = series.first_number + series.given - 1
    receipt.issued_on, receipt.issued_at, receipt.next_sign_at = series.latest_on, at, at
    receipt.content = CONTENT.dump_python(content, mode="json")
    receipt.save()
    event = ReceiptIssued(
        receipt.pk, receipt.version + 1, receipt.code, receipt.order_code, receipt.kind
    )
    tell(receipt, Act.ISSUED, event, by=by, at=at, reported_on=receipt.issued_on)


def _completed(receipt: Receipt, content: Content, day: date) -> tuple[Content, int | None]:
    """Return the content with who collects, and the delegation. Raises: NoNumber."""
    body = body_of(receipt.agency_id, day)
    if body is None:
        message = "Cơ quan thu chưa khai tên, mã số thuế trên biên lai; hãy khai ở “Dãy biên lai”."
        raise NoNumber(message)
    try:
        delegation = delegation_due(receipt.agency_id, receipt.channel, day)
    except NotTakenOver as error:
        raise NoNumber(str(error)) from error
    content = replace(
        content, body=body.printed, delegate=delegation.printed if delegation else None
    )
    if fault := next(content_faults(content), ""):
        raise NoNumber(fault)
    return content, delegation.pk if delegation else None


def _series(receipt: Receipt, delegation_id: int | None, day: date, *, at: datetime) -> Series:
    """Return the series that gives the next number, locked. Raises: NoNumber."""
    for one in _candidates(receipt, delegation_id, day, at=at):
        if one.left:
            return one
    kind = receipt.get_kind_display().lower()
    message = f"Không còn dãy biên lai {kind} nào dùng được ngày {day:%d/%m/%Y}; hãy mở dãy mới."
    raise NoNumber(message)


def _candidates(
    receipt: Receipt, delegation_id: int | None, day: date, *, at: datetime
) -> Iterator[Series]:
    """Yield the open series of that day, locked, then those that go on from an earlier year."""
    rules = form_rules()
    rows = Series.objects.select_for_update(of=("self",)).filter(
        agency_id=receipt.agency_id,
        kind=receipt.kind,
        closed_at__isnull=True,
    )
    own = Q(delegation__isnull=True)
    rows = rows.filter(own if delegation_id is None else Q(delegation_id=delegation_id))
    for one in rows.filter(year=day.year).order_by("id"):
        if form_for(rules, one.form, day):
            yield one
    before = rows.filter(year__lt=day.year).order_by("-year", "id")
    latest = before.values_list("year", flat=True).first()
    for one in before.filter(year=latest) if latest else ():
        opened = next_year(one, day, at=at)
        if opened is not None and opened.closed_at is None:
            yield Series.objects.select_for_update(of=("self",)).get(pk=opened.pk)
