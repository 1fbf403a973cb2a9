"""A name and a day of birth make a question; only an answer, or a number, makes a person."""

from datetime import date

import pytest

from motcua.casework.dossiers.tests.make import get_dossier
from motcua.casework.migration.api import LikenessState, answer_likeness, resemblances_of
from motcua.casework.migration.choices import Field
from motcua.casework.migration.errors import RunBusy
from motcua.casework.migration.models import Run, Source
from motcua.casework.migration.rules.mapping import from_text
from motcua.casework.migration.rules.values import read_birth
from motcua.foundation.people import api as people
from motcua.foundation.people.api import Person
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed

from .make import (
    LATER,
    OPEN,
    QUAN,
    bring,
    changed,
    lines,
    make_all,
    make_csv,
    make_source,
    make_table,
    map_columns,
    run_table,
)

BORN = date(1985, 2, 1)
QUESTION = "có thể là người đã biết"


def make_person(name: str = "Cà Thị Inh", **facts: object) -> Person:
    given = people.PersonFacts(full_name=name, birth_date=BORN, **facts)  # type: ignore[arg-type]  # -- by name
    return people.remember_person(given, by=QUAN, at=LATER)


def brought(source: Source, born: str = "01/02/1985", code: str = OPEN[0], **words: str) -> Run:
    """Return a run through one row whose column of handlers holds days of birth."""
    row = changed(OPEN, code=code, handler=born, **words)
    table = make_table(source, make_csv(row))
    columns = {**from_text(source.mapping).columns, Field.BORN: "Người xử lý"}
    columns.pop(Field.HANDLER, None)
    map_columns(source, columns=columns)
    return run_table(source, table)


def questions(source: Source, state: str = "") -> list[tuple[str, int]]:
    found = resemblances_of(QUAN, source, state=state)
    return [(one.row.told, one.row.person_id) for one in found]


@pytest.mark.django_db
def test_nobody_is_taken_for_somebody_until_it_is_answered_and_a_later_run_uses_it() -> None:
    make_all()
    known, source = make_person(), make_source()

    first = brought(source)
    assert QUESTION in lines(first)[0][2]
    assert get_dossier(OPEN[0]).applicant_person_id is None
    [asked] = resemblances_of(QUAN, source)
    assert (asked.row.told, asked.person.id) == ("Cà Thị Inh, sinh 01/02/1985", known.pk)

    answer_likeness(asked.row.pk, is_same=True, by=QUAN, at=LATER)
    again = brought(source)
    assert lines(again)[0][1] == "changed"
    assert get_dossier(OPEN[0]).applicant_person_id == known.pk
    assert lines(brought(source))[0][1:] == ("same", "")


@pytest.mark.django_db
def test_who_is_said_to_be_somebody_else_is_not_asked_about_again() -> None:
    make_all()
    make_person()
    source = make_source()
    brought(source)
    [asked] = resemblances_of(QUAN, source)

    answer_likeness(asked.row.pk, is_same=False, by=QUAN, at=LATER)

    assert QUESTION not in lines(brought(source))[0][2]
    assert get_dossier(OPEN[0]).applicant_person_id is None
    assert len(questions(source, LikenessState.OTHER)) == 1


@pytest.mark.django_db
def test_an_answer_is_about_what_was_told_and_is_asked_for_anew_when_that_changes() -> None:
    make_all()
    make_person()
    make_person("Cà Thị Ính")
    source = make_source()
    brought(source)
    [asked] = resemblances_of(QUAN, source)
    answer_likeness(asked.row.pk, is_same=True, by=QUAN, at=LATER)

    brought(source, name="Ca Thi Inh")

    assert get_dossier(OPEN[0]).applicant_person_id is None
    assert {told for told, _ in questions(source)} == {"Ca Thi Inh, sinh 01/02/1985"}
    first, second = resemblances_of(QUAN, source)
    answer_likeness(first.row.pk, is_same=True, by=QUAN, at=LATER)
    with pytest.raises(RunBusy, match="một người khác"):
        answer_likeness(second.row.pk, is_same=True, by=QUAN, at=LATER)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("born", "name"), [("02/02/1985", "Cà Thị Inh"), ("1985", "Cà Thị Inh"), ("01/02/1985", "Cà A")]
)
def test_another_day_or_name_is_nobody(born: str, name: str) -> None:
    make_all()
    make_person()
    source = make_source()
    brought(source, born, name=name)
    assert questions(source) == []


@pytest.mark.django_db
def test_a_number_of_somebody_born_in_another_year_is_not_the_applicants() -> None:
    make_all()
    source = make_source()
    run = brought(source, "01/02/1985", identity="011095000123")
    assert "không khớp ngày sinh" in lines(run)[0][2]
    assert people.find_person_by_number("011095000123") is None


@pytest.mark.django_db
def test_the_number_of_a_company_makes_nobody_a_person() -> None:
    make_all()
    row = changed(OPEN, name="Công ty TNHH Ban Trắng", identity="4601234567")
    run = bring(make_source(), row)
    assert "như của tổ chức" in lines(run)[0][2]
    found = get_dossier(OPEN[0])
    assert (found.applicant_person_id, found.applicant_hint) == (None, "")
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_only_who_brings_data_over_answers() -> None:
    with pytest.raises(NotAllowed):
        answer_likeness(1, is_same=True, by=Actor(id=5, name="Dũng"), at=LATER)
    with pytest.raises(NotAllowed):
        resemblances_of(Actor(id=5, name="Dũng"), make_source())


@pytest.mark.parametrize("written", ["1985", "31/02/1985", "01/01/1700", "03/04/2026"])
def test_what_is_no_day_of_birth_is_not_used(written: str) -> None:
    with pytest.raises(BadInput, match="không ghép"):
        read_birth(written, date(2026, 4, 1))


def test_days_of_birth_are_read_like_other_days() -> None:
    assert read_birth("01/02/1935", date(2026, 4, 1)) == date(1935, 2, 1)
    assert read_birth(" - ", date(2026, 4, 1)) is None


@pytest.mark.django_db
def test_a_long_address_and_name_are_no_reason_to_refuse_a_row() -> None:
    make_all()
    source = make_source()
    row = changed(OPEN, name="Lò " * 80 + "A", identity="011095000123", handler="Ngõ " * 90)
    table = make_table(source, make_csv(row, changed(row, code="A-2", name="Lò A")))
    columns = {**from_text(source.mapping).columns, Field.ADDRESS: "Người xử lý"}
    columns.pop(Field.HANDLER)
    map_columns(source, columns=columns)
    assert [verdict for _, verdict, _ in lines(run_table(source, table))] == ["new", "new"]
    known = people.find_person_by_number("011095000123")
    assert known is not None
    assert (known.full_name, len(known.address)) == ("Lò A", 299)  # a blank was the last letter
