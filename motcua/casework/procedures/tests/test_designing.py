"""One part of a draft changed at a time: kept at once, the rest letter for letter, never stale."""

from datetime import date
from time import process_time
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.rules.parts import with_part
from motcua.casework.procedures.tests.make import EDITOR, NOW, TEXT, make_procedure
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

pytestmark = pytest.mark.django_db
CODE = "1.004873"
FROM = date(2026, 2, 1)
DUNG = Actor(2, "Quàng Văn Dũng", powers={Power.EDIT_PROCEDURES: frozenset({5})})


@pytest.fixture(autouse=True)
def _procedure() -> None:
    procedures.forget_kept()
    make_procedure()


def begin() -> procedures.ProcedureVersion:
    return procedures.begin_version(CODE, by=EDITOR, at=NOW, valid_from=FROM)


def change(version: procedures.ProcedureVersion, form: Any) -> procedures.ProcedureVersion:
    return procedures.change_part(version.pk, "form", lambda _: form, by=EDITOR, at=NOW)


def long_form(count: int) -> dict[str, Any]:
    fields = [
        {
            "name": f"o_{n}",
            "label": f"Câu hỏi thứ {n}",
            "hint": "Ghi đủ.",
            "show_when": "ho_ten != null",
        }
        for n in range(count)
    ]
    pages = [{"title": f"Trang {at}", "fields": fields[at : at + 20]} for at in range(0, count, 20)]
    name = {"name": "ho_ten", "label": "Họ tên"}
    return {"code": "dai", "title": "Dài", "pages": [{"title": "Đầu", "fields": [name]}, *pages]}


def test_a_draft_is_begun_once_and_gone_on_with() -> None:
    numbers = [begin().number, begin().number]

    assert numbers == [2, 2]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: 1\nform: {x: 1}\n# về b\nb: 2\n", "a: 1\nform:\n  y: 2\n# về b\nb: 2\n"),
        ("form:\n  x: 1\n", "form:\n  y: 2\n"),
        ("a: 1 # chú\n", "a: 1 # chú\nform:\n  y: 2\n"),
    ],
)
def test_one_part_is_written_and_all_else_stays(text: str, after: str) -> None:
    assert with_part(text, "form", {"y": 2}) == after


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("form: &f {fields: [*f]}", "tự chứa chính nó"),
        ("form: [", "sai cú pháp"),
        ("{form: {}}", "không chia theo dòng"),
        ("- a", "phải là một bảng"),
    ],
)
def test_a_text_that_contains_itself_or_cannot_be_read_is_refused(
    text: str, complaint: str
) -> None:
    with pytest.raises(procedures.BadDefinition, match=complaint):
        with_part(text, "form", {})


def test_a_whole_text_that_contains_itself_is_refused() -> None:
    with pytest.raises(procedures.BadDefinition, match="tự chứa chính nó"):
        procedures.parse_text("a: &a\n  b: *a\n")


def test_only_drafts_are_changed() -> None:
    first = procedures.get_version(CODE, 1)

    with pytest.raises(procedures.DraftMoved, match="không còn là bản thảo"):
        change(first, {})


def test_a_power_over_one_unit_does_not_reach() -> None:
    with pytest.raises(NotAllowed):
        procedures.begin_version(CODE, by=DUNG, at=NOW, valid_from=FROM)


def test_a_change_comes_on_top_of_what_others_kept_meanwhile() -> None:
    draft = begin()

    def longer(data: Any) -> Any:
        return {**data, "title": f"{data['title']} nữa"}

    for _ in range(2):
        procedures.change_part(draft.pk, "form", longer, by=EDITOR, at=NOW)

    form = procedures.part_of(procedures.get_version(CODE, 2).source, "form")

    assert form["title"].endswith(" nữa nữa")


def test_a_form_still_wrong_is_kept_but_not_published() -> None:
    draft = change(begin(), {"code": "x", "title": "X", "pages": []})

    with pytest.raises(procedures.BadDefinition, match="“pages” phải là danh sách"):
        procedures.publish_version(draft.pk, by=EDITOR, at=NOW)

    assert procedures.get_version(CODE, 2).state == "draft"


def test_test_data_that_fails_hinders_publishing() -> None:
    draft = begin()
    form = procedures.part_of(draft.source, "form")
    change(draft, {**form, "samples": [{"name": "Trống", "answers": {}}]})

    with pytest.raises(procedures.BadDefinition, match="Dữ liệu thử “Trống”"):
        procedures.publish_version(draft.pk, by=EDITOR, at=NOW)


def test_two_hundred_fields_are_saved_and_published_in_under_a_second(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    draft = begin()
    # Processor time, so that what else the machine does is not measured.
    before = process_time()

    with django_assert_max_num_queries(30):
        change(draft, long_form(200))
        procedures.publish_version(draft.pk, by=EDITOR, at=NOW)

    assert process_time() - before < 1
    definition = procedures.definition_of(draft.pk)
    assert definition.form is not None
    assert len(list(definition.form.all_fields())) == 201


def test_a_whole_text_saved_over_another_s_is_refused() -> None:
    draft = begin()
    seen = draft.digest
    change(draft, long_form(1))

    with pytest.raises(procedures.DraftMoved, match="Vũ Thị Quản đã lưu bản thảo này lúc"):
        procedures.save_draft(TEXT.format(code=CODE), by=EDITOR, at=NOW, valid_from=FROM, seen=seen)


def test_a_file_the_form_asks_for_is_a_paper_of_the_procedure() -> None:
    asked = (
        "        - {name: anh_nha, label: Ảnh ngôi nhà, kind: file, show_when: cap_lai = true}\n"
    )
    text = TEXT.format(code=CODE).replace("process:\n", f"{asked}process:\n")

    definition = procedures.parse_text(text)

    paper = definition.paper("anh-nha")
    assert paper is not None
    assert (paper.name, paper.required_when) == ("Ảnh ngôi nhà", "(cap_lai = true)")
