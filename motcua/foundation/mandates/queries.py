"""Who may act for whom now; lists of helpers, households, clients and what was done."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.foundation.access.api import Power
from motcua.foundation.identity.api import Account
from motcua.foundation.organisation import api as organisation
from motcua.foundation.people import api as people
from motcua.foundation.people.api import Enterprise, MemberRole, Membership
from motcua.lib.actor import Actor, ActorKind, Agent, Body, mandate_unit_id
from motcua.lib.clock import local_day
from motcua.lib.dated import holding_on
from motcua.lib.text import exact
from motcua.lib.tongue import said

from .choices import MandateKind
from .errors import NoSuchHelper, NoSuchMandate
from .models import AgentSession, Helper, Mandate, MandateEntry

_PAGE = 30
_NAMES = ("principal", "body", "firm", "helper")
MANAGING = (MemberRole.REPRESENTATIVE, MemberRole.MANAGER)


def find_helper(account_id: int, *, at: datetime) -> Helper | None:
    """Return the appointment of the account that holds today, if there is one."""
    return _in_force(Helper.objects.filter(account_id=account_id), local_day(at)).first()


def _in_force(helpers: QuerySet[Helper], day: date) -> QuerySet[Helper]:
    return helpers.filter(
        ended_at__isnull=True, valid_from__lte=day, valid_to__gte=day, account__disabled_at=None
    )


def live(day: date) -> QuerySet[Mandate]:
    """Return the mandates that hold on the day: given, not ended, both sides there.

    One given in the name of a body holds as long as the body is there and its giver manages it.
    Source: docs/law/acting-for-others.md
    """
    holding = Mandate.objects.filter(
        holding_on(day), ended_at__isnull=True, principal__disabled_at=None
    )
    serving = _in_force(Helper.objects.filter(pk=OuterRef("helper_id")), day)
    managed = Membership.objects.filter(
        holding_on(day),
        enterprise_id=OuterRef("body_id"),
        person_id=OuterRef("principal__person_id"),
        role__in=MANAGING,
    )
    return holding.filter(
        Q(principal__person=None) | Q(principal__person__died_on=None),
        Q(body=None) | (Q(body__ended_on=None) & Exists(managed)),
        Q(kind=MandateKind.FIRM, firm__ended_on=None) | Exists(serving),
    )


def _acting(by: Actor, day: date) -> QuerySet[Mandate]:
    """Return the live mandates under which the actor may act: as helper, or as a firm's member."""
    as_helper = Q(kind=MandateKind.HELP, helper__account_id=by.doer_id)
    if by.person_id is None or by.agent is not None:
        return live(day).filter(as_helper)
    member = Membership.objects.filter(
        holding_on(day), enterprise_id=OuterRef("firm_id"), person_id=by.person_id
    )
    return live(day).filter(as_helper | (Q(kind=MandateKind.FIRM) & Exists(member)))


def households_of(by: Actor, *, at: datetime) -> Sequence[Mandate]:
    """Return the households that agreed to be helped by the actor, by name.

    Costs: one statement; a helper has a hundred households at most.
    """
    mine = _acting(by, local_day(at)).filter(kind=MandateKind.HELP)
    return list(mine.select_related(*_NAMES).order_by("principal_name", "pk"))


def clients_of(by: Actor, tax_code: str, *, at: datetime) -> Sequence[Mandate]:
    """Return the clients of a firm the actor is a member of, by name."""
    mine = _acting(by, local_day(at)).filter(firm__tax_code=tax_code)
    return list(mine.select_related(*_NAMES).order_by("principal_name", "pk"))


def get_mandate_for(by: Actor, mandate_id: int, *, at: datetime) -> Mandate:
    """Return a live mandate under which the actor may act. Raises: NoSuchMandate."""
    mine = _acting(by, local_day(at)).select_related(*_NAMES)
    found = mine.filter(pk=mandate_id).first()
    if found is None:
        message = said("Không tìm thấy sự đồng ý này, hoặc đã hết hạn, đã được rút lại.")
        raise NoSuchMandate(message, hidden=f"mandate:{mandate_id}")
    return found


def get_household_for(by: Actor, mandate_id: int, *, at: datetime) -> Mandate:
    """Return a household the actor may help. Raises: NoSuchMandate."""
    found = get_mandate_for(by, mandate_id, at=at)
    if found.kind != MandateKind.HELP:
        raise NoSuchMandate(said("Không tìm thấy hộ này trong danh sách."))
    return found


def get_client_for(by: Actor, tax_code: str, mandate_id: int, *, at: datetime) -> Mandate:
    """Return a client of this very firm, of which the actor is a member. Raises: NoSuchMandate."""
    found = get_mandate_for(by, mandate_id, at=at)
    if found.firm is None or found.firm.tax_code != tax_code:
        raise NoSuchMandate(said("Không tìm thấy khách hàng này của tổ chức."))
    return found


def firms_of(by: Actor, *, at: datetime) -> Sequence[Membership]:
    """Return the bodies the actor is a member of today, each once for every role."""
    if by.person_id is None:
        return []
    mine = Membership.objects.filter(holding_on(local_day(at)), person_id=by.person_id)
    return list(mine.select_related("enterprise").order_by("enterprise__sort_key", "role"))


def get_firm_for(by: Actor, tax_code: str, *, at: datetime) -> Enterprise:
    """Return a body the actor is a member of today. Raises: NoSuchMandate."""
    for one in firms_of(by, at=at):
        if one.enterprise.tax_code == tax_code:
            return one.enterprise
    raise NoSuchMandate(said("Không tìm thấy tổ chức này trong các tổ chức ông/bà làm việc."))


def manages(by: Actor, firm: Enterprise, *, at: datetime) -> bool:
    """Say whether the actor decides who works for the body."""
    mine = firms_of(by, at=at)
    return any(one.enterprise_id == firm.pk and one.role in MANAGING for one in mine)


def reader_of(by: Actor, mandates: Sequence[Mandate]) -> Actor:
    """Return an actor whose lists show what was made under these mandates, and nothing else.

    The mandates come from this room's own queries for the actor, so that they are live.
    """
    units = tuple(mandate_unit_id(one.pk) for one in mandates)
    return Actor(id=0, name=by.name, kind=ActorKind.CITIZEN, unit_ids=units)


def agent_in(token: str, by: Actor, *, at: datetime) -> Actor | None:
    """Return for whom the actor acts in this session, if it still runs and all still holds.

    Asked at every request of somebody who carries a session: what was taken back, ended or left is
    noticed by the next one.

    Costs: one statement.
    Source: docs/law/acting-for-others.md
    """
    session = AgentSession.objects.filter(
        token=token, account_id=by.id, ended_at__isnull=True, expires_at__gt=at
    )
    mine = _acting(by, local_day(at)).select_related("principal", "body", "firm", "helper")
    found = mine.filter(pk__in=session.values("mandate_id")).first()
    if found is None:
        return None
    until = session.values_list("expires_at", flat=True).first()
    return None if until is None else stand_in(found, by, until=until)


def stand_in(mandate: Mandate, by: Actor, *, until: datetime) -> Actor:
    """Return the client as the actor for whom `by` acts."""
    principal = mandate.principal
    agent = Agent(
        account_id=by.id,
        name=agent_name(mandate, by),
        mandate_id=mandate.pk,
        until=until,
        firm=body_of(mandate.firm),
        body=body_of(mandate.body),
        mandate_until=mandate.valid_to,
        may_receive=mandate.may_receive,
        may_pay=mandate.may_pay,
        sees_all=mandate.sees_all,
        procedures=frozenset(mandate.procedure_codes),
        sectors=frozenset(mandate.sector_codes),
    )
    return Actor(
        id=principal.pk,
        name=principal.full_name,
        kind=ActorKind.CITIZEN,
        person_id=principal.person_id,
        agent=agent,
    )


def agent_name(mandate: Mandate, by: Actor) -> str:
    """Return how the agent is named on what he does."""
    helper = mandate.helper
    return f"{helper.full_name} ({helper.title})" if helper else by.name


def body_of(enterprise: Enterprise | None) -> Body | None:
    """Return an enterprise as actors carry it."""
    if enterprise is None:
        return None
    return Body(enterprise.pk, enterprise.name, enterprise.tax_code)


def given_by(by: Actor, *, at: datetime) -> Sequence[Mandate]:
    """Return who may act today for the actor, or for a body he manages, the latest first."""
    mine = live(local_day(at)).filter(_given_by(by, local_day(at)))
    return list(mine.select_related(*_NAMES).order_by("-given_at", "-pk"))


def _given_by(by: Actor, day: date, path: str = "") -> Q:
    """Return what tells the mandates the actor decides on; none for who acts for another."""
    if by.agent is not None:
        return Q(pk=None)
    mine = Q((f"{path}principal_id", by.id))
    if by.person_id is None:
        return mine
    managed = Membership.objects.filter(
        holding_on(day), person_id=by.person_id, role__in=MANAGING
    ).values("enterprise_id")
    return mine | Q((f"{path}body_id__in", managed))


def given_by_person(typed: str, *, by: Actor, at: datetime) -> Sequence[Mandate]:
    """Return who may act for the person a desk has before it, by personal number or telephone.

    Raises: NotAllowed.
    """
    by.require("dossiers.receive")
    person = people.find_person_by_number(typed)
    theirs = Q(principal__person=person) if person is not None else Q(pk=None)
    if phone := "".join(one for one in typed if one.isdecimal()):
        theirs |= Q(principal__phone=phone)
    found = live(local_day(at)).filter(theirs)
    return list(found.select_related(*_NAMES).order_by("-given_at", "-pk"))


def history_for(
    by: Actor, *, at: datetime, before: int | None = None, limit: int = _PAGE
) -> Sequence[MandateEntry]:
    """Return what was done by others for the actor, or for a body he manages, newest first.

    `before` is the entry at which the page before ended.
    """
    mine = MandateEntry.objects.filter(_given_by(by, local_day(at), "mandate__"))
    if before is not None:
        mine = mine.filter(pk__lt=before)
    return list(mine.select_related("mandate__firm", "mandate__helper").order_by("-pk")[:limit])


def helpers_for(by: Actor, unit_id: int) -> Sequence[Helper]:
    """Return whom a commune has appointed and not let go, by name. Raises: NotAllowed."""
    by.require(Power.APPOINT_HELPERS, unit_id=unit_id)
    return list(_helpers_at(unit_id).order_by("full_name", "pk"))


def helpers_at(unit_id: int, *, at: datetime) -> Sequence[Helper]:
    """Return who helps households of the commune of this unit today, by name."""
    return list(_in_force(_helpers_at(unit_id), local_day(at)).order_by("full_name", "pk"))


def _helpers_at(unit_id: int) -> QuerySet[Helper]:
    root_id = organisation.tree().agency_of(unit_id).root_unit_id
    return Helper.objects.filter(unit_id=root_id, ended_at__isnull=True)


def appoints_for(by: Actor, helper: Helper) -> bool:
    """Say whether the actor appoints helpers in the helper's commune, whichever unit he sits in."""
    if Power.APPOINT_HELPERS in by.province_powers:
        return True
    tree, units = organisation.tree(), by.powers.get(Power.APPOINT_HELPERS, frozenset())
    return any(tree.agency_of(one).root_unit_id == helper.unit_id for one in units)


def get_helper_for(by: Actor, helper_id: int) -> Helper:
    """Return a helper of the actor's commune, let go or not. Raises: NoSuchHelper."""
    helper = Helper.objects.filter(pk=helper_id).first()
    if helper is None or not appoints_for(by, helper):
        message = said("Không tìm thấy người hỗ trợ này ở xã, phường của ông/bà.")
        raise NoSuchHelper(message, hidden=f"helper:{helper_id}" if helper else "")
    return helper


def sessions_of_helper(by: Actor, helper_id: int, *, limit: int = _PAGE) -> Sequence[AgentSession]:
    """Return a helper's latest sessions, for the commune. Raises: NoSuchHelper."""
    helper = get_helper_for(by, helper_id)
    found = AgentSession.objects.filter(mandate__helper=helper).select_related("mandate")
    return list(found.order_by("-opened_at", "-pk")[:limit])


def entries_of_helper(by: Actor, helper_id: int, *, limit: int = _PAGE) -> Sequence[MandateEntry]:
    """Return what was lately done by a helper, for the commune. Raises: NoSuchHelper."""
    helper = get_helper_for(by, helper_id)
    found = MandateEntry.objects.filter(mandate__helper=helper).select_related("mandate")
    return list(found.order_by("-pk")[:limit])


def count_households(helper: Helper, *, at: datetime) -> int:
    """Return how many households a helper has; a hundred at most."""
    return live(local_day(at)).filter(helper=helper).count()


def agents_of(mandate_ids: Sequence[int], *, at: datetime) -> dict[int, list[int]]:
    """Return the accounts to tell of what happens under mandates: the helper, or the firm's people.

    Costs: one statement, and one more for firms.
    """
    day = local_day(at)
    found: dict[int, list[int]] = {}
    firms: dict[int, list[int]] = {}
    for one in live(day).filter(pk__in=mandate_ids).select_related("helper"):
        if one.helper is not None:
            found[one.pk] = [one.helper.account_id]
        elif one.firm_id is not None:
            firms.setdefault(one.firm_id, []).append(one.pk)
    for firm_id, account_id in accounts_of_members(list(firms), day):
        for mandate_id in firms[firm_id]:
            found.setdefault(mandate_id, []).append(account_id)
    return found


def accounts_of_members(firm_ids: Sequence[int], day: date) -> list[tuple[int, int]]:
    """Return firm and account of everybody who is a member that day and can sign in."""
    if not firm_ids:
        return []
    members = Membership.objects.filter(holding_on(day), enterprise_id__in=firm_ids)
    firms_of_person: dict[int, set[int]] = {}
    for firm_id, person_id in members.values_list("enterprise_id", "person_id"):
        firms_of_person.setdefault(person_id, set()).add(firm_id)
    accounts = Account.objects.filter(person_id__in=firms_of_person, disabled_at=None)
    rows = accounts.order_by("pk").values_list("pk", "person_id")
    return [(firm, key) for key, person in rows if person for firm in firms_of_person[person]]


def named_helper(mandate_id: int) -> tuple[str, int | None]:
    """Return how a dossier names who helped under a mandate, and the account; a firm helps not."""
    found = Mandate.objects.filter(pk=mandate_id, kind=MandateKind.HELP).select_related("helper")
    mandate = found.first()
    if mandate is None or mandate.helper is None:
        return "", None
    return f"{mandate.helper.full_name} ({mandate.helper.title})", mandate.helper.account_id


def matching(mandates: Sequence[Mandate], words: str) -> list[Mandate]:
    """Return those whose client's name holds the words."""
    asked = exact(words.strip())
    return [one for one in mandates if asked in exact(one.client_name)]
