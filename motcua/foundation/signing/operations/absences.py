"""Write down who is away until when, and let the turns go to the deputy meanwhile.

Source: docs/law/signing.md
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.signing.choices import TurnRole, TurnState
from motcua.foundation.signing.errors import NoSuchRight
from motcua.foundation.signing.models import SigningAbsence, Turn
from motcua.foundation.signing.queries.rights import away_words
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.dated import holding_on
from motcua.lib.errors import Anticipated, BadInput, NotAllowed

from .handing import pass_to_deputy

logger = logging.getLogger(__name__)
EVERYWHERE = 0  # no unit: only a power over the whole province reaches it
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class AbsenceIn:
    """Who is away on which days, why, and who signs meanwhile."""

    officer_id: int
    deputy_id: int
    valid_from: date
    valid_to: date
    reason: str


@work.story
def note_absence(given: AbsenceIn, *, by: Actor, at: datetime) -> SigningAbsence:
    """Write down an absence; of oneself, or as an administrator of signing.

    Raises: NotAllowed, BadInput.
    """
    _check_giver(given.officer_id, by)
    if given.valid_to < max(given.valid_from, local_day(at)):
        message = "Ngày cuối phải từ hôm nay và không trước ngày đầu."
        raise BadInput(message, field="valid_to")
    if given.deputy_id == given.officer_id:
        raise BadInput("Hãy chọn người khác ký thay.", field="deputy")
    if not given.reason.strip():
        raise BadInput("Hãy ghi lý do vắng mặt.", field="reason")
    others = SigningAbsence.objects.filter(
        valid_from__lte=given.valid_to, valid_to__gte=given.valid_from, ended_at=None
    )
    if others.filter(officer_id=given.officer_id).exists():
        message = "Đã ghi vắng mặt trong một số ngày của khoảng này; hãy kết thúc trước."
        raise BadInput(message, field="valid_from")
    if others.filter(Q(officer_id=given.deputy_id)).exists():
        message = "Người ký thay cũng vắng mặt trong khoảng này; hãy chọn người khác."
        raise BadInput(message, field="deputy")
    absence = SigningAbsence.objects.create(
        officer_id=given.officer_id,
        deputy_id=given.deputy_id,
        valid_from=given.valid_from,
        valid_to=given.valid_to,
        reason=given.reason.strip(),
        given_at=at,
        given_by_name=by.name,
    )
    detail = {"deputy": given.deputy_id, "until": f"{given.valid_to}"}
    subject = f"signing_absence:{absence.pk}"
    audit.record("signing.absence_noted", subject, by=by, at=at, detail=detail)
    return absence


@work.story
def end_absence(absence_id: int, *, by: Actor, at: datetime) -> None:
    """End an absence at once; turns that were passed on stay where they are.

    Raises: NotAllowed, NoSuchRight.
    """
    found = SigningAbsence.objects.filter(pk=absence_id, ended_at=None).first()
    if found is None:
        raise NoSuchRight("Không có lần vắng mặt này, hoặc đã kết thúc.")
    _check_giver(found.officer_id, by)
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    audit.record("signing.absence_ended", f"signing_absence:{absence_id}", by=by, at=at)


def _check_giver(officer_id: int, by: Actor) -> None:
    """Raises: NotAllowed."""
    if by.can(Power.ADMINISTER_SIGNING, unit_id=EVERYWHERE):
        return
    own = identity.get_account(by.id).officer_id
    if own != officer_id or by.on_behalf_of:
        raise NotAllowed("Chỉ chính người vắng mặt hoặc quản trị ký số ghi được việc này.")


def pass_on_of_absent(*, at: datetime) -> int:
    """Give the leaders' turns of all who are away to their deputies; return how many went.

    What cannot go (somebody has signed below that name, the deputy has no right) stays, and the
    lists say whose it is.

    Costs: two queries, and a story for each turn.
    """
    away = list(
        SigningAbsence.objects.filter(holding_on(local_day(at)), ended_at=None).select_related(
            "officer", "deputy"
        )
    )
    accounts = identity.accounts_of_officers(
        [officer for one in away for officer in (one.officer_id, one.deputy_id)]
    )
    return sum(_passed(one, accounts, at) for one in away)


def _passed(absence: SigningAbsence, accounts: dict[int, int], at: datetime) -> int:
    account, deputy = (accounts.get(key) for key in (absence.officer_id, absence.deputy_id))
    if account is None or deputy is None:
        return 0
    waiting = Turn.objects.filter(
        account_id=account, role=TurnRole.LEADER, state=TurnState.READY
    ).order_by("pk")
    codes = list(waiting.values_list("request__code", flat=True)[:MOST_AT_ONCE])
    return sum(_try(code, deputy, away_words(absence), at) for code in codes)


def _try(code: str, deputy: int, note: str, at: datetime) -> bool:
    try:
        pass_to_deputy(code, deputy, note, at=at)
    except Anticipated as error:
        logger.info("turn_not_passed_on", extra={"request": code, "why": str(error)})
        return False
    return True
