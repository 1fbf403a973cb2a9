"""`./run motcua vietqr`: the payload first, then words; what is wrong is told."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

PLAIN = (
    "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F"
)


def told(*words: str) -> list[str]:
    out = StringIO()
    call_command("vietqr", *words, stdout=out)
    return out.getvalue().splitlines()


def test_the_payload_stands_on_the_first_line() -> None:
    assert told("--bin", "970403", "--account", "0011012345678") == [
        PLAIN,
        "Ngân hàng: Sacombank (970403)",
        "Tài khoản: 0011012345678",
        "Số tiền: người trả tự nhập",
    ]


def test_a_code_is_read_back() -> None:
    lines = told("--read", PLAIN)

    assert lines[:2] == [PLAIN, "Ngân hàng: Sacombank (970403)"]


def test_the_picture_is_written(tmp_path: Path) -> None:
    place = tmp_path / "ma.svg"

    told("--bin", "970403", "--account", "0011012345678", "--svg", str(place))

    assert place.read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--account", "1"], "Thiếu --bin"),
        (["--bin", "970403"], "Thiếu --account"),
        (["--bin", "97o403", "--account", "1"], "đúng 6 chữ số"),
        (["--bin", "970403", "--account", "1", "--amount", "180.000"], "chữ số liền nhau"),
        (["--bin", "970403", "--account", "1", "--amount", "0"], "lớn hơn 0"),
        (["--bin", "970403", "--account", "1", "--purpose", "nộp phí"], "không dấu"),
        (["--bin", "970403", "--account", "1", "--purpose", "x" * 26], "dài 26 ký tự"),
        (["--read", "000201"], "không phải VietQR"),
        (["--bin", "970403", "--account", "1", "--svg", "/no/where.svg"], "Không ghi được"),
    ],
)
def test_wrong_input_is_told_in_words(words: list[str], expected: str) -> None:
    with pytest.raises(CommandError, match=expected) as refused:
        told(*words)

    assert refused.value.returncode == 2
