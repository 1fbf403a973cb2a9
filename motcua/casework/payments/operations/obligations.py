"""Dues of other bodies: their notice, and the evidence that they were paid there.

Source: docs/law/money.md
"""

from datetime import datetime

from motcua.casework.payments.choices import ObligationState
from motcua.casework.payments.errors import NoSuchObligation, PaymentError
from motcua.casework.payments.events import ObligationMet
from motcua.casework.payments.models import FinancialObligation
from motcua.casework.payments.rules.inputs import MOST_VND, EvidenceIn, ObligationIn
from motcua.foundation.audit import api as audit
from motcua.foundation.numbering import api as numbering
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

SERIES = "financial-obligation"


@work.story
def record_obligation(asked: ObligationIn, *, by: Actor, at: datetime) -> FinancialObligation:
    """Record the notice of another body. Whoever calls has seen to it that the actor may.

    Raises: BadInput.
    """
    _check_notice(asked)
    year = local_day(at).year
    number = numbering.allocate_number(numbering.series_of_year(SERIES, "NV", year))
    due = FinancialObligation(
        id=work.new_id(FinancialObligation),
        code=f"NV{year % 100:02d}-{number:06d}",
        subject=asked.subject,
        agency_id=asked.agency_id,
        body_name=asked.body_name.strip()[:300],
        notice_number=asked.notice_number.strip()[:100],
        notice_on=asked.notice_on,
        due_on=asked.due_on,
        name=asked.name.strip()[:500],
        amount_vnd=asked.amount_vnd,
        recorded_at=at,
        recorded_by_name=by.name,
    )
    work.add(due)
    audit.record("payments.record_due", asked.subject, by=by, at=at, detail={"code": due.code})
    return due


def _check_notice(asked: ObligationIn) -> None:
    """Raises: BadInput."""
    for field, words in (
        ("body_name", "Hãy ghi cơ quan ra thông báo."),
        ("notice_number", "Hãy ghi số thông báo."),
        ("name", "Hãy ghi khoản phải nộp."),
    ):
        if not str(getattr(asked, field)).strip():
            raise BadInput(words, field=field)
    if not 0 <= asked.amount_vnd <= MOST_VND:
        message = "Số tiền trên thông báo không đúng."
        raise BadInput(message, field="amount")
    known = FinancialObligation.objects.filter(
        subject=asked.subject, notice_number=asked.notice_number.strip()[:100]
    )
    if known.exists():
        message = f"Thông báo số {asked.notice_number} đã được ghi cho hồ sơ này."
        raise BadInput(message, field="notice_number")


@work.story
def record_evidence(code: str, seen: EvidenceIn, *, by: Actor, at: datetime) -> FinancialObligation:
    """Record that a due was paid at its body, or need not be paid, and by which paper one knows.

    Raises: NoSuchObligation, PaymentError, BadInput.
    """
    try:
        due = work.lock(FinancialObligation, code=code)
    except FinancialObligation.DoesNotExist as error:
        message = f"Không tìm thấy khoản phải nộp {code}."
        raise NoSuchObligation(message) from error
    if due.state != ObligationState.DUE:
        message = f"Khoản {code} đã ghi nhận {ObligationState(due.state).label.lower()}."
        raise PaymentError(message)
    if not seen.number.strip():
        message = "Hãy ghi số chứng từ nộp tiền hoặc số văn bản miễn, giảm."
        raise BadInput(message, field="evidence_number")
    if seen.on > local_day(at):
        message = "Ngày trên chứng từ không thể ở tương lai."
        raise BadInput(message, field="evidence_on")
    due.state = ObligationState.LIFTED if seen.is_lifted else ObligationState.MET
    due.evidence_number, due.evidence_on = seen.number.strip()[:100], seen.on
    due.evidence_words = seen.words.strip()[:500]
    due.settled_at, due.settled_by_name = at, by.name
    evidence = ("evidence_number", "evidence_on", "evidence_words")
    work.update(due, "state", *evidence, "settled_at", "settled_by_name")
    audit.record("payments.meet_due", due.subject, by=by, at=at, detail={"code": code})
    fact = ObligationMet(due.pk, 1, code=code, subject=due.subject, state=str(due.state))
    outbox.announce(fact, by=by, at=at)
    return due
