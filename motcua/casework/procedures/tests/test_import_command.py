import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from .sources import CHANNELS, as_lines, text_row, workbook

pytestmark = pytest.mark.django_db
LISTED = ["1.900009", "Nuôi vẹt", "Bộ Chim", "Sở Chim", "Chăn nuôi"]


def run(*words: str | Path) -> tuple[list[str], str]:
    """Run the command: its lines, and its complaints."""
    out, complaints = StringIO(), StringIO()
    call_command("procedures_import", *map(str, words), stdout=out, stderr=complaints)
    return out.getvalue().splitlines(), complaints.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    unclear = text_row(ma_thu_tuc="1.900002", cach_thuc_thuc_hien=f"{CHANNELS}Trực tiếp7Miễn phí")
    (tmp_path / "a.jsonl").write_bytes(as_lines(text_row(), unclear, text_row(ten_thu_tuc="")))
    (tmp_path / "b.xlsx").write_bytes(workbook(LISTED))
    return tmp_path


def test_the_last_line_is_json(folder: Path) -> None:
    lines, complaints = run(folder, "--json")

    assert json.loads(lines[-1]) == {
        "created": 3,
        "updated": 0,
        "unchanged": 0,
        "unclear": 1,
        "kept_as_draft": 0,
        "refused": 1,
        "broken": 0,
    }
    assert complaints == "a.jsonl, dòng 3: Thiếu tên thủ tục.\n"


def test_a_second_run_changes_nothing(folder: Path) -> None:
    run(folder)

    lines, _ = run(folder / "a.jsonl", folder / "b.xlsx", "--json")

    told = json.loads(lines[-1])
    assert (told["created"], told["updated"], told["unchanged"], told["unclear"]) == (0, 0, 3, 1)


def test_people_read_a_line_for_each_file(folder: Path) -> None:
    lines, _ = run(folder)

    assert lines == [
        "a.jsonl: thêm 2, sửa 0, giữ nguyên 0; chưa rõ 1; chờ người so lại 0; từ chối 1 dòng.",
        "b.xlsx: thêm 1, sửa 0, giữ nguyên 0; chưa rõ 0; chờ người so lại 0; từ chối 0 dòng.",
    ]


def test_a_broken_file_does_not_stop_the_others_but_fails_the_command(folder: Path) -> None:
    (folder / "a.bin").write_bytes(b"\xff\xfe")
    out, complaints = StringIO(), StringIO()

    with pytest.raises(CommandError, match="Không đọc được 2 tệp"):
        call_command(
            "procedures_import",
            str(folder / "a.bin"),
            str(folder / "none"),
            str(folder / "b.xlsx"),
            "--json",
            stdout=out,
            stderr=complaints,
        )

    told = json.loads(out.getvalue().splitlines()[-1])
    assert (told["created"], told["broken"]) == (1, 2)
    assert complaints.getvalue().splitlines() == [
        "a.bin: Tệp không phải văn bản UTF-8, cũng không phải .xlsx.",
        "none: Không mở được tệp.",
    ]
