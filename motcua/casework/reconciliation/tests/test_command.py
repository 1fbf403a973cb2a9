"""`./run motcua reconcile`: tried without a trace, kept when asked to, wrong files told."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from motcua.casework.payments.api import OrderState, get_order
from motcua.casework.reconciliation.models import Mismatch, Statement

from .make import ACCOUNT, csv_of, make_order, make_till

pytestmark = pytest.mark.django_db


def run(path: Path, *words: str) -> tuple[int, str]:
    out, code = StringIO(), 0
    try:
        call_command("reconcile", str(path), *words, stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, out.getvalue()


def told(path: Path, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(path, "--json", *words)[1])
    return found


def test_a_statement_is_tried_without_a_trace(tmp_path: Path) -> None:
    order = make_order(make_till())
    path = tmp_path / "sao-ke.csv"
    path.write_bytes(csv_of(("FT1", 150_000, order.code), ("FT2", 9_000, "khong ro")))

    found = told(path)

    assert (found["account"], found["lines"], found["matched"]) == (ACCOUNT, 2, 1)
    assert [(one["kind"], one["ref"]) for one in found["differences"]] == [("missing_here", "FT2")]
    assert (Statement.objects.count(), get_order(order.code).paid_vnd) == (0, 0)


def test_a_statement_is_kept_when_asked_to(tmp_path: Path) -> None:
    order = make_order(make_till())
    path = tmp_path / "sao-ke.csv"
    path.write_bytes(csv_of(("FT1", 150_000, order.code)))

    code, words = run(path, "--save")

    assert (code, Statement.objects.count(), Mismatch.objects.count()) == (0, 1, 0)
    assert get_order(order.code).state == OrderState.PAID
    assert "Khớp: 1 (150.000 đồng)" in words


def test_without_any_agency_everything_is_missing_here(tmp_path: Path) -> None:
    path = tmp_path / "sao-ke.csv"
    path.write_bytes(csv_of(("FT1", 150_000, "x"), ("FT1", 150_000, "x"), ("FT2", -5, "y")))

    code, words = run(path)

    assert code == 1
    assert "Sao kê có, sổ không có: 1\n" in words
    assert "Tiền ra chưa rõ: 1\n" in words
    assert "Lặp trong tệp: 1;" in words


@pytest.mark.parametrize(
    ("content", "more", "expected"),
    [
        (b"", (), "Tệp trống"),
        (b"a,b\n1,2\n", (), "Không thấy hàng tiêu đề"),
        (csv_of(("FT1", 5, "x")), ("--account", "999"), "của tài khoản khác"),
        (csv_of(("FT1", 5, "x")), ("--save",), "hãy nêu --agency"),
        (csv_of(("FT1", 5, "x")), ("--agency", "H99"), "Không có cơ quan"),
    ],
)
def test_what_cannot_be_compared_is_told(
    tmp_path: Path, content: bytes, more: tuple[str, ...], expected: str
) -> None:
    path = tmp_path / "sao-ke.csv"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=expected) as refused:
        run(path, *more)

    assert refused.value.returncode == 2


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Không đọc được"):
        run(tmp_path / "khong-co.csv")
