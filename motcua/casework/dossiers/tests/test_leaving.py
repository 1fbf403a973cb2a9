"""Who acts for an enterprise no more: what was filed in its name stays with it.

Source: docs/law/identity.md
"""

from dataclasses import dataclass

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import BulkFiling, DossierScope
from motcua.casework.dossiers.operations.leaving import KEPT, keep_with_body
from motcua.casework.dossiers.operations.owning import disown
from motcua.casework.dossiers.reactions import what_a_leaver_filed_meanwhile_stays
from motcua.foundation.access import api as access
from motcua.foundation.audit import api as audit
from motcua.foundation.identity.api import Account
from motcua.foundation.identity.tests.make import make_account
from motcua.foundation.people import api as people
from motcua.foundation.people.api import MemberRole
from motcua.foundation.people.tests.make import make_enterprise, make_person
from motcua.lib.actor import SYSTEM, Actor

from .make import MONDAY, Commune, get_dossier, make_all, make_application
from .test_owning import told

pytestmark = pytest.mark.django_db


@dataclass
class Bank:
    """A bank with one who manages it and one who files."""

    commune: Commune
    body: people.Enterprise
    ngoc: Account
    tuan: Account
    of_tuan: people.Membership

    def file(self, by: Actor) -> str:
        party = dossiers.PartyIn(
            dossiers.PartyRole.APPLICANT, self.body.name, enterprise_id=self.body.pk
        )
        submitter = dossiers.SubmitterIn(
            name=by.name, account_id=by.id, authority=dossiers.Authority.STAFF
        )
        application = make_application(
            self.commune,
            submitter=submitter,
            parties=(party,),
            applicant_kind=dossiers.ApplicantKind.ENTERPRISE,
        )
        return dossiers.file_application(application, by=by, at=MONDAY)

    def dismiss(self) -> None:
        by = acting(self.ngoc)
        dossiers.dismiss_member(self.body.pk, self.of_tuan.pk, by=by, at=MONDAY)


def make_bank() -> Bank:
    commune, body = make_all(), make_enterprise("Ngân hàng mẫu")
    ngoc, _ = member(body, "Trần Thị Ngọc", MemberRole.MANAGER, commune)
    tuan, of_tuan = member(body, "Lê Anh Tuấn", MemberRole.STAFF, commune)
    return Bank(commune, body, ngoc, tuan, of_tuan)


def member(
    body: people.Enterprise, name: str, role: MemberRole, commune: Commune
) -> tuple[Account, people.Membership]:
    person = make_person(name, confirmed_at=MONDAY)
    account = make_account(username=f"a{person.pk}", full_name=name, person=person)
    return account, people.add_member(body.pk, person.pk, role, by=commune.binh, at=MONDAY)


def acting(account: Account) -> Actor:
    return access.actor_now(account.pk, at=MONDAY).actor


def listed(account: Account) -> list[str]:
    return [one.code for one in dossiers.dossiers_for(acting(account)).rows]


def test_who_leaves_neither_sees_nor_does_anything_with_what_was_filed_for_the_bank() -> None:
    bank = make_bank()
    code, before = bank.file(acting(bank.tuan)), acting(bank.tuan)
    assert listed(bank.tuan) == [code]

    bank.dismiss()

    assert listed(bank.tuan) == []
    for by in (acting(bank.tuan), before):  # even by what a request knew that began earlier
        assert not dossiers.is_applicant(get_dossier(code), Actor(by.id, by.name, by.kind))
        with pytest.raises(dossiers.NoSuchDossier):
            dossiers.withdraw(code, "Thôi", by=Actor(by.id, by.name, by.kind), at=MONDAY)


def test_the_bank_keeps_it_and_who_manages_it_is_told_from_now_on() -> None:
    bank = make_bank()
    code = bank.file(acting(bank.tuan))

    bank.dismiss()

    kept = get_dossier(code)
    assert (kept.submitter_account_id, kept.submitter_name) == (bank.ngoc.pk, "Lê Anh Tuấn")
    assert listed(bank.ngoc) == [code]
    assert dossiers.may_take_back(kept, acting(bank.ngoc))
    assert audit.trail_of(f"dossier:{code}")[-1].action == KEPT


def test_what_was_filed_for_oneself_stays_ones_own() -> None:
    bank = make_bank()
    own = make_application(
        bank.commune, submitter=dossiers.SubmitterIn("Lê Anh Tuấn", account_id=bank.tuan.pk)
    )
    code = dossiers.file_application(own, by=acting(bank.tuan), at=MONDAY)

    bank.dismiss()

    assert (listed(bank.tuan), get_dossier(code).submitter_account_id) == ([code], bank.tuan.pk)


def test_who_keeps_another_role_keeps_it_all() -> None:
    bank = make_bank()
    code, person_id = bank.file(acting(bank.tuan)), bank.of_tuan.person_id
    people.add_member(bank.body.pk, person_id, MemberRole.MANAGER, by=bank.commune.binh, at=MONDAY)

    bank.dismiss()

    assert (listed(bank.tuan), get_dossier(code).submitter_account_id) == ([code], bank.tuan.pk)


def test_what_was_filed_while_one_left_goes_over_later_and_once() -> None:
    bank = make_bank()
    before = acting(bank.tuan)
    bank.dismiss()
    code = bank.file(before)

    what_a_leaver_filed_meanwhile_stays(told("access.member_dismissed"))

    assert (listed(bank.tuan), listed(bank.ngoc)) == ([], [code])
    again = keep_with_body(bank.body.pk, bank.of_tuan.person_id, by=SYSTEM, at=MONDAY)
    assert (again, get_dossier(code).submitter_account_id) == (0, bank.ngoc.pk)


def test_where_nobody_left_has_an_account_nobody_is_told() -> None:
    bank = make_bank()
    code = bank.file(acting(bank.tuan))
    Account.objects.filter(pk=bank.ngoc.pk).update(person=None)

    dossiers.dismiss_member(bank.body.pk, bank.of_tuan.pk, by=bank.commune.binh, at=MONDAY)

    kept = get_dossier(code)
    assert (kept.submitter_account_id, kept.submitter_email, listed(bank.tuan)) == (None, "", [])


def test_the_list_of_what_was_filed_from_a_spreadsheet_goes_over() -> None:
    bank = make_bank()
    code = bank.file(acting(bank.tuan))
    for number, filed in enumerate(({"codes": [code], "filed_at": MONDAY}, {})):
        BulkFiling.objects.create(
            token=f"no-{number}",
            draft_id=number,
            account_id=bank.tuan.pk,
            procedure_version_id=1,
            taken_at=MONDAY,
            **filed,
        )

    bank.dismiss()

    assert dossiers.bulk_for(acting(bank.ngoc), "no-0").codes == [code]
    with pytest.raises(dossiers.NoSuchDraft):
        dossiers.bulk_for(acting(bank.tuan), "no-0")
    assert dossiers.bulk_for(acting(bank.tuan), "no-1").codes == []


def test_what_a_wrongly_confirmed_account_filed_for_the_bank_stays_with_it() -> None:
    bank = make_bank()
    code = bank.file(acting(bank.tuan))
    Account.objects.filter(pk=bank.tuan.pk).update(person=None, actor_version=9)

    disown(bank.tuan.pk, bank.of_tuan.person_id, at=MONDAY)

    assert (listed(bank.tuan), listed(bank.ngoc)) == ([], [code])
    assert DossierScope.objects.filter(unit_id=-bank.tuan.pk).count() == 0
