"""Budgets tried on dossiers that are over."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import Dossier, DossierStep
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import EDITOR
from motcua.casework.processes.api import Process, as_plain, parse_process
from motcua.lib.errors import NotAllowed

from .make import MONDAY, get_dossier, make_all, make_received

pytestmark = pytest.mark.django_db
LONG_AGO = MONDAY - timedelta(days=30)


def make_done(hours: int) -> tuple[int, Process]:
    """Return the procedure and the process of a dossier whose first step took these hours."""
    dossier = get_dossier(make_received(make_all()))
    end = MONDAY + timedelta(hours=hours)
    DossierStep.objects.filter(dossier_id=dossier.pk).update(
        opened_at=MONDAY, closed_at=end, result="done"
    )
    Dossier.objects.filter(pk=dossier.pk).update(resolved_at=end)
    definition = procedures.definition_of(dossier.procedure_version_id)
    assert definition.process is not None
    return procedures.get_procedure("1.004873").pk, definition.process


def with_hours(process: Process, hours: int) -> Process:
    plain = as_plain(process)
    plain[0]["budget"] = {"amount": hours, "unit": "working_hour"}
    return parse_process(plain)


@pytest.mark.parametrize(("hours", "late"), [(1, 1), (4, 0)])
def test_a_step_that_took_longer_than_the_budget_would_have_been_late(
    hours: int, late: int
) -> None:
    procedure_id, process = make_done(hours=2)

    found = dossiers.try_budgets(
        procedure_id, with_hours(process, hours), by=EDITOR, since=LONG_AGO
    )

    first = found.steps[0]
    assert (found.dossiers, found.late, found.share) == (1, late, 100 * late)
    assert (first.step.code, first.done, first.late) == ("tham-dinh", 1, late)


def test_dossiers_are_tried_in_two_statements(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    procedure_id, process = make_done(hours=2)
    dossiers.try_budgets(procedure_id, process, by=EDITOR, since=LONG_AGO)

    with django_assert_num_queries(2):
        dossiers.try_budgets(procedure_id, process, by=EDITOR, since=LONG_AGO)


def test_what_was_over_before_is_left_out() -> None:
    procedure_id, process = make_done(hours=2)

    found = dossiers.try_budgets(procedure_id, process, by=EDITOR, since=MONDAY + timedelta(days=1))

    assert (found.dossiers, found.share) == (0, 0)


def test_only_who_edits_procedures_of_the_province_may_try() -> None:
    commune = make_all()
    procedure_id = procedures.get_procedure("1.004873").pk

    with pytest.raises(NotAllowed):
        dossiers.try_budgets(procedure_id, Process(()), by=commune.mai, since=LONG_AGO)
