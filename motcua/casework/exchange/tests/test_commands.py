"""What people get who call the commands."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from .messages import PDF, make_message, make_status, read, write
from .test_spec import spec


def said(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.edxml"
    path.write_bytes(write(make_message()))
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.edxml"
    path.write_bytes(write(make_status()).replace(b"2026/10/01<", b"2026/02/30<"))
    return path


def test_a_valid_message_is_called_so(good: Path) -> None:
    assert said("exchange_check", str(good)) == "good.edxml: hợp lệ\n"


def test_what_is_wrong_is_said_and_the_exit_code_is_one(good: Path, bad: Path) -> None:
    out = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("exchange_check", str(good), str(bad), stdout=out)

    assert (ended.value.code, out.getvalue().splitlines()) == (
        1,
        [
            "good.edxml: hợp lệ",
            "bad.edxml: KHÔNG HỢP LỆ",
            "  Lỗi: dòng 19, PromulgationDate: “2026/02/30” không phải một ngày có thật. [date]",
        ],
    )


def test_the_answer_may_be_json(bad: Path) -> None:
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("exchange_check", str(bad), "--json", stdout=out)

    [answer] = json.loads(out.getvalue())
    assert (answer["file"], answer["valid"], answer["kind"]) == ("bad.edxml", False, "status")
    assert [(one["rule"], one["line"], one["severity"]) for one in answer["findings"]] == [
        ("date", 19, "error")
    ]


def test_a_message_of_tomorrow_is_wrong_today(good: Path) -> None:
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("exchange_check", str(good), "--at", "2026-09-30", stdout=out)

    assert "[future]" in out.getvalue()


def test_a_file_that_is_not_there_is_said() -> None:
    with pytest.raises(CommandError, match="Không đọc được"):
        said("exchange_check", "khong-co.edxml")


def test_an_officer_sees_what_it_says(good: Path) -> None:
    lines = said("exchange_show", str(good)).splitlines()

    assert lines[0] == (
        "Công văn 0123/SNV-CCHC ngày 01/10/2026 – V/v báo cáo kết quả giải quyết TTHC quý III"
    )
    assert lines[3:5] == [
        "Nơi gửi: Sở Nội vụ (H18.5)",
        "Nơi nhận: UBND xã Mường Phăng (H18.101)",
    ]
    assert lines[-1] == "Gói tin hợp lệ."


def test_an_officer_sees_what_is_wrong_with_it(bad: Path) -> None:
    lines = said("exchange_show", str(bad)).splitlines()

    assert lines[0] == "Trạng thái 03 (Đã tiếp nhận) lúc 09:15:00 01/10/2026"
    assert lines[-1].startswith("  Lỗi: dòng 19, PromulgationDate:")


def described(folder: Path, **changes: Any) -> Path:
    (folder / "0123.pdf").write_bytes(PDF)
    path = folder / "spec.json"
    path.write_text(json.dumps(spec(**changes)), encoding="utf-8")
    return path


def test_a_message_is_made_from_its_description(tmp_path: Path) -> None:
    target = tmp_path / "made.edxml"

    said("exchange_make", "--from", str(described(tmp_path)), "--out", str(target))

    reading = read(target.read_bytes())
    assert reading.message is not None
    assert getattr(reading.message, "subject", "") == "V/v báo cáo"


def test_a_message_is_printed_where_no_file_is_named(tmp_path: Path) -> None:
    printed = said("exchange_make", "--from", str(described(tmp_path)))

    assert (printed[:5], printed[-9:]) == ("<?xml", "</edXML>\n")


def test_a_description_that_makes_no_valid_message_leaves_no_file(tmp_path: Path) -> None:
    target = tmp_path / "made.edxml"
    path = described(tmp_path, subject="")

    with pytest.raises(CommandError, match="Phần tử “Subject” không có nội dung"):
        said("exchange_make", "--from", str(path), "--out", str(target))

    assert not target.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"attachments": [{"file": "x.pdf", "name": "x.pdf"}]}, "Không đọc được tệp “x.pdf”"),
        ({"subject": None}, "“subject” phải là một chuỗi chữ"),
    ],
)
def test_what_is_wrong_with_a_description_is_said(
    tmp_path: Path, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        said("exchange_make", "--from", str(described(tmp_path, **changes)))


def test_a_description_that_is_no_json_is_said(tmp_path: Path) -> None:
    path = tmp_path / "spec.json"
    path.write_text("{", encoding="utf-8")

    with pytest.raises(CommandError, match="không phải JSON"):
        said("exchange_make", "--from", str(path))
