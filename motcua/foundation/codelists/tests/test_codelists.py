from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from motcua.foundation.codelists import api as codelists
from motcua.foundation.codelists.models import CodeItem, CodeMapping
from motcua.foundation.codelists.queries import forget_copy
from motcua.foundation.codelists.rules import changed_codes
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MARCH, JUNE = date(2026, 3, 2), date(2026, 6, 1)
HOA = Actor(id=5, name="Lê Thị Hoa", province_powers=frozenset({"procedures.publish"}))
DUNG = Actor(id=6, name="Vàng A Dũng")
TEA = [codelists.Entry("green", "Chè xanh"), codelists.Entry("black", "Chè đen")]


@pytest.fixture(autouse=True)
def no_copy_of_another_test() -> Iterator[None]:
    forget_copy()
    yield
    forget_copy()


@pytest.fixture
def tea() -> None:
    codelists.name_list("teas", "Các loại chè", by=HOA)
    codelists.publish_version("teas", TEA, valid_from=MARCH, by=HOA, at=NOW)


def publish(*entries: codelists.Entry, on: date = JUNE, by: Actor = HOA) -> object:
    version = codelists.publish_version("teas", entries, valid_from=on, by=by, at=NOW)
    forget_copy()
    return version


def names(on: date) -> list[str]:
    return [code.name for code in codelists.codes("teas", on=on)]


@pytest.mark.usefixtures("tea")
def test_a_list_keeps_the_order_it_was_published_in() -> None:
    assert codelists.choices("teas", on=MARCH) == [("green", "Chè xanh"), ("black", "Chè đen")]


@pytest.mark.usefixtures("tea")
def test_a_new_version_ends_what_it_lacks_and_keeps_what_it_repeats() -> None:
    publish(TEA[0], codelists.Entry("white", "Chè trắng"))

    before, after = names(date(2026, 5, 31)), names(JUNE)

    assert (before, after) == (["Chè xanh", "Chè đen"], ["Chè xanh", "Chè trắng"])


@pytest.mark.usefixtures("tea")
def test_a_renamed_code_keeps_its_old_name_for_old_days() -> None:
    publish(codelists.Entry("green", "Trà xanh"), TEA[1])

    told = [codelists.name_of("teas", "green", on=day) for day in (MARCH, JUNE)]

    assert told == ["Chè xanh", "Trà xanh"]


@pytest.mark.usefixtures("tea")
def test_publishing_the_same_again_changes_nothing() -> None:
    assert (publish(*TEA), len(codelists.versions_of("teas"))) == (None, 1)


@pytest.mark.usefixtures("tea")
def test_what_is_in_force_cannot_be_changed_for_the_same_day() -> None:
    with pytest.raises(codelists.AlreadyInForce, match="02/03/2026"):
        publish(TEA[0], on=MARCH)


@pytest.mark.usefixtures("tea")
@pytest.mark.parametrize(
    "entries",
    [[], [TEA[0], TEA[0]], [codelists.Entry("green", " ")], [codelists.Entry("", "Chè")]],
)
def test_odd_entries_are_refused(entries: list[codelists.Entry]) -> None:
    with pytest.raises(codelists.OddEntries):
        publish(*entries)


@pytest.mark.usefixtures("tea")
def test_only_who_may_publish_publishes() -> None:
    with pytest.raises(NotAllowed):
        publish(*TEA, by=DUNG)


def test_an_unknown_list_is_said_to_be_unknown() -> None:
    with pytest.raises(codelists.NoSuchList, match="trà đá"):
        codelists.codes("trà đá", on=MARCH)


@pytest.mark.usefixtures("tea")
def test_reading_again_costs_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    names(MARCH)

    with django_assert_num_queries(0):
        names(MARCH)


@pytest.mark.usefixtures("tea")
def test_the_database_refuses_two_meanings_on_one_day() -> None:
    with pytest.raises(IntegrityError, match="one_meaning_a_day"):
        CodeItem.objects.filter(code_list__code="teas", code="black").update(code="green")


@pytest.mark.parametrize(
    ("code", "source", "target", "expected"),
    [
        ("received", "dossier_statuses", "national_dossier_statuses", "2"),
        ("online", "filing_channels", "national_filing_channels", "2"),
        ("household_business", "applicant_kinds", "national_applicant_kinds", "2"),
        ("awaiting_applicant", "dossier_statuses", "national_dossier_statuses", "5"),
        ("household_business", "applicant_kinds", "ministry_applicant_kinds", "2"),
        ("agency", "applicant_kinds", "ministry_applicant_kinds", None),
    ],
)
def test_our_words_have_their_national_codes(
    code: str, source: str, target: str, expected: str | None
) -> None:
    assert codelists.translate(code, source=source, target=target, on=MARCH) == expected


def test_a_mapping_changes_from_its_day_on() -> None:
    codelists.map_codes(
        "filing_channels", "national_filing_channels", {"postal": "4"}, valid_from=JUNE, by=HOA
    )
    forget_copy()

    told = [
        codelists.translate(
            "postal", source="filing_channels", target="national_filing_channels", on=day
        )
        for day in (MARCH, JUNE)
    ]
    assert told == ["3", "4"]


def test_the_database_refuses_two_targets_on_one_day() -> None:
    row = CodeMapping.objects.get(source_code="postal")
    row.pk = None

    with pytest.raises(IntegrityError, match="one_target_a_day"):
        row.save()


@pytest.mark.parametrize(
    ("list_code", "how_many"),
    [
        ("supplement_reasons", 11),
        ("refusal_reasons", 10),
        ("stop_reasons", 8),
        ("national_dossier_statuses", 10),
        ("paper_copy_kinds", 6),
    ],
)
def test_the_lists_everybody_needs_are_there(list_code: str, how_many: int) -> None:
    assert len(codelists.codes(list_code, on=MARCH)) == how_many


def test_what_changes_is_what_begins_ends_or_reads_otherwise() -> None:
    living = {entry.code: entry for entry in TEA}
    wanted = [codelists.Entry("green", "Trà xanh"), codelists.Entry("white", "Chè trắng")]

    assert changed_codes(living, wanted) == {"green", "black", "white"}
