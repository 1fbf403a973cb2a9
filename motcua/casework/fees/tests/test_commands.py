"""`fees decide` and `fees check` answer for DMN files, without a database."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from motcua.lib.decisions import write_dmn

from .make import RULES, model_with


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "le-phi.dmn"
    path.write_bytes(write_dmn(model_with(annotations=("Căn cứ",))))
    return path


def run(*words: object) -> str:
    out = StringIO()
    call_command(*map(str, words), stdout=out)
    return out.getvalue()


def test_a_decision_is_told_with_the_row_that_fired(table: Path) -> None:
    told = json.loads(run("fees_decide", table, "--input", '{"ho_ngheo": true}'))
    assert (told["amount_vnd"], told["outputs"]) == (0, [{"amount_vnd": 0, "reason": "Hộ nghèo"}])
    assert told["rules"] == [
        {"row": 1, "id": "le-phi_rule_1", "basis": "Luật Phí và lệ phí, Điều 10"}
    ]


def test_a_sound_table_is_called_sound(table: Path) -> None:
    assert run("fees_check", table) == "Bảng trả lời mọi trường hợp, mỗi trường hợp một lần.\n"


def test_a_gap_is_told_and_fails(tmp_path: Path) -> None:
    path = tmp_path / "ho.dmn"
    path.write_bytes(write_dmn(model_with(RULES[:1], annotations=("Căn cứ",))))
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("fees_check", str(path), stdout=out)
    assert out.getvalue() == "Bảng “Lệ phí”: Không hàng nào trả lời khi Hộ nghèo sai.\n"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [("<a>", "không phải XML đọc được"), ("<a/>", "không phải mô hình DMN")],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "x.dmn"
    path.write_text(content)
    with pytest.raises(CommandError, match=complaint):
        run("fees_check", path)


def test_facts_that_give_no_answer_fail(table: Path) -> None:
    with pytest.raises(CommandError, match="phải là đúng/sai"):
        run("fees_decide", table, "--input", '{"ho_ngheo": "có"}')


def test_input_that_is_no_json_is_refused(table: Path) -> None:
    with pytest.raises(CommandError, match="không phải JSON"):
        run("fees_decide", table, "--input", "{")
