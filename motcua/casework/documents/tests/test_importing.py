"""Documents of another system are taken over once, found, and never numbered by us."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from motcua.casework.documents.choices import Act, Direction, State
from motcua.casework.documents.errors import DocumentError, SecretDocument
from motcua.casework.documents.models import Document, DocumentMove
from motcua.casework.documents.operations.arriving import correct_entry
from motcua.casework.documents.operations.directing import reopen
from motcua.casework.documents.operations.importing import (
    Taken,
    import_records,
    import_target,
)
from motcua.casework.documents.queries.chained import verify_moves
from motcua.casework.documents.queries.lists import documents_for
from motcua.casework.documents.rules.records import Record, Unread, read_record, rows_of
from motcua.lib.actor import SYSTEM
from motcua.lib.errors import BadInput, NotAllowed

from .make import (
    ENTRY,
    MONDAY,
    Office,
    make_arrival,
    make_clerk,
    make_office,
    make_registered,
    other,
)
from .records import CSV, LINES

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def written(tmp_path: Path, text: str = LINES, name: str = "cu.jsonl") -> Path:
    path = tmp_path / name
    path.write_text(text)
    return path


def run(path: Path, *more: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(
        "documents_import", str(path), "--agency", "H18.101", *more, stdout=out, stderr=err
    )
    return out.getvalue().strip(), err.getvalue().strip()


def record_of(office: Office, **more: str) -> Record:
    raw = {"tieuDe": "Về việc A", "soHieu": "9/SNV", "coQuanBanHanh": "Sở Nội vụ", **more}
    assert office.agency_id
    return read_record(1, raw, TODAY)


def test_what_can_be_taken_is_taken_and_the_rest_is_named(tmp_path: Path) -> None:
    make_office()

    out, err = run(written(tmp_path))

    assert out == ("7 dòng: 2 mới nhập, 0 đã nhập lần trước, 1 trùng với văn bản đã có, 4 từ chối.")
    assert [line.partition(":")[0] for line in sorted(err.splitlines())] == [
        "cu.jsonl, dòng 4",
        "cu.jsonl, dòng 6",
        "cu.jsonl, dòng 7",
        "cu.jsonl, dòng 8",
    ]


def test_a_second_run_brings_nothing_new(tmp_path: Path) -> None:
    make_office()
    path = written(tmp_path)
    run(path)

    out, _ = run(path)

    assert out.startswith("7 dòng: 0 mới nhập, 2 đã nhập lần trước, 1 trùng")


def test_numbers_are_written_in_one_way(tmp_path: Path) -> None:
    make_office()

    run(written(tmp_path))

    found = Document.objects.order_by("sort_at").values_list("number", "notation", "direction")
    assert list(found) == [
        ("07", "2025/QĐ-UBND", Direction.INCOMING),
        ("15", "TB-UBND", Direction.OUTGOING),
    ]


def test_what_is_imported_has_no_number_of_ours_and_says_where_it_comes_from(
    tmp_path: Path,
) -> None:
    make_office()

    run(written(tmp_path), "--source", "QLVB cũ")

    one = Document.objects.get(imported_ref="11")
    move = DocumentMove.objects.get(document=one)
    assert (one.state, one.is_open, one.book_id, one.ordinal) == (State.DONE, False, None, None)
    assert (one.imported_from, move.act, move.note) == ("QLVB cũ", Act.IMPORT, "Nhập từ QLVB cũ.")
    assert move.detail["as_written"] == "'07/2025/QĐ-UBND"
    assert verify_moves([move]) is None


def test_the_database_refuses_a_number_of_ours_on_what_was_imported() -> None:
    office = make_office()
    registered = make_registered(office)

    with pytest.raises(IntegrityError, match="imported_takes_no_number"):
        Document.objects.filter(pk=registered.pk).update(imported_from="cũ", imported_ref="1")


def test_a_document_that_came_by_itself_is_not_imported_beside() -> None:
    office = make_office()
    held = make_arrival(office, other(number="0009", notation="SNV", issued_on=TODAY))
    into = import_target("H18.101", "cũ", at=MONDAY)

    record = record_of(office, ngayBanHanh="02/03/2026")
    outcome = import_records([record], into, by=SYSTEM, at=MONDAY)[0]

    assert (outcome.taken, outcome.code) == (Taken.SAME, held.code)


def test_the_clerk_finds_what_was_imported_and_another_office_does_not(tmp_path: Path) -> None:
    office, stranger = (
        make_clerk(make_office()),
        make_office("H18.102", "UBND xã Nà Tấu", first=701),
    )
    run(written(tmp_path))

    assert len(documents_for(office.dung).rows) == 2
    assert documents_for(stranger.dung).rows == []


def test_what_was_imported_is_corrected_but_not_handled(tmp_path: Path) -> None:
    office = make_clerk(make_office())
    run(written(tmp_path))
    code = Document.objects.get(imported_ref="11").code

    corrected = correct_entry(code, ENTRY, "Sai trích yếu", by=office.dung, at=MONDAY)

    assert corrected.subject == ENTRY.subject
    with pytest.raises(DocumentError, match="chỉ để tra cứu"):
        reopen(code, "Xem lại", by=office.dung, at=MONDAY)


def test_only_the_system_imports() -> None:
    office = make_office()
    into = import_target("H18.101", "cũ", at=MONDAY)

    with pytest.raises(NotAllowed):
        import_records([record_of(office)], into, by=office.dung, at=MONDAY)


def test_a_trial_reads_and_takes_nothing(tmp_path: Path) -> None:
    make_office()

    out, _ = run(written(tmp_path), "--check")

    assert out == "7 dòng: 3 đọc được, 4 từ chối."
    assert not Document.objects.exists()


def test_the_report_has_every_line(tmp_path: Path) -> None:
    make_office()
    report = tmp_path / "ket-qua.csv"

    run(written(tmp_path), "--report", str(report))

    rows = list(csv.DictReader(report.read_text("utf-8-sig").splitlines()))
    assert sorted(int(row["dòng"]) for row in rows) == [2, 3, 4, 5, 6, 7, 8]


def test_an_agency_nobody_knows_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"Không có cơ quan nào mã H18\.101"):
        run(written(tmp_path))


def test_a_table_with_a_head_is_read_and_keeps_the_number_it_had_there(tmp_path: Path) -> None:
    make_office()

    out, _ = run(written(tmp_path, CSV, "cu.csv"))

    one = Document.objects.get()
    assert out.startswith("1 dòng: 1 mới nhập")
    assert (one.number, one.notation, one.issued_on) == ("21", "GM-SNV", date(2025, 3, 4))
    assert DocumentMove.objects.get().detail["ordinal_there"] == "118"


def test_a_record_without_a_name_of_its_own_gets_the_same_one_each_time() -> None:
    raw = {"trich_yeu": "Về việc A", "coQuanBanHanh": "Sở Nội vụ"}

    refs = {read_record(line, raw, TODAY).ref for line in (1, 2)}

    assert [len(ref) for ref in refs] == [32]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ngayBanHanh": "31/02/2025"}, "không phải một ngày có thật"),
        ({"ngayBanHanh": "31/12/2031"}, "ở tương lai"),
        ({"coQuanBanHanh": " "}, "Thiếu cơ quan ban hành"),
        ({"soHieu": f"1/{'A' * 61}"}, "quá dài"),
        ({"tieuDe": "a" * 1001}, "dài hơn 1000 ký tự"),
    ],
)
def test_a_line_that_cannot_be_taken_says_why(changes: dict[str, str], says: str) -> None:
    raw = {"tieuDe": "A", "soHieu": "1/QĐ", "coQuanBanHanh": "Sở Nội vụ", **changes}

    with pytest.raises(BadInput, match=says):
        read_record(1, raw, TODAY)


def test_a_state_secret_is_not_taken_over() -> None:
    raw = {"tieuDe": "A", "coQuanBanHanh": "Sở Nội vụ", "Độ mật": "TỐI MẬT"}

    with pytest.raises(SecretDocument):
        read_record(1, raw, TODAY)


def test_lines_that_are_no_records_are_told_one_by_one() -> None:
    rows = [
        row for _, row in rows_of("a.jsonl", ["[1]\n", "\n", "{", f'{{"a": "{"b" * 100_001}"}}'])
    ]

    assert [type(row) for row in rows] == [Unread, Unread, Unread]
