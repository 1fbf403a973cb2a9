from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError
from pytest_django import DjangoAssertNumQueries

from motcua.casework.procedures.api import (
    BadDefinition,
    DraftMoved,
    FeeKind,
    FeeLine,
    FilingChannel,
    NoSuchProcedure,
    Procedure,
    ProcedureVersion,
    current_definition,
    definition_of,
    due_of,
    fee_lines,
    find_procedures,
    parse_text,
    publish_version,
    save_draft,
    version_in_force,
    withdraw_procedure,
)
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .make import EDITOR, FIRST_DAY, NOW, TEXT, make_procedure

DUNG = Actor(id=8, name="Lường Văn Dũng")
pytestmark = pytest.mark.django_db


def changed(old: str, new: str) -> str:
    return TEXT.format(code="1.004873").replace(old, new)


def test_a_published_version_is_in_force_from_its_first_day() -> None:
    procedure = make_procedure()

    version = version_in_force(procedure.pk, date(2025, 7, 1))

    assert (version.number, procedure.can_be_filed_online) == (1, True)


def test_before_its_first_day_nothing_is_in_force() -> None:
    procedure = make_procedure()

    with pytest.raises(NoSuchProcedure, match="30/06/2025"):
        version_in_force(procedure.pk, date(2025, 6, 30))


def test_a_new_version_ends_the_one_before_and_leaves_it_as_it_was() -> None:
    first = version_in_force(make_procedure().pk, date(2026, 1, 1))
    text = changed("3 working_day, post", "2 working_day, post")

    second = save_draft(text, by=EDITOR, at=NOW, valid_from=date(2026, 2, 1))
    publish_version(second.pk, by=EDITOR, at=NOW)

    first.refresh_from_db()
    limits = definition_of(first.pk).cases[0].limits
    assert (first.valid_to, limits[FilingChannel.PORTAL].amount) == (date(2026, 1, 31), 3)


@pytest.mark.parametrize(
    "change", [{"source": "x"}, {"digest": "y"}, {"number": 9}, {"valid_from": date(2020, 1, 1)}]
)
def test_the_database_refuses_to_change_what_is_published(change: dict[str, object]) -> None:
    make_procedure()

    with pytest.raises(DatabaseError, match="a published version is not changed"):
        ProcedureVersion.objects.update(**change)


def days_of(procedure: Procedure) -> list[tuple[str, date | None]]:
    rows = ProcedureVersion.objects.filter(procedure=procedure).order_by("number")
    return [(one.state, one.valid_to) for one in rows]


def publish_from(day: date) -> None:
    version = save_draft(TEXT.format(code="1.004873"), by=EDITOR, at=NOW, valid_from=day)
    publish_version(version.pk, by=EDITOR, at=NOW)


def test_versions_never_overlap_nor_come_back_after_the_end() -> None:
    procedure = make_procedure()
    publish_from(date(2027, 1, 1))
    publish_from(date(2026, 6, 1))
    ends = date(2026, 5, 31)
    assert days_of(procedure) == [("published", ends), ("withdrawn", None), ("published", None)]

    withdraw_procedure(procedure.pk, on=date(2026, 3, 31), by=EDITOR, at=NOW)

    ends = date(2026, 3, 31)
    assert days_of(procedure) == [("published", ends), ("withdrawn", None), ("withdrawn", None)]


def test_an_older_draft_is_not_published_over_a_newer_version() -> None:
    procedure = make_procedure()
    older, newer = (
        ProcedureVersion.objects.create(
            procedure=procedure,
            number=number,
            state="draft",
            valid_from=date(2026, 2, 1),
            source=TEXT.format(code="1.004873"),
            edited_at=NOW,
        )
        for number in (2, 3)
    )
    publish_version(newer.pk, by=EDITOR, at=NOW)

    with pytest.raises(DraftMoved, match="Phiên bản 3, mới hơn"):
        publish_version(older.pk, by=EDITOR, at=NOW)

    newer.refresh_from_db()
    assert (newer.state, newer.valid_to) == ("published", None)


def test_who_may_not_publish_is_refused() -> None:
    make_procedure()

    with pytest.raises(NotAllowed):
        save_draft(TEXT.format(code="1.004873"), by=DUNG, at=NOW, valid_from=date(2026, 2, 1))


def test_a_version_with_unclear_points_cannot_be_published() -> None:
    version = save_draft(
        TEXT.format(code="1.000001"), by=EDITOR, at=NOW, valid_from=date(2026, 1, 1)
    )
    ProcedureVersion.objects.filter(pk=version.pk).update(unclear=["limit_without_unit"])

    with pytest.raises(BadDefinition, match="chưa rõ"):
        publish_version(version.pk, by=EDITOR, at=NOW)


def test_the_database_refuses_an_unclear_published_version() -> None:
    make_procedure()

    with pytest.raises(IntegrityError, match="unclear"):
        ProcedureVersion.objects.update(unclear=["x"])


@pytest.mark.parametrize("asked", ["độc thân", "doc than", "tinh trang hon nhan", "1.004873"])
def test_a_procedure_is_found_by_its_words_with_and_without_tones(asked: str) -> None:
    make_procedure()

    assert [p.code for p in find_procedures(asked)] == ["1.004873"]


@pytest.mark.parametrize("asked", ["😀", "😀🎉", "?!", "— …"])
def test_signs_alone_find_nothing(asked: str) -> None:
    make_procedure()

    assert (find_procedures(asked), find_procedures("  ")) == ([], [Procedure.objects.get()])


def test_a_wrong_tone_is_forgiven_where_no_name_has_it() -> None:
    procedure = make_procedure()

    assert find_procedures("đốc thân") == [procedure]


def test_exact_tones_come_before_folded_ones() -> None:
    make_procedure(code="1.000001")
    make_procedure(code="1.000002", text=TEXT.replace("độc thân", "đóc thân"))

    assert [p.code for p in find_procedures("độc thân")] == ["1.000001", "1.000002"]


def test_the_case_follows_from_the_answers() -> None:
    make_procedure()
    _, _, definition = current_definition("1.004873", date(2026, 1, 1))

    assert [definition.find_case(f).code for f in ({}, {"cap_lai": True})] == ["thuong", "cap-lai"]


def test_papers_depend_on_the_case() -> None:
    definition = parse_text(TEXT.format(code="1.004873"))

    assert [p.code for p in definition.papers_for("cap-lai")] == [
        "to-khai",
        "giay-cu",
        "giay-to-tuy-than",
    ]


@pytest.mark.parametrize(
    ("facts", "amounts"),
    [({"so_ban": 2}, [30000]), ({"so_ban": 2, "ho_ngheo": True}, [0]), ({}, [])],
)
def test_fees_count_copies_and_exemptions(facts: dict[str, object], amounts: list[int]) -> None:
    definition = parse_text(TEXT.format(code="1.004873"))

    lines = fee_lines(definition, "thuong", FilingChannel.COUNTER, facts)
    dues = [due for line in lines if (due := due_of(line, facts)) is not None]

    assert [due.amount_vnd for due in dues] == amounts


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('code: "1.004873"', "code: abc", "dạng 1.001193"),
        ("3 working_day, portal", "3 days, portal", "“days” không dùng được"),
        ("level: commune", "level: district", "“district” không dùng được"),
        ("level: commune", "level: commune\nservice_level: partial", "phải nêu lý do"),
        ("amount_vnd: 15000", "amount_vnd: -1", "không âm"),
        ("cap_lai = true", "cap_lai = ", "cần một giá trị"),
        ("  - code: thuong", " - code: thuong", "ở dòng"),
        ("kind: decision, ", "", "loại “Ký quyết định”"),
    ],
)
def test_a_wrong_text_is_refused_with_the_place(old: str, new: str, complaint: str) -> None:
    with pytest.raises(BadDefinition, match=complaint):
        parse_text(changed(old, new))


def test_search_costs_one_query_however_long(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        make_procedure(code=f"1.00000{number}")
    find_procedures("hon nhan")

    with django_assert_num_queries(1):
        found = [p.service_field.name for p in find_procedures("hon nhan")]

    assert (len(found), Procedure.objects.count()) == (3, 3)


def test_an_administrator_of_one_commune_publishes_nothing() -> None:
    xuan = Actor(7, "Lò Thị Xuân", powers={Power.EDIT_PROCEDURES: frozenset({10})})

    with pytest.raises(NotAllowed):
        save_draft(TEXT.format(code="1.004873"), by=xuan, at=NOW, valid_from=FIRST_DAY)

    assert not Procedure.objects.exists()


@pytest.mark.parametrize("answers", [{"so_ban": 10**15}, {"so_ban": 10**30}])
def test_a_count_beyond_all_measure_is_not_reckoned(answers: dict[str, object]) -> None:
    line = FeeLine("a", "Lệ phí", FeeKind.CHARGE, 8000, quantity="so_ban", most_vnd=200_000)

    due = due_of(line, answers)

    assert due is not None
    assert (due.amount_vnd, "quá lớn" in due.trouble) == (0, True)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example", 'https://a"b', "https://a b"],
)
def test_a_link_that_is_no_address_of_a_page_is_refused(address: str) -> None:
    with pytest.raises(BadDefinition, match="outside_link"):
        parse_text(TEXT.format(code="1.004873") + f"outside_link: '{address}'\n")
