"""Reminders of an age cost the same however many reach it, and come once."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import Draft, Prompt, PromptRefused
from motcua.casework.procedures.tests.make import TEXT, make_procedure
from motcua.foundation.identity.tests.make import make_account
from motcua.foundation.people.tests.make import make_person

from .make import MONDAY, make_commune

pytestmark = pytest.mark.django_db
REMINDS = TEXT.replace(
    "outcomes:\n",
    "reminder: {{age: 75, days_before: 30, title: Sắp đủ 75 tuổi, words: Mời xem.}}\noutcomes:\n",
)
BORN = date(1951, 3, 20)


def people_of(number: int) -> None:
    """Let so many people with accounts turn 75 soon."""
    for one in range(number):
        person = make_person(f"Lò Văn {one}", birth_date=BORN)
        make_account(username=f"lo{one}", full_name=person.full_name, person_id=person.pk)


def test_everybody_is_told_once_and_who_has_no_account_or_no_wish_is_not() -> None:
    make_procedure(text=REMINDS)
    make_commune()
    people_of(3)
    make_person("Không có tài khoản", birth_date=BORN)
    silent = make_account(username="im", person_id=make_person("Cà Thị Im", birth_date=BORN).pk)
    PromptRefused.objects.create(account_id=silent.pk, procedure_code="1.004873", at=MONDAY)

    assert (dossiers.remind(at=MONDAY), dossiers.remind(at=MONDAY)) == (3, 0)

    assert (Prompt.objects.count(), Draft.objects.count()) == (3, 3)


@pytest.mark.parametrize("number", [2, 6])
def test_who_was_told_costs_nothing_the_next_morning(number: int) -> None:
    make_procedure(text=REMINDS)
    make_commune()
    people_of(number)
    dossiers.remind(at=MONDAY)

    with CaptureQueriesContext(connection) as asked:
        dossiers.remind(at=MONDAY)

    assert len(asked) <= 8
