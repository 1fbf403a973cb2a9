"""Keep which part of its fees an agency keeps, by which decision.

Source: docs/law/money.md
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from motcua.casework.cashbook.errors import BadShare
from motcua.casework.cashbook.models import KeptShare
from motcua.casework.cashbook.models.handing import WHOLE
from motcua.casework.cashbook.permissions import check_keeper
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.text import tidy


@dataclass(frozen=True, slots=True)
class ShareIn:
    """A part of fees kept from a day on, in hundredths of a per cent; zero: nothing any more.

    An empty procedure stands for every fee without a decision of its own.
    """

    agency_id: int
    share: int
    decision_number: str
    decision_on: date
    valid_from: date
    procedure_code: str = ""


@work.story
def set_share(given: ShareIn, *, by: Actor, at: datetime) -> KeptShare | None:
    """Keep another part of fees from a day on; the one before ends the day before.

    Raises: BadShare, NotAllowed.
    """
    check_keeper(given.agency_id, by)
    _check(given)
    same = KeptShare.objects.filter(
        agency_id=given.agency_id, procedure_code=given.procedure_code
    ).select_for_update()
    meets = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=given.valid_from))
    for earlier in meets.order_by("valid_from"):
        if earlier.valid_from >= given.valid_from:
            day = f"{earlier.valid_from:%d/%m/%Y}"
            message = f"Đã có tỷ lệ từ ngày {day} theo {earlier.decision_number}."
            raise BadShare(message, field="valid_from")
        earlier.valid_to = given.valid_from - timedelta(days=1)
        earlier.save(update_fields=["valid_to"])
    made = _made(given, by=by, at=at) if given.share else None
    detail = {
        "share": given.share,
        "procedure": given.procedure_code,
        "decision": given.decision_number,
        "from": given.valid_from.isoformat(),
    }
    audit.record("cashbook.set_share", f"agency:{given.agency_id}", by=by, at=at, detail=detail)
    return made


def _check(given: ShareIn) -> None:
    if not 0 <= given.share <= WHOLE:
        raise BadShare("Tỷ lệ để lại từ 0 đến 100 %.", field="share")
    if not given.decision_number.strip():
        raise BadShare("Hãy ghi số văn bản quy định tỷ lệ để lại.", field="decision_number")
    if given.decision_on > given.valid_from and given.share:
        message = "Văn bản phải ban hành trước hoặc trong ngày bắt đầu áp dụng."
        raise BadShare(message, field="decision_on")


def _made(given: ShareIn, *, by: Actor, at: datetime) -> KeptShare:
    return KeptShare.objects.create(
        agency_id=given.agency_id,
        procedure_code=given.procedure_code,
        share=given.share,
        decision_number=tidy(given.decision_number)[:100],
        decision_on=given.decision_on,
        valid_from=given.valid_from,
        by_name=by.name,
        at=at,
    )
