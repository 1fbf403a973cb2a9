"""A commune appoints those who help its households, and lets them go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.mandates.errors import NoSuchHelper
from motcua.foundation.mandates.models import Helper
from motcua.foundation.mandates.queries import appoints_for
from motcua.foundation.mandates.rules import MOST_TRIES, WINDOW
from motcua.foundation.organisation import api as organisation
from motcua.foundation.requests import api as requests
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

from .sessions import end_sessions_of_helper

MOST_AREAS = 30


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who is appointed for which villages, by which decision, from when to when."""

    login: str
    title: str
    areas: Sequence[str]
    decision_number: str
    decided_on: date
    valid_from: date
    valid_to: date


@work.story
def appoint_helper(facts: Appointment, *, unit_id: int, by: Actor, at: datetime) -> Helper:
    """Let the holder of an account help households of the commune; anew, the new days count.

    Raises: NotAllowed, BadInput.
    Source: docs/law/acting-for-others.md
    """
    by.require(Power.APPOINT_HELPERS, unit_id=unit_id)
    root_id = organisation.tree().agency_of(unit_id).root_unit_id
    _check(facts)
    account = _account(facts.login, by=by, at=at)
    held = Helper.objects.select_for_update().filter(account=account, ended_at=None).first()
    if held is not None and held.unit_id != root_id:
        raise BadInput("Người này đang hỗ trợ ở xã, phường khác.", field="login")
    helper = held or Helper(account=account, unit_id=root_id)
    helper.full_name, helper.phone = account.full_name, account.phone
    helper.title, helper.areas = facts.title.strip(), _areas(facts.areas)
    helper.decision_number, helper.decided_on = facts.decision_number.strip(), facts.decided_on
    helper.valid_from, helper.valid_to = facts.valid_from, facts.valid_to
    helper.appointed_at, helper.appointed_by_name = at, by.name
    helper.save()
    detail = {"decision": helper.decision_number, "until": f"{helper.valid_to}"}
    audit.record("mandates.appointed", f"account:{account.pk}", by=by, at=at, detail=detail)
    return helper


@work.story
def end_helper(helper_id: int, why: str, *, by: Actor, at: datetime) -> Helper:
    """Let a helper go: sessions end at once, the list is shut; what was filed stays.

    Raises: NoSuchHelper, BadInput.
    """
    helper = Helper.objects.select_for_update().filter(pk=helper_id, ended_at=None).first()
    if helper is None or not appoints_for(by, helper):
        raise NoSuchHelper("Không tìm thấy người hỗ trợ này ở xã, phường của ông/bà.")
    if not why.strip():
        raise BadInput("Hãy ghi lý do cho thôi.", field="why")
    helper.ended_at, helper.ended_by_name, helper.ended_why = at, by.name, why.strip()[:300]
    helper.save(update_fields=["ended_at", "ended_by_name", "ended_why"])
    end_sessions_of_helper(helper_id, at=at)
    audit.record("mandates.let_go", f"account:{helper.account_id}", by=by, at=at)
    return helper


def _check(facts: Appointment) -> None:
    """Raises: BadInput."""
    if not facts.decision_number.strip():
        raise BadInput("Hãy ghi số quyết định cử người hỗ trợ.", field="decision_number")
    if facts.decided_on > facts.valid_from:
        raise BadInput("Ngày bắt đầu không được trước ngày quyết định.", field="valid_from")
    if facts.valid_to < facts.valid_from:
        raise BadInput("Ngày kết thúc phải sau ngày bắt đầu.", field="valid_to")
    if not _areas(facts.areas):
        raise BadInput("Hãy ghi ít nhất một thôn, bản, tổ dân phố.", field="areas")


def _areas(typed: Sequence[str]) -> list[str]:
    tidy = dict.fromkeys(one.strip()[:200] for one in typed if one.strip())
    return list(tidy)[:MOST_AREAS]


def _account(login: str, *, by: Actor, at: datetime) -> identity.Account:
    """Raises: BadInput."""
    if not requests.count_attempt(
        f"mandates.appoint:{by.id}", most=MOST_TRIES, window=WINDOW, at=at
    ):
        raise BadInput("Ông/bà đã tra quá nhiều tài khoản trong một giờ; hãy thử lại sau.")
    account = identity.find_account(login)
    is_fit = (
        account is not None and account.is_active and account.kind != identity.AccountKind.PARTNER
    )
    if account is None or not is_fit:
        message = "Không có tài khoản nào đang dùng tên đăng nhập, số điện thoại này."
        raise BadInput(message, field="login")
    if account.pk == by.id:
        raise BadInput("Không ai tự cử mình.", field="login")
    if not identity.is_login_proven(account, login):
        message = (
            "Tài khoản này chưa chứng minh được số điện thoại, thư điện tử ấy là của chính mình;"
            " mời người ấy đặt mật khẩu bằng mã gửi tới số này, hoặc xác nhận tài khoản tại quầy."
        )
        raise BadInput(message, field="login")
    return account
