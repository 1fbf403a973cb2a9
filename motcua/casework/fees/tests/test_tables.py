"""Fee tables are written, proven, published and ended; what was published stays."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from motcua.casework.fees.errors import BadFeeTable, NoSuchTable, TableMoved
from motcua.casework.fees.models import FeeTableVersion
from motcua.casework.fees.operations.tables import (
    NO_DRAFT,
    NO_TABLE,
    drop_draft,
    end_table,
    publish_table,
    save_table,
)
from motcua.casework.fees.queries.tables import (
    amounts_on,
    decide,
    draft_of,
    tables_on,
    versions_of,
)
from motcua.lib.actor import Actor
from motcua.lib.decisions import Rule
from motcua.lib.errors import NotAllowed

from .make import EDITOR, EXAMPLES, NOW, RULES, TABLE, _fresh, model_with, publish

__all__ = ["_fresh"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_fresh")]
TODAY = date(2026, 3, 2)
CODE = TABLE.code
DEARER = model_with((RULES[0], replace(RULES[1], outputs=("20000", "-"))), annotations=("Căn cứ",))
DEARER_EXAMPLES = [{"name": "thường", "facts": {}, "amount_vnd": 20000}]


def test_a_published_table_decides_with_its_reason_and_text() -> None:
    version = publish()
    poor = decide(CODE, {"ho_ngheo": True}, on=TODAY)
    assert (poor.version_id, poor.decision.amount_vnd, poor.decision.words) == (
        version.pk,
        0,
        "Hộ nghèo; Luật Phí và lệ phí, Điều 10",
    )
    assert poor.decision.row_words == "Lệ phí, hàng 1"


def test_each_day_has_its_own_version() -> None:
    publish()
    publish(model=DEARER, examples=DEARER_EXAMPLES, valid_from=date(2026, 4, 1))
    days = [date(2026, 3, 31), date(2026, 4, 1)]
    assert [decide(CODE, {}, on=day).decision.amount_vnd for day in days] == [15000, 20000]
    assert [one.valid_to for one in versions_of(CODE)] == [None, date(2026, 3, 31)]


def test_before_and_after_its_days_a_table_decides_nothing() -> None:
    publish()
    end_table(CODE, on=TODAY, by=EDITOR, at=NOW)
    for day in (date(2025, 6, 30), date(2026, 3, 3)):
        with pytest.raises(NoSuchTable, match="Chưa có mức thu"):
            decide(CODE, {}, on=day)


def test_a_version_that_begins_earlier_takes_the_place_of_a_later_one() -> None:
    first = publish(valid_from=date(2026, 5, 1))
    publish(model=DEARER, examples=DEARER_EXAMPLES, valid_from=date(2026, 4, 1))
    first.refresh_from_db()
    assert (first.state, decide(CODE, {}, on=date(2026, 5, 2)).version) == ("withdrawn", 2)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"model": model_with(RULES[:1], annotations=("Căn cứ",))}, "Không hàng nào trả lời"),
        (
            {"model": model_with((*RULES, RULES[1]), annotations=("Căn cứ",))},
            "Hàng 2 và 3 cùng trả lời",
        ),
        ({"model": model_with(tuple(replace(r, notes=()) for r in RULES))}, "chưa có cột “Căn cứ”"),
        (
            {
                "model": model_with(
                    (RULES[0], replace(RULES[1], notes=("",))), annotations=("Căn cứ",)
                )
            },
            "hàng 2: chưa ghi căn cứ",
        ),
        ({"examples": [{**EXAMPLES[0], "amount_vnd": 1}]}, "bảng cho ra 15000 đồng, người lập"),
        ({"examples": []}, "Chưa có ví dụ"),
        ({"basis": " "}, "Chưa ghi đủ văn bản"),
        ({"basis_on": None}, "Chưa ghi đủ văn bản"),
        ({"basis_issuer": ""}, "Chưa ghi đủ văn bản"),
    ],
)
def test_a_table_that_is_not_proven_is_not_published(
    changes: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(BadFeeTable, match=complaint):
        publish(**changes)
    draft = draft_of(CODE)
    assert draft is not None


@pytest.mark.parametrize("code", ["Lệ phí", "LE", "a--b", ""])
def test_a_code_is_plain(code: str) -> None:
    with pytest.raises(BadFeeTable, match="chữ thường không dấu"):
        save_table(replace(TABLE, code=code), by=EDITOR, at=NOW)


def test_two_editors_do_not_overwrite_each_other() -> None:
    first = save_table(TABLE, by=EDITOR, at=NOW)
    seen = first.digest
    save_table(replace(TABLE, model=DEARER, seen=seen), by=EDITOR, at=NOW)
    with pytest.raises(TableMoved, match="Người khác vừa lưu"):
        save_table(replace(TABLE, seen=seen), by=EDITOR, at=NOW)
    with pytest.raises(TableMoved, match="vừa được sửa"):
        publish_table(first.pk, seen, by=EDITOR, at=NOW)


def test_a_draft_that_somebody_began_meanwhile_is_not_written_over() -> None:
    publish()
    begun = save_table(replace(TABLE, model=DEARER, seen=NO_DRAFT), by=EDITOR, at=NOW)
    with pytest.raises(TableMoved):
        save_table(replace(TABLE, seen=NO_DRAFT), by=EDITOR, at=NOW)
    draft = draft_of(CODE)
    assert draft is not None
    assert draft.digest == begun.digest


def test_a_new_table_does_not_take_the_code_of_another() -> None:
    publish()
    with pytest.raises(BadFeeTable, match="Đã có bảng mã"):
        save_table(replace(TABLE, name="Tên khác", seen=NO_TABLE), by=EDITOR, at=NOW)
    assert versions_of(CODE)[0].table.name == TABLE.name


def test_nobody_writes_or_publishes_without_the_power() -> None:
    lan = Actor(id=901, name="Lan")
    with pytest.raises(NotAllowed):
        save_table(TABLE, by=lan, at=NOW)
    draft = save_table(TABLE, by=EDITOR, at=NOW)
    with pytest.raises(NotAllowed):
        publish_table(draft.pk, draft.digest, by=lan, at=NOW)


@pytest.mark.parametrize(
    "changes", [{"model": ""}, {"examples": []}, {"state": "draft"}, {"basis_issuer": "x"}]
)
def test_the_database_refuses_to_rewrite_what_was_published(changes: dict[str, Any]) -> None:
    version = publish()
    with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        FeeTableVersion.objects.filter(pk=version.pk).update(**changes)
    with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        version.delete()


def test_a_draft_may_be_thrown_away_but_not_twice() -> None:
    draft = save_table(TABLE, by=EDITOR, at=NOW)
    drop_draft(draft.pk, by=EDITOR, at=NOW)
    with pytest.raises(NoSuchTable):
        drop_draft(draft.pk, by=EDITOR, at=NOW)


def test_the_list_shows_what_is_in_force_and_who_is_writing() -> None:
    publish()
    save_table(replace(TABLE, code="khac", name="Ấn phí"), by=EDITOR, at=NOW)
    shown = tables_on(TODAY)
    assert [(one.name, one.in_force is not None, one.has_draft) for one in shown] == [
        ("Ấn phí", False, True),
        ("Lệ phí xác nhận", True, False),
    ]


def test_amounts_are_told_beforehand_unless_they_are_reckoned() -> None:
    publish()
    reckoned = (Rule(("-",), ("5000 * so_ban", "-"), ("TT 1",)),)
    publish(
        code="tinh",
        model=model_with(reckoned, annotations=("Căn cứ",)),
        examples=[{"name": "hai", "facts": {"so_ban": 2}, "amount_vnd": 10000}],
    )
    assert [amounts_on(code, on=TODAY) for code in (CODE, "tinh", "la")] == [(0, 15000), (), ()]
