"""One decision for a list: who may touch the list, who may read it, how it is numbered."""

from copy import copy
from datetime import timedelta
from typing import TypeVar

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import (
    CollectedDossier,
    Dossier,
    DossierOutcome,
    DossierStep,
)
from motcua.casework.dossiers.operations.handling import complete_step, decide
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import make_unit
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed, NotFound

from .make import MONDAY, Commune, get_dossier, make_all, make_received, open_step

pytestmark = pytest.mark.django_db
field = dossiers.field
P = TypeVar("P", DossierStep, DossierOutcome)
COLLECTED = ("validity_months: 6,", "validity_months: 6, collected: true,")


def waiting(commune: Commune) -> str:
    """Return a dossier that is drafted as granted and waits for a signature."""
    code = make_received(commune)
    complete_step(code, open_step(code).seq, by=commune.mai, at=MONDAY)
    granted = dossiers.Proposal()
    complete_step(code, open_step(code).seq, by=commune.hoa, at=MONDAY, proposal=granted)
    return code


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


def test_what_is_not_in_the_list_is_not_taken_out_of_it() -> None:
    commune, _, decision_id = listed()

    with pytest.raises(NotFound):
        field.leave_out(decision_id, waiting(commune), by=commune.hoa, at=MONDAY)


def test_a_list_is_read_by_who_may_know_of_its_dossiers() -> None:
    commune, codes, decision_id = listed()

    assert len(field.get_collected_for(commune.hoa, decision_id).lines) == len(codes)
    with pytest.raises(dossiers.NoSuchDossier):
        field.get_collected_for(neighbour(commune), decision_id)


def test_who_is_left_out_leaves_no_gap_in_the_numbers() -> None:
    commune, codes, decision_id = listed(3)

    field.leave_out(decision_id, codes[1], by=commune.hoa, at=MONDAY)

    lines = field.get_collected_for(commune.hoa, decision_id).lines
    assert [one.place for one in lines] == [1, 2]


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
    return [
        type(kept)(**(values | changes | {"dossier_id": one.pk}))  # type: ignore[arg-type]  # -- fields by name
        for one in dossiers_made
    ]


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
