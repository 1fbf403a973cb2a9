"""What a dossier costs: lines by table, with the rule that fired, or why it is not known."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.casework.fees.queries.due import amount_words, fees_due, is_free
from motcua.casework.procedures.api import (
    BadDefinition,
    FilingChannel,
    parse_text,
    publish_version,
    save_draft,
)
from motcua.casework.procedures.tests.make import TEXT
from motcua.lib.tongue import in_english

from .make import EDITOR, FIRST_DAY, NOW, RULES, TABLE, _fresh, model_with, publish

__all__ = ["_fresh"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_fresh")]
BY_TABLE = (
    TEXT.format(code="1.004873")
    .replace("amount_vnd: 15000", f"table: {TABLE.code}, per: bản")
    .replace("exempt_when: ho_ngheo = true, ", "")
)
DEFINITION = parse_text(BY_TABLE)
ON = {"filed_on": date(2026, 3, 2)}


def due(**facts: object) -> list[tuple[int, str, str, str]]:
    found = fees_due(DEFINITION, "thuong", FilingChannel.COUNTER, {**ON, **facts})
    return [(one.amount_vnd, one.reason, one.rule, one.trouble) for one in found]


def test_a_line_is_decided_per_unit_and_says_by_which_row() -> None:
    publish()
    rule = f"{TABLE.name}, phiên bản 1: Lệ phí, hàng 2"
    assert due(so_ban=3) == [(45000, "Nghị quyết 12/2025/NQ-HĐND", rule, "")]


def test_an_exempt_line_stands_there_with_its_reason() -> None:
    publish()
    rule = f"{TABLE.name}, phiên bản 1: Lệ phí, hàng 1"
    reason = "Hộ nghèo; Luật Phí và lệ phí, Điều 10"
    assert due(so_ban=3, ho_ngheo=True) == [(0, reason, rule, "")]


def put_in_force(text: str, on: date) -> str:
    """Publish a procedure that names the table; answer its state or the complaint."""
    draft = save_draft(text, by=EDITOR, at=NOW, valid_from=on)
    try:
        return publish_version(draft.pk, by=EDITOR, at=NOW).state
    except BadDefinition as error:
        return str(error)


def test_a_procedure_is_not_published_with_a_table_that_does_not_exist() -> None:
    assert put_in_force(BY_TABLE, FIRST_DAY) == (
        "Khoản thu “Lệ phí xác nhận” dùng bảng thu “le-phi-xac-nhan”, nhưng"
        " không có bảng nào mang mã ấy; hãy sửa mã, hoặc lập và công bố bảng trước."
    )


def test_a_procedure_is_published_once_its_table_is_in_force_on_its_first_day() -> None:
    publish()
    before = put_in_force(BY_TABLE, FIRST_DAY - timedelta(days=1))
    assert "không có phiên bản nào có hiệu lực ngày 30/06/2025" in before
    assert put_in_force(BY_TABLE, FIRST_DAY) == "published"


def test_an_amount_that_cannot_be_known_is_not_taken_for_free() -> None:
    told = "Chưa có mức thu “le-phi-xac-nhan” có hiệu lực ngày 02/03/2026."
    assert due(so_ban=1) == [(0, "", "", told)]


def test_a_fact_of_another_sort_is_named() -> None:
    publish()
    told = "“Hộ nghèo” phải là đúng/sai (true, false), nhưng đang là “có”."
    assert due(so_ban=1, ho_ngheo="có") == [(0, "", "", told)]


def test_what_it_costs_is_told_beforehand() -> None:
    line = DEFINITION.fees[0]
    before = amount_words(line, on=ON["filed_on"])
    publish()
    after = amount_words(line, on=ON["filed_on"])
    assert (before, after) == (
        "tính theo bảng mức thu",
        "0 đồng đến 15.000 đồng/bản, tùy trường hợp",
    )


@pytest.mark.parametrize(("per", "english"), [("bản", "/copy"), ("bó đuốc", "/bó đuốc")])
def test_what_is_counted_is_said_in_english_too(per: str, english: str) -> None:
    publish()
    line = replace(DEFINITION.fees[0], per=per)
    assert english in in_english(amount_words(line, on=ON["filed_on"]))


def test_where_some_rows_are_reckoned_the_usual_amount_is_told() -> None:
    line = DEFINITION.fees[0]
    reckoned = (replace(RULES[0], outputs=("1000 * 2", '"Hộ nghèo"')), RULES[1])
    publish(
        model=model_with(reckoned, annotations=("Căn cứ",)),
        examples=[{"name": "thường", "facts": {}, "amount_vnd": 15000}],
    )
    assert amount_words(line, on=ON["filed_on"]) == "thường là 15.000 đồng/bản"


def test_who_pays_nothing_is_told_so() -> None:
    publish()
    line = DEFINITION.fees[0]
    assert [is_free(line, {"ho_ngheo": one}) for one in (True, False)] == [True, False]
