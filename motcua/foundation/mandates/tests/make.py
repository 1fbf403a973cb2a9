"""Helpers, firms and consents for tests: valid and dull."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from motcua.foundation.access.api import Power
from motcua.foundation.identity.api import Account, TextCarrier
from motcua.foundation.identity.tests.make import make_account, make_officer_account
from motcua.foundation.mandates.choices import MandateKind, Proof
from motcua.foundation.mandates.models import AgentSession, Helper, Mandate
from motcua.foundation.mandates.operations.coding import Asked, redeem_code, send_code
from motcua.foundation.people.api import Enterprise, MemberRole, Membership
from motcua.foundation.people.tests.make import make_enterprise, make_person
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import HANOI

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=HANOI)
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
PHONE = "0912000077"


@dataclass
class KeptTexts(TextCarrier):
    """Keeps what would have been sent."""

    sent: list[tuple[str, str]] = field(default_factory=list)

    def send(self, phone: str, text: str) -> None:
        self.sent.append((phone, text))

    @property
    def code(self) -> str:
        """The code in the latest text."""
        return "".join(one for one in self.sent[-1][1].split(":")[0] if one.isdecimal())


def actor_of(account: Account) -> Actor:
    """Return the account as an actor without powers."""
    kind = ActorKind(account.kind)
    return Actor(id=account.pk, name=account.full_name, kind=kind, person_id=account.person_id)


def head_of(unit_id: int) -> Actor:
    """Return who appoints helpers in a unit, and receives there."""
    here = frozenset({unit_id})
    powers: dict[str, frozenset[int]] = dict.fromkeys(
        (Power.APPOINT_HELPERS, Power.RECEIVE_DOSSIERS), here
    )
    return Actor(id=903, name="Bạc Thị Liên", powers=powers)


def make_helper(unit_id: int = 1, *, username: str = "pao", **more: Any) -> Helper:
    """Return a stored appointment of Páo."""
    account = more.pop("account", None) or make_officer_account("Sùng A Páo", username=username)
    values = {
        "account": account,
        "full_name": account.full_name,
        "title": "Tổ công nghệ số bản Noong Bua",
        "unit_id": unit_id,
        "areas": ["bản Noong Bua"],
        "decision_number": "12/QĐ-UBND",
        "decided_on": FIRST,
        "valid_from": FIRST,
        "valid_to": LAST,
        "appointed_at": MONDAY,
        "appointed_by_name": "Bạc Thị Liên",
    }
    return Helper.objects.create(**(values | more))


def make_citizen(full_name: str = "Giàng A Dế", *, username: str = "de", **more: Any) -> Account:
    """Return the stored account of a citizen with a person."""
    born, seen = more.pop("birth_date", date(1980, 5, 1)), more.pop("seen_at", MONDAY)
    person = make_person(full_name, birth_date=born, confirmed_at=seen)
    return make_account(username=username, full_name=full_name, person=person, **more)


def make_household(helper: Helper, client: Account, **more: Any) -> Mandate:
    """Return a stored consent of a household, on paper so that no code is needed."""
    values = {
        "kind": MandateKind.HELP,
        "principal": client,
        "principal_name": client.full_name,
        "helper": helper,
        "proof": Proof.CODE,
        "valid_from": FIRST,
        "given_at": MONDAY,
    }
    return Mandate.objects.create(**(values | more))


def make_firm_mandate(firm: Enterprise, client: Account, **more: Any) -> Mandate:
    """Return a stored authorisation of a firm."""
    values = {
        "kind": MandateKind.FIRM,
        "principal": client,
        "principal_name": client.full_name,
        "firm": firm,
        "proof": Proof.ACCOUNT,
        "valid_from": FIRST,
        "valid_to": LAST,
        "given_at": MONDAY,
    }
    return Mandate.objects.create(**(values | more))


def make_firm(account: Account, role: MemberRole = MemberRole.REPRESENTATIVE) -> Enterprise:
    """Return a stored firm of which the account's holder is a member."""
    firm = make_enterprise("Công ty Dịch vụ Him Lam")
    add_to(firm, account, role)
    return firm


def add_to(firm: Enterprise, account: Account, role: MemberRole) -> Membership:
    """Let the account's holder work for a firm."""
    assert account.person is not None
    return Membership.objects.create(
        enterprise=firm, person=account.person, role=role, valid_from=FIRST
    )


def opened(
    by: Actor, texts: KeptTexts, *, at: datetime = MONDAY, phone: str = PHONE, **more: Any
) -> AgentSession:
    """Return a session opened by a code that was read out."""
    sent = send_code(Asked(phone, more.pop("name", "Giàng A Dế"), **more), by=by, at=at)
    return redeem_code(sent.pk, texts.code, by=by, at=at)
