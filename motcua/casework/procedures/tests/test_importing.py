from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.casework.procedures.api import (
    BadDefinition,
    FilingChannel,
    ImportReport,
    Procedure,
    ProcedureVersion,
    VersionState,
    current_definition,
    find_procedures,
    import_procedures,
    publish_version,
    read_source,
    save_draft,
)
from motcua.foundation.audit import api as audit
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .make import EDITOR, NOW
from .sources import CHANNELS, answer_row, as_answer, as_lines, text_row, workbook

LATER = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
TODAY, DAY_BEFORE = date(2026, 3, 1), date(2026, 2, 28)
DUNG = Actor(id=8, name="Lường Văn Dũng")
NO_UNIT = f"{CHANNELS}Trực tiếp7Miễn phí"
pytestmark = pytest.mark.django_db


def bring(content: bytes, *, by: Actor = EDITOR, at: datetime = NOW) -> ImportReport:
    return import_procedures(read_source(content), by=by, at=at)


def bring_text(**fields: object) -> ImportReport:
    return bring(as_lines(text_row(**fields)), at=LATER)


def numbers(report: ImportReport) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, report.unclear


def states() -> list[str]:
    return list(ProcedureVersion.objects.order_by("number").values_list("state", flat=True))


def test_a_clear_text_is_published_and_found_but_not_open_for_filing() -> None:
    report = bring(as_lines(text_row()))

    procedure, _, definition = current_definition("1.900001", date(2026, 1, 1))
    assert numbers(report) == (1, 0, 0, 0)
    assert definition.cases[0].limits[FilingChannel.COUNTER].amount == 5
    assert [paper.name for paper in definition.papers] == ["Đơn đề nghị"]
    assert (procedure.can_be_filed, procedure.can_be_filed_online) == (False, False)
    assert list(find_procedures("nuoi chim bo cau")) == [procedure]
    assert [e.action for e in audit.trail_of("procedure:1.900001")] == ["procedures.import"]


def test_the_same_source_again_changes_nothing() -> None:
    content = as_lines(text_row(), text_row(ma_thu_tuc="1.900002", cach_thuc_thuc_hien=NO_UNIT))
    bring(content)
    before = list(ProcedureVersion.objects.order_by("pk").values())

    report = bring(content, at=LATER)

    assert numbers(report) == (0, 0, 2, 1)
    assert list(ProcedureVersion.objects.order_by("pk").values()) == before


def test_an_unclear_text_keeps_its_words_and_waits_for_a_person() -> None:
    report = bring(as_lines(text_row(cach_thuc_thuc_hien=NO_UNIT)))

    version = ProcedureVersion.objects.get()
    assert numbers(report) == (1, 0, 0, 1)
    assert version.state == VersionState.UNCLEAR
    assert version.unclear == [
        {
            "doubt": "limit_without_unit",
            "words": "7",
            "hint": "",
            "channels": ["counter"],
            "cases": [],
        }
    ]
    assert version.original["words"]["cach_thuc_thuc_hien"] == NO_UNIT
    assert Procedure.objects.get().current_version_id == version.pk


def test_an_unclear_version_cannot_be_opened() -> None:
    bring(as_lines(text_row(cach_thuc_thuc_hien=NO_UNIT)))

    with pytest.raises(BadDefinition, match="chưa rõ"):
        publish_version(ProcedureVersion.objects.get().pk, by=EDITOR, at=NOW)


def test_what_a_person_settled_stays_settled() -> None:
    content = as_lines(text_row(cach_thuc_thuc_hien=NO_UNIT))
    bring(content)
    text = ProcedureVersion.objects.get().source.replace("limits: {}", "limits: {counter: 7 month}")
    settled = save_draft(text, by=EDITOR, at=NOW, valid_from=date(2026, 1, 1))
    publish_version(settled.pk, by=EDITOR, at=NOW)

    report = bring(content, at=LATER)

    _, _, definition = current_definition("1.900001", TODAY)
    assert numbers(report) == (0, 0, 1, 0)
    assert definition.cases[0].limits[FilingChannel.COUNTER].amount == 7


def test_a_changed_text_follows_the_one_before() -> None:
    bring(as_lines(text_row()))

    report = bring_text(ten_thu_tuc="Cấp phép nuôi chim")

    first, second = ProcedureVersion.objects.order_by("number")
    assert numbers(report) == (0, 1, 0, 0)
    assert (first.state, first.valid_to) == (VersionState.PUBLISHED, DAY_BEFORE)
    assert (second.state, second.valid_from) == (VersionState.PUBLISHED, TODAY)
    assert Procedure.objects.get().name == "Cấp phép nuôi chim"


def test_a_text_that_becomes_unclear_leaves_the_one_in_force() -> None:
    bring(as_lines(text_row()))

    report = bring_text(cach_thuc_thuc_hien=NO_UNIT)

    _, _, definition = current_definition("1.900001", TODAY)
    assert (numbers(report), states()) == ((0, 1, 0, 1), ["published", "unclear"])
    assert definition.cases[0].limits[FilingChannel.COUNTER].amount == 5


def test_an_unclear_text_that_is_put_right_takes_its_place() -> None:
    bring(as_lines(text_row(cach_thuc_thuc_hien=NO_UNIT)))

    report = bring_text()

    assert (numbers(report), states()) == ((0, 1, 0, 0), ["published"])


def test_a_new_text_waits_beside_what_a_person_has_edited() -> None:
    bring(as_lines(text_row()))
    text = ProcedureVersion.objects.get().source.replace("nuôi chim", "nuôi vẹt")
    edited = save_draft(text, by=EDITOR, at=NOW, valid_from=date(2026, 1, 2))
    publish_version(edited.pk, by=EDITOR, at=NOW)

    report = bring_text(ten_thu_tuc="Cấp phép nuôi gà")

    assert report.kept_as_draft == 1
    assert states() == ["published", "published", "draft"]
    assert Procedure.objects.get().name == "Cấp giấy phép nuôi vẹt bồ câu"


def test_a_list_names_what_no_text_describes_yet() -> None:
    content = workbook(["1.900001", "Nuôi chim", "Bộ Chim", "UBND cấp xã", "Chăn nuôi"])

    first, second = bring(content), bring(content)

    procedure = Procedure.objects.get()
    assert (numbers(first), numbers(second)) == ((1, 0, 0, 0), (0, 0, 1, 0))
    assert (procedure.level, procedure.current_version_id, states()) == ("commune", None, ["draft"])


def test_a_text_describes_what_a_list_had_named_and_the_list_changes_it_no_more() -> None:
    content = workbook(["1.900001", "Tên cũ", "Bộ Chim", "Sở Chim", "Chăn nuôi"])
    bring(content)

    told = bring(as_lines(text_row()))
    listed = bring(content)

    assert (numbers(told), numbers(listed)) == ((0, 1, 0, 0), (0, 0, 1, 0))
    assert Procedure.objects.get().name == "Cấp giấy phép nuôi chim bồ câu"


def test_an_agencys_own_answer_stays_apart_from_the_national_text() -> None:
    bring(as_lines(text_row()))

    report = bring(as_answer(answer_row()))

    assert numbers(report) == (1, 0, 0, 0)
    assert set(Procedure.objects.values_list("code", flat=True)) == {
        "1.900001",
        "1.900001.000.00.00.H99",
    }


def test_a_code_that_comes_twice_is_one_procedure() -> None:
    report = bring(as_lines(text_row(), text_row()))

    assert numbers(report) == (1, 0, 1, 0)


def test_rows_that_cannot_be_read_are_told_and_the_others_taken() -> None:
    report = bring(as_lines(text_row(ma_thu_tuc="x"), text_row()))

    assert numbers(report) == (1, 0, 0, 0)
    assert [row.position for row in report.refused] == [1]


def test_who_may_not_publish_may_not_import() -> None:
    with pytest.raises(NotAllowed):
        bring(as_lines(text_row()), by=DUNG)

    assert Procedure.objects.count() == 0


@pytest.mark.parametrize("how_many", [1, 30])
def test_a_batch_that_changes_nothing_costs_the_same_however_long(
    how_many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    content = as_lines(*(text_row(ma_thu_tuc=f"1.9000{n:02}") for n in range(how_many)))
    bring(content)

    with django_assert_num_queries(4):
        bring(content)
