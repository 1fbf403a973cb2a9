"""Clients let somebody act for them, in the own account or by a paper seen at a desk.

Source: docs/law/acting-for-others.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.mandates.choices import EndedBecause, MandateKind, Proof, Word
from motcua.foundation.mandates.errors import NoSuchHelper, NoSuchMandate, TooMany
from motcua.foundation.mandates.models import Helper, Mandate
from motcua.foundation.mandates.queries import (
    MANAGING,
    count_households,
    get_mandate_for,
    given_by,
    given_by_person,
    helpers_at,
    manages,
)
from motcua.foundation.mandates.rules import MOST_HOUSEHOLDS, WITHOUT_TERM
from motcua.foundation.people import api as people
from motcua.lib import work
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.tongue import said

from .coding import check_of_age, is_same_holder
from .entering import enter
from .sessions import end_sessions_under

DESK, LOOKED = "dossiers.receive", "mandates.looked_up"
MOST_CODES = 50


@dataclass(frozen=True, slots=True)
class Terms:
    """How far somebody may act: what more than applying, for which procedures, until when.

    `body_code` names the body in whose name the client agrees, where it is not the own person.
    """

    valid_to: date | None = None
    may_receive: bool = False
    may_pay: bool = False
    sees_all: bool = False
    procedure_codes: Sequence[str] = ()
    sector_codes: Sequence[str] = ()
    body_code: str = ""


@dataclass(frozen=True, slots=True)
class SeenPaper:
    """A signed or notarised paper a desk has seen: the kept scan, its number, at which desk."""

    file_id: int
    desk_unit_id: int
    number: str = ""


@work.story
def give_to_firm(firm_code: str, terms: Terms, *, by: Actor, at: datetime) -> Mandate:
    """Let a firm act for the own person, or for a body the actor manages.

    Raises: NoSuchEnterprise, BadInput, NotAllowed.
    """
    if by.kind != ActorKind.CITIZEN or by.agent is not None or by.person_id is None:
        raise NotAllowed(said("Chỉ chính người dân, bằng tài khoản của mình, ủy quyền được."))
    check_of_age(people.get_person(by.person_id), at=at)
    firm = people.get_enterprise(firm_code)
    body = people.get_enterprise(terms.body_code) if terms.body_code else None
    if body is not None:
        _check_manages(by.person_id, body, on=local_day(at))
    _check_firm(firm, body)
    account = identity.get_account(by.id)
    return _give(account, terms, firm=firm, body=body, proof=Proof.ACCOUNT, by=by, at=at)


@work.story
def record_help(
    helper_id: int,
    card: people.PersonFacts,
    terms: Terms,
    paper: SeenPaper,
    *,
    by: Actor,
    at: datetime,
) -> Mandate:
    """Note at a desk that somebody has agreed on paper to be helped; often one without telephone.

    Raises: NotAllowed, NoSuchHelper, TooMany, BadInput, NumberNotUsable.
    """
    by.require(DESK, unit_id=paper.desk_unit_id)
    here = {one.pk: one for one in helpers_at(paper.desk_unit_id, at=at)}
    helper = here.get(helper_id)
    if helper is None:
        raise NoSuchHelper("Người hỗ trợ này không do xã, phường của ông/bà cử.")
    if helper.account_id == by.id:
        raise NotAllowed("Không ai tự ghi sự đồng ý cho mình; nhờ cán bộ khác xem giấy và ghi.")
    if count_households(helper, at=at) >= MOST_HOUSEHOLDS:
        raise TooMany(f"Một người hỗ trợ nhiều nhất {MOST_HOUSEHOLDS} hộ.")
    account = _account_seen(card, by=by, at=at)
    if is_same_holder(account, helper.account):
        raise BadInput("Người hỗ trợ không làm thay cho chính mình.", field="personal_id")
    return _give(account, terms, helper=helper, proof=Proof.PAPER, paper=paper, by=by, at=at)


@work.story
def record_firm(
    firm_code: str,
    card: people.PersonFacts,
    terms: Terms,
    paper: SeenPaper,
    *,
    by: Actor,
    at: datetime,
) -> Mandate:
    """Note at a desk a signed or notarised authorisation of a firm, whose giver's card was seen.

    Raises: NotAllowed, NoSuchEnterprise, BadInput, NumberNotUsable.
    """
    by.require(DESK, unit_id=paper.desk_unit_id)
    firm = people.get_enterprise(firm_code)
    body = people.get_enterprise(terms.body_code) if terms.body_code else None
    account = _account_seen(card, by=by, at=at)
    if body is not None:
        _check_manages(account.person_id or 0, body, on=local_day(at))
    _check_firm(firm, body)
    return _give(account, terms, firm=firm, body=body, proof=Proof.PAPER, paper=paper, by=by, at=at)


def _account_seen(card: people.PersonFacts, *, by: Actor, at: datetime) -> identity.Account:
    """Return the account of whom the card names; one without password if there is none."""
    identity.check_card(card)
    person = people.remember_person(card, by=by, at=at)
    check_of_age(person, at=at)
    seen = people.confirm_person(person.pk, by=by, at=at)
    return identity.account_at_desk(seen, by=by, at=at)


def _check_firm(firm: people.Enterprise, body: people.Enterprise | None) -> None:
    """Raises: BadInput for a body that authorises itself, or somebody who is no more."""
    if body is not None and body.pk == firm.pk:
        raise BadInput(said("Tổ chức không ủy quyền cho chính mình."), field="tax_code")
    if firm.ended_on is not None:
        raise BadInput(said("Tổ chức đại diện này đã chấm dứt hoạt động."), field="tax_code")


def _check_manages(person_id: int, body: people.Enterprise, *, on: date) -> None:
    """Raises: NotAllowed."""
    mine = people.memberships_of(person_id, on=on)
    if not any(one.enterprise_id == body.pk and one.role in MANAGING for one in mine):
        raise NotAllowed(said("Chỉ người đại diện hoặc quản lý của tổ chức ủy quyền được."))


def _give(  # noqa: PLR0913 -- the two ends, the terms and the proof of one consent
    account: identity.Account,
    terms: Terms,
    *,
    proof: Proof,
    by: Actor,
    at: datetime,
    helper: Helper | None = None,
    firm: people.Enterprise | None = None,
    body: people.Enterprise | None = None,
    paper: SeenPaper | None = None,
) -> Mandate:
    """Keep a consent in the place of an earlier one between the same two."""
    today = local_day(at)
    until = terms.valid_to or today + WITHOUT_TERM
    if until < today:
        raise BadInput(said("Ngày hết hạn không được trước hôm nay."), field="valid_to")
    identity.Account.objects.select_for_update().get(pk=account.pk)
    earlier = Mandate.objects.select_for_update().filter(
        principal=account, helper=helper, firm=firm, body=body, ended_at=None
    )
    for one in earlier:
        end_mandate(one, EndedBecause.REPLACED, at=at)
    mandate = Mandate.objects.create(
        kind=MandateKind.HELP if helper else MandateKind.FIRM,
        principal=account,
        principal_name=account.full_name,
        body=body,
        helper=helper,
        firm=firm,
        proof=proof,
        may_receive=terms.may_receive,
        may_pay=terms.may_pay,
        sees_all=terms.sees_all,
        procedure_codes=sorted({*terms.procedure_codes})[:MOST_CODES],
        sector_codes=sorted({*terms.sector_codes})[:MOST_CODES],
        valid_from=today,
        valid_to=until,
        given_at=at,
        paper_id=paper.file_id if paper else None,
        paper_number=paper.number.strip()[:100] if paper else "",
        checked_by_name=by.name if paper else "",
        checked_unit_id=paper.desk_unit_id if paper else None,
    )
    enter(mandate.pk, Word.GIVEN, by=by, at=at)
    return mandate


@work.story
def change_terms(
    mandate_id: int, *, may_receive: bool, sees_all: bool, by: Actor, at: datetime
) -> None:
    """Allow more, or less, than before; decided by the client alone. Raises: NoSuchMandate."""
    mandate = _own(mandate_id, by=by, at=at)
    mandate.may_receive, mandate.sees_all = may_receive, sees_all
    mandate.save(update_fields=["may_receive", "sees_all"])
    enter(mandate.pk, Word.CHANGED, by=by, at=at)


@work.story
def take_back(mandate_id: int, *, by: Actor, at: datetime) -> None:
    """Take the own consent back: from the next request on the agent is without it.

    What was begun stays with the client. Raises: NoSuchMandate.
    """
    mandate = _own(mandate_id, by=by, at=at)
    end_mandate(mandate, EndedBecause.TAKEN_BACK, at=at)
    enter(mandate.pk, Word.TAKEN_BACK, by=by, at=at)


def look_up_at_desk(typed: str, *, desk_unit_id: int, by: Actor, at: datetime) -> Sequence[Mandate]:
    """Return who may act for the person at the desk, found by number or telephone.

    Looks are counted and noted, those for nobody too: no desk goes through numbers unseen.

    Raises: NotAllowed, TooManyLooks.
    """
    by.require(DESK, unit_id=desk_unit_id)
    with identity.counted_and_noted(typed, by=by, at=at):
        found = given_by_person(typed, by=by, at=at)
    for account_id, person_id in {(one.principal_id, one.principal.person_id) for one in found}:
        detail = {"desk": desk_unit_id}
        subject = f"account:{account_id}"
        audit.record_access(LOOKED, subject, by=by, at=at, person_id=person_id, detail=detail)
    return found


@work.story
def take_back_at_desk(
    typed: str, mandate_id: int, *, desk_unit_id: int, by: Actor, at: datetime
) -> None:
    """Take a consent back for somebody at the desk, found by number or telephone.

    Raises: NoSuchMandate.
    """
    by.require(DESK, unit_id=desk_unit_id)
    known = {one.pk for one in given_by_person(typed, by=by, at=at)}
    if mandate_id not in known:
        raise NoSuchMandate("Người này không có sự đồng ý nào như vậy đang còn hiệu lực.")
    mandate = _locked(mandate_id)
    end_mandate(mandate, EndedBecause.TAKEN_BACK, at=at)
    enter(mandate.pk, Word.TAKEN_BACK, by=by, at=at)


@work.story
def give_up(mandate_id: int, *, by: Actor, at: datetime) -> None:
    """Stop acting for a client for good: the helper, or who manages the firm.

    Raises: NoSuchMandate, NotAllowed.
    """
    mandate = get_mandate_for(by, mandate_id, at=at)
    if mandate.firm is not None and not manages(by, mandate.firm, at=at):
        raise NotAllowed(said("Chỉ người quản lý của tổ chức thôi đại diện cho khách hàng."))
    end_mandate(_locked(mandate_id), EndedBecause.GIVEN_UP, at=at)
    enter(mandate.pk, Word.GIVEN_UP, by=by, at=at)


def _own(mandate_id: int, *, by: Actor, at: datetime) -> Mandate:
    known = {one.pk for one in given_by(by, at=at)}
    if by.agent is not None or mandate_id not in known:
        raise NoSuchMandate(said("Không tìm thấy người làm thay này, hoặc đã thôi."))
    return _locked(mandate_id)


def _locked(mandate_id: int) -> Mandate:
    """Raises: NoSuchMandate for one that somebody has ended meanwhile."""
    mandate = Mandate.objects.select_for_update().filter(pk=mandate_id, ended_at=None).first()
    if mandate is None:
        raise NoSuchMandate(said("Sự đồng ý này đã kết thúc."))
    return mandate


def end_mandate(mandate: Mandate, because: EndedBecause, *, at: datetime) -> None:
    """End a locked mandate with whatever is open under it."""
    mandate.ended_at, mandate.ended_because = at, because
    mandate.save(update_fields=["ended_at", "ended_because"])
    end_sessions_under(mandate.pk, at=at)
