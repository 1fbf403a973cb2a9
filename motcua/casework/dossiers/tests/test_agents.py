"""Somebody files for another: whose the dossier is, who sees it, who is told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.casework.dossiers.choices import Authority, PartyRole, ScopeRole
from motcua.casework.dossiers.errors import NoSuchDossier, NoSuchDraft
from motcua.casework.dossiers.models import Dossier, DossierMove, DossierScope, Draft
from motcua.casework.dossiers.operations.agents import check_agreed, for_client, with_agent
from motcua.casework.dossiers.operations.drafts import begin_draft, discard_draft
from motcua.casework.dossiers.operations.filing import file_application
from motcua.casework.dossiers.operations.messages import write_message
from motcua.casework.dossiers.operations.rights import is_applicant
from motcua.casework.dossiers.queries.drafts import draft_for, drafts_for
from motcua.casework.dossiers.queries.lists import dossiers_for
from motcua.casework.dossiers.queries.one import get_dossier_for
from motcua.casework.dossiers.queries.outcomes import outcome_pdf
from motcua.casework.dossiers.rules.application import PartyIn, SubmitterIn
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import make_procedure
from motcua.foundation.access import api as access
from motcua.foundation.mandates import api as mandates
from motcua.foundation.mandates.api import Mandate, MandateEntry, stand_in
from motcua.foundation.mandates.tests.make import (
    actor_of,
    add_to,
    make_citizen,
    make_firm,
    make_firm_mandate,
    make_helper,
    make_household,
)
from motcua.foundation.people.api import MemberRole
from motcua.foundation.people.tests.make import make_enterprise
from motcua.lib import work
from motcua.lib.actor import Actor, Body
from motcua.lib.errors import NotAllowed

from .make import MONDAY, Commune, get_dossier, make_application, make_commune, make_filed

pytestmark = pytest.mark.django_db
CODE = "1.004873"


@pytest.fixture
def commune() -> Commune:
    make_procedure()
    return make_commune()


def helped(mandate: Mandate) -> Actor:
    """Return the client as Páo acts for him."""
    helper = mandate.helper
    assert helper is not None
    return stand_in(mandate, actor_of(helper.account), until=MONDAY + timedelta(hours=1))


def filed_under(commune: Commune, by: Actor) -> str:
    """Return the code of a dossier filed by an agent."""
    submitter = with_agent(SubmitterIn(name=by.name, account_id=by.id), None, by)
    parties = for_client([PartyIn(PartyRole.APPLICANT, "Kẻ mạo danh")], by)
    return make_filed(commune, submitter=submitter, parties=parties)


def test_the_dossier_is_the_clients_and_names_the_helper(commune: Commune) -> None:
    de = make_citizen()
    client = helped(make_household(make_helper(), de))

    found = get_dossier(filed_under(commune, client))

    assert (found.applicant_name, found.applicant_person_id) == ("Giàng A Dế", de.person_id)
    assert (found.submitter_account_id, found.helper_account_id) == (de.pk, client.doer_id)
    assert (found.authority, found.helper_name) == (
        Authority.HELPER,
        "Sùng A Páo (Tổ công nghệ số bản Noong Bua)",
    )


def test_the_firm_is_the_representative_until_the_mandate_ends(commune: Commune) -> None:
    ha, de = make_citizen("Trần Thu Hà", username="ha"), make_citizen()
    mandate = make_firm_mandate(make_firm(ha), de)
    client = stand_in(mandate, actor_of(ha), until=MONDAY + timedelta(hours=1))

    found = get_dossier(filed_under(commune, client))

    assert (found.applicant_name, found.authority) == ("Giàng A Dế", Authority.AGENT)
    assert found.submitter_name == "Trần Thu Hà – Công ty Dịch vụ Him Lam"
    assert (found.authority_until, found.helper_account_id) == (date(2027, 12, 31), None)


def test_an_agent_sees_what_was_made_under_the_mandate_and_nothing_else(commune: Commune) -> None:
    de = make_citizen()
    mandate = make_household(make_helper(), de)
    client, itself = helped(mandate), actor_of(de)
    with_help = filed_under(commune, client)
    alone = make_filed(commune, submitter=SubmitterIn(name=de.full_name, account_id=de.pk))

    seen = [one.code for one in dossiers_for(client).rows]

    assert seen == [with_help]
    assert {one.code for one in dossiers_for(itself).rows} == {alone, with_help}
    with pytest.raises(NoSuchDossier):
        get_dossier_for(client, alone)
    with pytest.raises(NoSuchDossier):
        write_message(alone, "Xin hỏi", by=client, at=MONDAY)
    mandate.sees_all = True
    assert get_dossier_for(helped(mandate), alone).code == alone


def test_two_helpers_of_one_client_do_not_see_each_others(commune: Commune) -> None:
    de = make_citizen()
    pao = helped(make_household(make_helper(), de))
    other = helped(make_household(make_helper(2, username="dung"), de))

    code = filed_under(commune, pao)

    with pytest.raises(NoSuchDossier):
        get_dossier_for(other, code)


def test_a_list_over_all_households_is_two_statements(commune: Commune) -> None:
    helper = make_helper()
    for number in range(3):
        de = make_citizen(f"Hộ {number}", username=f"ho{number}")
        filed_under(commune, helped(make_household(helper, de)))
    pao = actor_of(helper.account)
    reader = mandates.reader_of(pao, mandates.households_of(pao, at=MONDAY))

    with work.metered() as meter:
        page = dossiers_for(reader, limit=2)

    assert meter.statements == 2
    assert [one.applicant_name for one in page.rows] == ["Hộ 2", "Hộ 1"]
    assert [one.applicant_name for one in dossiers_for(reader, after=page.next).rows] == ["Hộ 0"]


@pytest.mark.usefixtures("commune")
def test_a_draft_begun_with_help_stays_the_clients() -> None:
    de = make_citizen()
    mandate = make_household(make_helper(), de)
    draft = begin_draft(CODE, by=helped(mandate), at=MONDAY)

    mandates.take_back(mandate.pk, by=actor_of(de), at=MONDAY)

    assert [one.token for one in drafts_for(actor_of(de))] == [draft.token]
    assert (draft.account_id, draft.mandate_id) == (de.pk, mandate.pk)


@pytest.mark.usefixtures("commune")
def test_a_clients_own_drafts_are_hidden_from_who_helps() -> None:
    de = make_citizen()
    client = helped(make_household(make_helper(), de))
    own = begin_draft(CODE, by=actor_of(de), at=MONDAY)

    assert list(drafts_for(client)) == []
    with pytest.raises(NoSuchDraft):
        draft_for(client, own.token)
    with pytest.raises(NoSuchDraft):
        discard_draft(own.token, by=client, at=MONDAY)
    assert Draft.objects.filter(pk=own.pk).exists()


def test_who_finishes_alone_is_named_as_helped_all_the_same() -> None:
    de = make_citizen()
    mandate = make_household(make_helper(), de)
    typed = SubmitterIn(name=de.full_name, account_id=de.pk)

    submitter = with_agent(typed, mandate.pk, actor_of(de))

    assert submitter.authority == Authority.SELF
    assert submitter.helper_name.startswith("Sùng A Páo")


@pytest.mark.parametrize(
    ("scope", "is_allowed"),
    [
        ({}, True),
        ({"procedure_codes": [CODE]}, True),
        ({"procedure_codes": ["9.999999"]}, False),
        ({"sector_codes": ["khac"]}, False),
    ],
)
@pytest.mark.usefixtures("commune")
def test_a_firm_files_only_what_the_client_named(
    scope: dict[str, list[str]],
    is_allowed: bool,  # noqa: FBT001 -- a case
) -> None:
    ha = make_citizen("Trần Thu Hà", username="ha")
    mandate = make_firm_mandate(make_firm(ha), make_citizen(), **scope)
    client = stand_in(mandate, actor_of(ha), until=MONDAY + timedelta(hours=1))
    definition = procedures.find_in_force(CODE, MONDAY.date()).definition  # type: ignore[union-attr]  # -- just made

    if is_allowed:
        check_agreed(client, definition)
        begin_draft(CODE, by=client, at=MONDAY)
    else:
        with pytest.raises(mandates.OutsideMandate):
            begin_draft(CODE, by=client, at=MONDAY)
    assert Draft.objects.count() == int(is_allowed)


def test_a_body_is_the_applicant_whatever_was_typed() -> None:
    ha = make_citizen("Trần Thu Hà", username="ha")
    mandate = make_firm_mandate(make_firm(ha), make_citizen())
    client = stand_in(mandate, actor_of(ha), until=MONDAY + timedelta(hours=1))
    assert client.agent is not None
    body = Body(77, "Công ty Vận tải Khánh", "5699000014")

    parties = for_client(
        [PartyIn(PartyRole.APPLICANT, "Kẻ mạo danh"), PartyIn(PartyRole.SUBJECT, "Xe 27B")],
        replace(client, agent=replace(client.agent, body=body)),
    )

    assert [(one.full_name, one.enterprise_id) for one in parties] == [
        ("Công ty Vận tải Khánh", 77),
        ("Xe 27B", None),
    ]


def test_the_outcome_is_withheld_unless_the_client_allows_it(commune: Commune) -> None:
    client = helped(make_household(make_helper(), make_citizen()))
    code = filed_under(commune, client)

    with pytest.raises(NotAllowed, match="chưa cho phép"):
        outcome_pdf(client, code, 1)


def test_every_act_is_in_the_clients_history_and_names_the_helper(commune: Commune) -> None:
    client = helped(make_household(make_helper(), make_citizen()))
    code = make_filed(
        commune,
        submitter=with_agent(SubmitterIn(name=client.name, account_id=client.id), None, client),
    )

    write_message(code, "Xin hỏi bao giờ xong", by=client, at=MONDAY)

    assert MandateEntry.objects.get().word == "write"
    move = DossierMove.objects.get(dossier__code=code, act="write_message")
    assert (move.by_id, move.by_name[:10]) == (client.doer_id, "Sùng A Páo")


def test_the_scope_row_of_a_mandate_is_no_account(commune: Commune) -> None:
    de = make_citizen()
    code = filed_under(commune, helped(make_household(make_helper(), de)))

    rows = DossierScope.objects.filter(dossier__code=code, unit_id__lt=0)

    roles = {one.role: one.unit_id for one in rows}
    assert set(roles) == {ScopeRole.OWNER, ScopeRole.AGENT}
    assert roles[ScopeRole.OWNER] == -de.pk
    assert Dossier.objects.get(code=code).submitter_account_id == de.pk


def test_what_is_filed_for_a_body_its_members_see_and_its_managers_own_stays_his(
    commune: Commune,
) -> None:
    ha, khanh = make_citizen("Trần Thu Hà", username="ha"), make_citizen("Khánh", username="khanh")
    body = make_enterprise("Công ty Vận tải Khánh", tax_code="5699000014")
    add_to(body, khanh, MemberRole.MANAGER)
    mandate = make_firm_mandate(make_firm(ha), khanh, body=body, sees_all=True)
    client = stand_in(mandate, actor_of(ha), until=MONDAY + timedelta(hours=1))
    private = make_filed(commune, submitter=SubmitterIn(name="Khánh", account_id=khanh.pk))
    own_draft = begin_draft(CODE, by=actor_of(khanh), at=MONDAY)

    submitter = with_agent(SubmitterIn(name=client.name, account_id=client.id), None, client)
    parties = for_client([PartyIn(PartyRole.APPLICANT, "Khánh")], client)
    application = make_application(commune, submitter=submitter, parties=parties)
    code = file_application(application, by=client, at=MONDAY)

    colleague = make_citizen("Lò Lan", username="lan")
    add_to(body, colleague, MemberRole.STAFF)
    lan = access.actor_now(colleague.pk, at=MONDAY).actor
    assert [one.code for one in dossiers_for(lan).rows] == [code]
    assert is_applicant(get_dossier(code), lan)
    assert [one.code for one in dossiers_for(client).rows] == [code]
    assert private not in {one.code for one in dossiers_for(client).rows}
    with pytest.raises(NoSuchDraft):
        draft_for(client, own_draft.token)
