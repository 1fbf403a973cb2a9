"""One decision for a list: who may touch the list, who may read it, how it is numbered."""

from copy import copy
from datetime import timedelta
from io import BytesIO
from typing import TypeVar

import pytest
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.choices import PartyRole
from motcua.casework.dossiers.models import (
    CollectedDossier,
    Dossier,
    DossierOutcome,
    DossierStep,
)
from motcua.casework.dossiers.operations.handling import complete_step, decide
from motcua.casework.dossiers.rules.application import PartyIn
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import make_unit
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed, NotFound

from .make import (
    ANSWERS,
    MONDAY,
    Commune,
    get_dossier,
    make_all,
    make_commune,
    make_received,
    open_step,
)

pytestmark = pytest.mark.django_db
field = dossiers.field
P = TypeVar("P", DossierStep, DossierOutcome)
COLLECTED = ("validity_months: 6,", "validity_months: 6, collected: true,")


def waiting(commune: Commune, name: str = "Lò Thị Lan") -> str:
    """Return a dossier that is drafted as granted and waits for a signature."""
    code = make_received(
        commune, parties=(PartyIn(PartyRole.APPLICANT, name),), answers={**ANSWERS, "ho_ten": name}
    )
    complete_step(code, open_step(code).seq, by=commune.mai, at=MONDAY)
    granted = dossiers.Proposal()
    complete_step(code, open_step(code).seq, by=commune.hoa, at=MONDAY, proposal=granted)
    return code


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def given_for(commune: Commune, code: str) -> str:
    """Return what the desk hands out of a dossier."""
    seq = DossierOutcome.objects.get(dossier__code=code).seq
    return text_of(dossiers.outcome_pdf(commune.binh, code, seq))


def listed(how_many: int = 2) -> tuple[Commune, list[str], int]:
    """Return a list that is not signed."""
    commune = make_all(text_change=COLLECTED)
    codes = [waiting(commune) for _ in range(how_many)]
    return commune, codes, field.collect(codes, "Công nhận", by=commune.hoa, at=MONDAY).pk


def neighbour(commune: Commune) -> Actor:
    """Return somebody of another unit of the commune, who handles there."""
    agency = organisation.Agency.objects.get(pk=commune.agency_id)
    unit = make_unit(agency, "H18.101.KT", "Phòng Kinh tế")
    organisation.forget_tree()
    return Actor(
        id=77,
        name="Vì Văn Khác",
        agency_id=agency.pk,
        unit_ids=(unit.pk,),
        powers={Power.HANDLE_DOSSIERS: frozenset({unit.pk})},
    )


def test_nobody_else_takes_out_what_was_decided_alone() -> None:
    commune, (code, _), decision_id = listed()
    decide(code, open_step(code).seq, by=commune.hoa, at=MONDAY)

    with pytest.raises(NotAllowed):
        field.leave_out(decision_id, code, by=neighbour(commune), at=MONDAY)

    field.leave_out(decision_id, code, by=commune.hoa, at=MONDAY)
    assert CollectedDossier.objects.count() == 1


def test_who_may_not_know_of_a_dossier_is_told_no_more_than_of_one_there_is_not() -> None:
    commune = make_all(text_change=COLLECTED)
    mine = waiting(commune)
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=51)

    for code in (mine, "H18.101-260302-9999"):
        with pytest.raises(dossiers.NoSuchDossier) as caught:
            field.collect([code, "Z"], "Công nhận", by=other.hoa, at=MONDAY)
        assert str(caught.value) == f"Không tìm thấy hồ sơ {code}."


def test_who_may_not_collect_is_told_nothing_of_what_stands_in_the_way() -> None:
    commune, codes, _ = listed()

    with pytest.raises(NotAllowed):
        field.collect(codes, "Công nhận", by=commune.binh, at=MONDAY)


def test_what_is_not_in_the_list_is_not_taken_out_of_it() -> None:
    commune, _, decision_id = listed()

    with pytest.raises(NotFound):
        field.leave_out(decision_id, waiting(commune), by=commune.hoa, at=MONDAY)


def test_a_list_is_read_by_who_may_know_of_its_dossiers() -> None:
    commune, codes, decision_id = listed()

    assert len(field.get_collected_for(commune.hoa, decision_id).lines) == len(codes)
    with pytest.raises(dossiers.NoSuchDossier):
        field.get_collected_for(neighbour(commune), decision_id)


def test_lists_go_on_where_the_page_before_ended() -> None:
    commune = make_all(text_change=COLLECTED)
    made = [
        field.collect([waiting(commune), waiting(commune)], f"Đợt {n}", by=commune.hoa, at=MONDAY)
        for n in (1, 2)
    ]

    first = field.collected_for(commune.hoa, limit=1)
    rest = field.collected_for(commune.hoa, before=first[-1].pk, limit=1)

    assert [one.pk for one in (*first, *rest)] == [made[1].pk, made[0].pk]


def test_who_is_left_out_leaves_no_gap_in_the_numbers() -> None:
    commune, codes, decision_id = listed(3)

    field.leave_out(decision_id, codes[1], by=commune.hoa, at=MONDAY)

    lines = field.get_collected_for(commune.hoa, decision_id).lines
    assert [one.place for one in lines] == [1, 2]


def test_everybody_gets_the_decision_with_only_the_own_line() -> None:
    commune = make_all(text_change=COLLECTED)
    names = ("Lò Thị Lan", "Quàng Văn Pâng")
    codes = [waiting(commune, name) for name in names]
    decision_id = field.collect(codes, "Công nhận", by=commune.hoa, at=MONDAY).pk
    field.decide_collected(decision_id, by=commune.hoa, at=MONDAY)

    given = [given_for(commune, code) for code in codes]
    whole = text_of(field.collected_pdf(commune.hoa, decision_id))

    assert [[name in one for name in names] for one in given] == [[True, False], [False, True]]
    assert all("TRÍCH SAO" in one and "Danh sách có 2 trường hợp" in one for one in given)
    assert all(name in whole for name in names)


def test_what_is_corrected_later_changes_neither_the_list_nor_an_extract() -> None:
    commune, codes, decision_id = listed()
    field.decide_collected(decision_id, by=commune.hoa, at=MONDAY)

    Dossier.objects.filter(code=codes[0]).update(applicant_name="Người Khác")

    assert "Người Khác" not in text_of(field.collected_pdf(commune.hoa, decision_id))
    assert "Người Khác" not in given_for(commune, codes[0])


def test_who_decided_alone_gets_no_extract() -> None:
    commune = make_all(text_change=COLLECTED)
    code = waiting(commune)
    decide(code, open_step(code).seq, by=commune.hoa, at=MONDAY)

    assert "TRÍCH SAO" not in given_for(commune, code)


@pytest.mark.parametrize("how_many", [2, 4])
def test_a_list_is_drawn_with_as_many_questions_however_long(
    how_many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    commune, _, decision_id = listed(how_many)

    with django_assert_max_num_queries(14):
        field.collected_pdf(commune.hoa, decision_id)


@pytest.mark.parametrize("title", [" ", "x" * 301])
def test_a_title_is_said_and_fits(title: str) -> None:
    commune = make_all(text_change=COLLECTED)
    codes = [waiting(commune) for _ in range(2)]

    with pytest.raises(BadInput) as refused:
        field.collect(codes, title, by=commune.hoa, at=MONDAY)

    assert refused.value.field == "title"


def copied(code: str, how_many: int, secrecy: int) -> None:
    """Let so many more wait for the same signature, each due before the dossier."""
    dossier = get_dossier(code)
    dossier.secrecy = secrecy
    step, draft = open_step(code), DossierOutcome.objects.get(dossier=dossier)
    due_at, rows = step.due_at - timedelta(days=1), []
    for number in range(how_many):
        dossier.pk, dossier.code = None, f"{code}-{number}"
        rows.append(copy(dossier))
    made = Dossier.objects.bulk_create(rows)
    DossierStep.objects.bulk_create(parts(step, made, due_at=due_at))
    DossierOutcome.objects.bulk_create(parts(draft, made))


def parts(kept: P, dossiers_made: list[Dossier], **changes: object) -> list[P]:
    """Return the same part of each of these dossiers."""
    values = {one.attname: getattr(kept, one.attname) for one in kept._meta.concrete_fields}
    return [type(kept)(**(values | changes | {"dossier_id": one.pk})) for one in dossiers_made]


@pytest.mark.parametrize("secrecy", [0, 1])
def test_what_may_be_collected_is_found_behind_two_hundred_others(secrecy: int) -> None:
    commune = make_all(text_change=COLLECTED)
    codes = [waiting(commune) for _ in range(2)]
    copied(codes[0], 205, secrecy)

    first = field.collectable_for(commune.hoa)
    found = list(first.rows)
    if first.next:
        found += field.collectable_for(commune.hoa, after=first.next).rows

    others = 0 if secrecy else 205
    assert (len(found), len({one.code for one in found})) == (others + 2, others + 2)
    assert {one.code for one in found[-2:]} == set(codes)
    assert (len(first.rows), first.next is None) == ((200, False) if others else (2, True))


def test_nothing_is_read_where_no_procedure_has_lists() -> None:
    commune = make_all()
    waiting(commune)

    assert field.collectable_for(commune.hoa).rows == ()
