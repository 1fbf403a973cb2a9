"""People of a partner see and answer what is their partner's, while its contracts hold."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from motcua.casework.contracts.choices import PaidBy, Stage
from motcua.casework.contracts.errors import NoSuchContract, NotToBeSettled, ShutOut
from motcua.casework.contracts.models import Settlement, SettlementMove
from motcua.casework.contracts.operations.contracts import (
    end_contract,
    pause_contract,
    sign_contract,
)
from motcua.casework.contracts.operations.partners import (
    end_partner_account,
    open_partner_account,
    renew_partner_password,
    reset_partner_factor,
)
from motcua.casework.contracts.operations.settling import (
    agree_as_partner,
    agree_to_month,
    answer_dispute,
    dispute_month,
    reopen_month,
    settle_month,
)
from motcua.casework.contracts.ports import Collected, ask_for_payments, forget_source
from motcua.casework.contracts.queries.partners import (
    contracts_of_partner,
    get_contract_of_partner,
    get_settlement_of_partner,
    moves_of,
    reach_of,
    seat_of,
    seats_of,
    settlements_of_partner,
)
from motcua.casework.contracts.queries.sheets import settlement_sheet
from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.identity.tests.make import make_session
from motcua.foundation.organisation.tests.make import make_agency
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed

from .make import ADMIN, CONTRACT, MANAGER, NOW, make_contract, make_person, make_post

pytestmark = pytest.mark.django_db
TODAY, MARCH = date(2026, 4, 1), date(2026, 3, 1)
APRIL = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
NATIONAL = (PaidBy.NATIONAL,)
WHY = "Ngày 2/3 chúng tôi có ba giao dịch, bảng ghi hai"


def collected(channels: Collection[str], first: date, last: date) -> list[Collected]:
    """Return what the post collected in March: two items, of two agencies."""
    rows = [Collected("cod", 7, 50_000, date(2026, 3, 2)), Collected("cod", 8, 20_000, MARCH)]
    return [one for one in rows if one.channel in channels and first <= one.on <= last]


def sent_month() -> tuple[str, Actor]:
    """Return the contract whose March our side agreed to, and Thúy of the post."""
    code = make_post().code
    thuy, _ = make_person("buu-dien")
    ask_for_payments(collected)
    try:
        settle_month(code, MARCH, by=ADMIN, at=APRIL)
    finally:
        forget_source(collected)
    agree_to_month(code, MARCH, 2000, by=ADMIN, at=APRIL)
    return code, thuy


def stage(code: str) -> Stage:
    return Settlement.objects.get(contract__code=code).stage


def test_a_person_of_a_partner_sees_its_contracts_alone() -> None:
    make_contract()
    code = make_post().code
    thuy, _ = make_person("buu-dien")
    assert [one.row.code for one in contracts_of_partner(thuy, TODAY)] == [code]
    assert [one.channel for one in reach_of(thuy, TODAY)] == ["cod"]
    with pytest.raises(NoSuchContract):
        get_contract_of_partner("TH26-0001", thuy, TODAY)


def test_whoever_is_of_no_partner_sees_nothing() -> None:
    make_post()
    for stranger in (MANAGER, Actor(id=913, name="Dũng"), Actor(id=0, name="")):
        with pytest.raises(ShutOut):
            seat_of(stranger, TODAY)


def test_the_end_of_the_contract_closes_its_people_out_at_once() -> None:
    code = make_post().code
    thuy, _ = make_person("buu-dien")
    end_contract(code, on=date(2026, 3, 31), by=ADMIN, at=NOW)
    assert seat_of(thuy, date(2026, 3, 31)).contract_ids
    with pytest.raises(ShutOut, match="không còn hợp đồng thu hộ nào đang có hiệu lực"):
        seat_of(thuy, TODAY)


def test_the_end_of_the_account_signs_its_holder_out() -> None:
    make_post()
    thuy, seat = make_person("buu-dien")
    session = make_session(seat.account, at=NOW)
    end_partner_account(seat.pk, by=ADMIN, at=NOW)
    assert identity.signed_in(session.session_key, at=NOW) is None
    assert identity.find_account("thuy").is_active is False  # type: ignore[union-attr]  # -- made above
    with pytest.raises(ShutOut, match="đã thôi đại diện"):
        seat_of(thuy, TODAY)
    with pytest.raises(NoSuchContract):
        end_partner_account(seat.pk, by=ADMIN, at=NOW)


def test_only_administrators_of_the_province_open_and_end_accounts() -> None:
    make_post()
    _, seat = make_person("buu-dien")
    facts = identity.PartnerPerson("Vì Văn Nam", "nam")
    for by in (MANAGER, Actor(id=914, name="Dũng")):
        with pytest.raises(NotAllowed):
            open_partner_account("buu-dien", facts, by=by, at=NOW)
    with pytest.raises(NotAllowed):
        end_partner_account(seat.pk, by=Actor(id=914, name="Dũng"), at=NOW)


def test_an_account_needs_a_partner_and_a_free_name() -> None:
    make_post()
    make_person("buu-dien")
    facts = identity.PartnerPerson("Vì Văn Nam", "thuy")
    with pytest.raises(identity.LoginTaken):
        open_partner_account("buu-dien", facts, by=ADMIN, at=NOW)
    with pytest.raises(NoSuchContract):
        open_partner_account("vnpay", facts, by=ADMIN, at=NOW)


def test_whoever_lost_password_or_telephone_is_helped() -> None:
    make_post()
    _, seat = make_person("buu-dien")
    password = renew_partner_password(seat.pk, by=ADMIN, at=NOW)
    assert identity.get_account(seat.account_id).check_password(password)
    with pytest.raises(BadInput, match="lý do"):
        reset_partner_factor(seat.pk, "", by=ADMIN, at=NOW)
    assert [one.account.username for one in seats_of("buu-dien")] == ["thuy"]
    told = [one.action for one in audit.trail_of("collector:buu-dien")]
    assert told == ["contracts.partner", "contracts.open_account", "contracts.renew_account"]


def test_an_agency_with_a_contract_of_its_own_is_no_business_of_the_province_s_partner() -> None:
    agency = make_agency()
    make_contract()
    manh, _ = make_person("vnpay", "Nguyễn Đức Mạnh", "manh")
    own = {"partner_code": "buu-dien", "channels": (PaidBy.VNPAY,), "agency_ids": (agency.pk,)}
    make_post(**own)
    [reach] = reach_of(manh, TODAY)
    assert (reach.covers(agency.pk, TODAY), reach.covers(999, TODAY)) == (False, True)
    assert not reach.covers(999, date(2025, 12, 31))
    thuy, _ = make_person("buu-dien")
    assert [one.agency_id for one in reach_of(thuy, TODAY)] == [agency.pk]


def test_the_partner_agrees_on_its_own_page() -> None:
    code, thuy = sent_month()
    with pytest.raises(NotToBeSettled, match="vừa được tính lại"):
        agree_as_partner(code, MARCH, 1999, by=thuy, at=APRIL)
    agree_as_partner(code, MARCH, 2000, by=thuy, at=APRIL)
    found = get_settlement_of_partner(code, MARCH, thuy, TODAY)
    assert (found.stage, found.partner_name) == (Stage.SETTLED, "Lường Thị Thúy")
    assert found.costs == ((7, 1000), (8, 1000))


def test_a_month_is_sent_to_the_partner_once_our_side_agreed() -> None:
    code = make_post().code
    thuy, _ = make_person("buu-dien")
    settle_month(code, MARCH, by=ADMIN, at=APRIL)
    assert settlements_of_partner(thuy, TODAY) == []
    with pytest.raises(NotToBeSettled, match="Bên giao phải đồng ý"):
        agree_as_partner(code, MARCH, 0, by=thuy, at=APRIL)


def test_a_dispute_is_answered_and_the_partner_may_agree_then() -> None:
    code, thuy = sent_month()
    with pytest.raises(NotToBeSettled, match="Hãy ghi chỗ không đúng"):
        dispute_month(code, MARCH, " ", by=thuy, at=APRIL)
    dispute_month(code, MARCH, WHY, by=thuy, at=APRIL)
    assert stage(code) == Stage.DISPUTED
    answer_dispute(code, MARCH, "Giao dịch thứ ba là của tháng 4", by=ADMIN, at=APRIL)
    assert stage(code) == Stage.WAITING
    agree_as_partner(code, MARCH, 2000, by=thuy, at=APRIL)
    acts = [one.act for one in moves_of(Settlement.objects.get())]
    assert acts == ["reckon", "agree", "dispute", "answer", "partner_agree"]
    with pytest.raises(NotToBeSettled, match="hai bên đã đồng ý"):
        dispute_month(code, MARCH, WHY, by=thuy, at=APRIL)


def test_a_reopened_month_begins_another_round() -> None:
    code, thuy = sent_month()
    agree_as_partner(code, MARCH, 2000, by=thuy, at=APRIL)
    with pytest.raises(NotToBeSettled, match="lý do mở lại"):
        reopen_month(code, MARCH, "", by=ADMIN, at=APRIL)
    reopen_month(code, MARCH, "Thiếu một giao dịch", by=ADMIN, at=APRIL)
    found = Settlement.objects.get()
    assert (found.stage, found.round, found.cost_vnd) == (Stage.DRAFT, 2, 2000)
    settle_month(code, MARCH, by=ADMIN, at=APRIL)
    assert Settlement.objects.get().cost_vnd == 0
    with pytest.raises(NotToBeSettled, match="chưa ai đồng ý"):
        reopen_month(code, MARCH, "Lần nữa", by=ADMIN, at=APRIL)


def test_manh_answers_no_month_of_the_post() -> None:
    code, _ = sent_month()
    make_contract()
    manh, _ = make_person("vnpay", "Nguyễn Đức Mạnh", "manh")
    for act in (agree_as_partner, dispute_month):
        with pytest.raises(NoSuchContract):
            act(code, MARCH, 2000 if act is agree_as_partner else WHY, by=manh, at=APRIL)  # type: ignore[arg-type]  # -- each with its own
    with pytest.raises(NoSuchContract):
        get_settlement_of_partner(code, MARCH, manh, TODAY)


def test_the_database_lets_an_agreed_month_be_reopened_only_as_another_round() -> None:
    sent_month()
    changes: tuple[dict[str, Any], ...] = (
        {"agreed_at": None, "agreed_by_name": ""},
        {"shares": []},
    )
    for changed in changes:
        with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
            Settlement.objects.update(**changed)
    with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        SettlementMove.objects.update(words="x")
    with pytest.raises(DatabaseError, match="disputed_with_a_reason"), transaction.atomic():
        Settlement.objects.update(disputed_at=APRIL)


def test_a_contract_whose_first_day_is_to_come_is_shown_and_a_paused_one() -> None:
    paused = make_contract()
    pause_contract(paused.code, "Sự cố cổng", by=MANAGER, at=NOW)
    manh, _ = make_person("vnpay", "Nguyễn Đức Mạnh", "manh")
    given = replace(CONTRACT, number="09/2027", valid_from=date(2027, 1, 1), channels=NATIONAL)
    later = sign_contract(given, by=MANAGER, at=NOW)
    codes = [one.row.code for one in contracts_of_partner(manh, TODAY)]
    assert codes == [later.code, paused.code]


def test_the_sheet_of_a_month_is_a_pdf() -> None:
    make_agency()
    code, thuy = sent_month()
    agree_as_partner(code, MARCH, 2000, by=thuy, at=APRIL)
    found = get_settlement_of_partner(code, MARCH, thuy, TODAY)
    assert settlement_sheet(found, at=APRIL).startswith(b"%PDF")
