"""Who acts for whom in the demo: a village helper with households, a firm with three clients."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.foundation.files import api as files
from motcua.foundation.identity import api as identity
from motcua.foundation.mandates import api as mandates
from motcua.foundation.people import api as people
from motcua.foundation.people.api import MemberRole, Sex
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import local_day

from . import scans

FIRM = people.EnterpriseFacts(
    tax_code="5699000102",
    name="Công ty TNHH Dịch vụ hành chính Him Lam (mẫu)",
    address="Tổ dân phố 3, phường Điện Biên Phủ",
)
HELPER, VILLAGES = "pao", ("bản Noong Bua", "bản Him Lam")


@dataclass(frozen=True, slots=True)
class WithoutPhone:
    """Somebody who has agreed on paper, at the desk."""

    full_name: str
    personal_id: str
    birth_date: date
    sex: Sex


ON_PAPER = (
    WithoutPhone("Vừ Thị Mai", "011160000771", date(1960, 4, 2), Sex.FEMALE),
    WithoutPhone("Lò Văn Inh", "011052000772", date(1952, 11, 20), Sex.MALE),
)


@dataclass(frozen=True, slots=True)
class Sides:
    """Who works at the desk, who works for the firm, who are its clients."""

    desk_head: Actor
    members: tuple[str, ...]
    clients: tuple[tuple[str, str], ...]


def let_act(sides: Sides, *, by: Actor, at: datetime) -> None:
    """Appoint the helper and note consents; a second time does nothing."""
    helper = identity.find_account(HELPER)
    if helper is None or mandates.find_helper(helper.pk, at=at) is not None:
        return
    _appoint(sides.desk_head, at=at)
    _note_households(by, at=at)
    _give_to_firm(sides, by=by, at=at)


def _appoint(head: Actor, *, at: datetime) -> None:
    today = local_day(at)
    facts = mandates.Appointment(
        login=HELPER,
        title="Tổ trưởng tổ công nghệ số cộng đồng",
        areas=VILLAGES,
        decision_number="36/QĐ-UBND",
        decided_on=today - timedelta(days=30),
        valid_from=today - timedelta(days=30),
        valid_to=today + timedelta(days=700),
    )
    mandates.appoint_helper(facts, unit_id=head.unit_ids[0], by=head, at=at)


def _note_households(desk: Actor, *, at: datetime) -> None:
    desk_unit_id = desk.unit_ids[0]
    helper = mandates.helpers_at(desk_unit_id, at=at)[0]
    for number, one in enumerate(ON_PAPER, start=1):
        scan = files.keep_bytes(_scan(one), "application/pdf", by=desk, at=at)
        paper = mandates.SeenPaper(scan.pk, desk_unit_id, f"{number:02d}/GĐY")
        card = people.PersonFacts(
            full_name=one.full_name,
            personal_id=one.personal_id,
            birth_date=one.birth_date,
            sex=one.sex,
        )
        terms = mandates.Terms(may_receive=True)
        mandates.record_help(helper.pk, card, terms, paper, by=desk, at=at)


def _scan(one: WithoutPhone) -> bytes:
    return scans.page("Giấy đồng ý để người hỗ trợ nộp hồ sơ giúp", one.full_name)


def _give_to_firm(sides: Sides, *, by: Actor, at: datetime) -> None:
    firm = people.remember_enterprise(FIRM, by=by, at=at)
    roles = (MemberRole.REPRESENTATIVE, MemberRole.STAFF)
    for login, role in zip(sides.members, roles, strict=True):
        account = identity.find_account(login)
        if account is not None and account.person_id is not None:
            people.add_member(firm.pk, account.person_id, role, by=by, at=at)
    for login, body_code in sides.clients:
        account = identity.find_account(login)
        if account is None:
            continue
        client = Actor(
            id=account.pk,
            name=account.full_name,
            kind=ActorKind.CITIZEN,
            person_id=account.person_id,
            is_silent=True,
        )
        terms = mandates.Terms(
            valid_to=local_day(at) + timedelta(days=200),
            may_receive=True,
            may_pay=True,
            body_code=body_code,
        )
        mandates.give_to_firm(FIRM.tax_code, terms, by=client, at=at)
