"""Rows say what is wrong with them, by column; papers are found, missing, or refused."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DataError, connection

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Dossier, Kept, search_dossiers, whole
from motcua.casework.dossiers.tests.make import get_dossier
from motcua.casework.migration.choices import Field, RunKind, RunState, Verdict
from motcua.casework.migration.errors import NoSuchSource, Unreadable
from motcua.casework.migration.management.commands._migrating import OPERATOR
from motcua.casework.migration.models import Line, Run, Source
from motcua.casework.migration.operations import papers as reading
from motcua.casework.migration.operations import running
from motcua.casework.migration.operations.asking import approve_run, ask_run, stop_run
from motcua.casework.migration.operations.sources import add_papers
from motcua.casework.migration.operations.turns import go_on_with_next
from motcua.casework.migration.rules.mapping import from_text
from motcua.casework.procedures import api as procedures
from motcua.foundation.people import api as people

from .make import (
    LATER,
    OPEN,
    PAST,
    QUAN,
    TRI,
    bring,
    changed,
    lines,
    make_all,
    make_csv,
    make_source,
    make_table,
    make_xlsx,
    map_columns,
    map_values,
    run_table,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "column", "reason"),
    [
        ({"procedure": "9.999999"}, "Mã TTHC", "chưa biết đổi ra gì"),
        ({"agency": "UBND xã Không Có"}, "Cơ quan", "Không có cơ quan"),
        ({"received": "31/02/2026"}, "Ngày tiếp nhận", "không phải ngày giờ"),
        ({"received": "31/12/2029"}, "Ngày tiếp nhận", "ở tương lai"),
        ({"due": ""}, "Ngày hẹn trả", "phải có lúc hẹn trả"),
        ({"due": "01/02/2026"}, "Ngày hẹn trả", "đứng trước lúc"),
        ({"name": ""}, "Chủ hồ sơ", "Thiếu tên"),
        ({"code": ""}, "Mã hồ sơ", "Thiếu mã"),
    ],
)
def test_a_wrong_row_is_refused_with_its_column(
    words: dict[str, str], column: str, reason: str
) -> None:
    make_all()
    run = bring(make_source(), changed(OPEN, **words), OPEN)
    line = Line.objects.get(run=run, row=2)
    assert (line.verdict, line.column) == (Verdict.REFUSED, column)
    assert reason in line.reason
    assert Line.objects.get(run=run, row=3).verdict == Verdict.NEW


def test_the_same_key_twice_in_one_table_is_one_dossier() -> None:
    make_all()
    run = bring(make_source(), OPEN, changed(OPEN, name="Người khác"))
    assert lines(run)[1] == (3, Verdict.REFUSED, "Trùng khóa với dòng 2.")


def test_a_code_that_no_address_can_hold_is_found_by_the_old_one() -> None:
    commune = make_all()
    bring(make_source(), changed(OPEN, code="15/TNHS-2026"))
    assert get_dossier("15-TNHS-2026").origin == "mã cũ 15/TNHS-2026"
    found = search_dossiers("15/TNHS-2026", by=commune.mai, at=LATER)
    assert [row.code for row in found.rows] == ["15-TNHS-2026"]


def test_a_number_of_somebody_else_is_reported_and_nobody_is_mistaken() -> None:
    make_all()
    other = people.PersonFacts(full_name="Vàng A Dế", personal_id="011095000123")
    person = people.remember_person(other, by=QUAN, at=LATER)
    run = bring(make_source(), PAST)
    assert "số định danh đã có với tên khác" in lines(run)[0][2]
    assert get_dossier(PAST[0]).applicant_person_id is None
    person.refresh_from_db()
    assert (person.full_name, person.phone) == ("Vàng A Dế", "")


def make_zip(**papers: bytes) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in papers.items():
            made.writestr(f"2024/{name.replace('_', '.')}", content)
    out.seek(0)
    return out


def test_papers_are_kept_examined_and_what_is_missing_is_said() -> None:
    make_all()
    source = make_source()
    papers = make_zip(don_txt="Đơn đề nghị".encode(), gia_pdf=b"khong phai pdf")
    add_papers(source, "tep.zip", papers, by=QUAN, at=LATER)
    run = bring(source, changed(PAST, files="don.txt|gia.pdf|mat.pdf"))
    reason = lines(run)[0][2]
    assert "thiếu tệp mat.pdf" in reason
    assert "tệp gia.pdf không nhận" in reason
    [paper] = whole(get_dossier(PAST[0])).papers
    assert (paper.file_name, paper.file_id is not None) == ("don.txt", True)


def test_papers_of_too_many_entries_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    source = make_source()
    add_papers(source, "tep.zip", make_zip(a_txt=b"a", b_txt=b"b"), by=QUAN, at=LATER)
    monkeypatch.setattr(reading, "_MOST_ENTRIES", 1)
    with (
        pytest.raises(Unreadable, match=r"tep.zip có quá 1 mục; hãy chia thành nhiều tệp ZIP"),
        reading.papers_of(source, LATER + timedelta(minutes=1)),
    ):
        pass


def test_a_workbook_with_formulas_brings_what_excel_has_stored() -> None:
    make_all()
    source = make_source()
    row = ["" if cell == "" else cell for cell in OPEN]
    table = make_table(source, make_xlsx(row, [*row[:3], "=A2", *row[4:]]), "ho-so.xlsx")
    run = run_table(source, table)
    assert "1 ô công thức chưa có giá trị lưu sẵn" in " ".join(run.notes)
    assert lines(run)[1][1] == Verdict.REFUSED
    assert "ô D3 là công thức chưa có giá trị lưu sẵn" in lines(run)[1][2]


def test_a_run_cut_off_goes_on_where_its_last_batch_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    make_all()
    monkeypatch.setattr(running, "BATCH", 2)
    source = make_source()
    rows = [changed(OPEN, code=f"H18.101-260225-{n:04d}") for n in range(1, 8)]
    run = ask_run(source, make_table(source, make_csv(*rows)), RunKind.CARRY, by=QUAN, at=LATER)
    approve_run(run.code, by=TRI, at=LATER)
    real = running._write  # noqa: SLF001 -- the process is killed inside it
    calls = []

    def killed(*args: object, **more: object) -> None:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        real(*args, **more)  # type: ignore[arg-type]  # -- handed on

    monkeypatch.setattr(running, "_write", killed)
    with pytest.raises(KeyboardInterrupt):
        go_on_with_next(at=LATER, seconds=60)
    cut_off = Run.objects.get(pk=run.pk)
    assert (cut_off.state, cut_off.rows, Dossier.objects.count()) == (RunState.RUNNING, 4, 4)
    go_on_with_next(at=LATER, seconds=60)
    run.refresh_from_db()
    assert (run.state, run.rows, Dossier.objects.count()) == (RunState.DONE, 7, 7)


def test_a_stopped_run_stays_where_it_stands() -> None:
    make_all()
    source = make_source()
    run = ask_run(source, make_table(source, make_csv(OPEN)), RunKind.CHECK, by=QUAN, at=LATER)
    stop_run(run.code, by=TRI, at=LATER)
    assert not go_on_with_next(at=LATER, seconds=1)
    assert not Line.objects.filter(run=run).exists()


def test_a_column_that_left_the_table_stops_the_run_and_says_so() -> None:
    make_all()
    source = make_source()
    bring(source, OPEN)
    table = make_table(source, make_csv(OPEN).replace("Chủ hồ sơ".encode(), b"Ten"))
    run = run_table(source, table)
    assert (run.state, run.trouble) == (
        RunState.STOPPED,
        "Bảng không có cột: Chủ hồ sơ; hãy sửa ở “Cột nào là gì”.",
    )


def test_an_old_word_is_ours_when_somebody_says_so() -> None:
    make_all()
    source = make_source()
    row = changed(OPEN, procedure="XNHN-01", agency="Xã Phăng cũ")
    assert lines(bring(source, row))[0][1] == Verdict.REFUSED
    map_values(source, Field.PROCEDURE, **{"XNHN-01": "1.004873"})
    map_values(source, Field.AGENCY, **{"Xã Phăng cũ": "H18.101"})
    assert lines(bring(source, row))[0][1] == Verdict.NEW


def test_commands_try_bring_report_and_undo(tmp_path: Path) -> None:
    make_all()
    table, out = tmp_path / "ho-so.csv", io.StringIO()
    table.write_bytes(make_csv(PAST, OPEN))
    asked = (str(table), "--source", "Cũ")
    call_command("migration_propose", str(table), stdout=out)
    call_command("migration_check", *asked, stdout=out)
    assert not Dossier.objects.exists()
    call_command("migration_run", *asked, "--report", str(tmp_path / "bao-cao.csv"), stdout=out)
    assert Dossier.objects.count() == 2
    assert PAST[0] in (tmp_path / "bao-cao.csv").read_text()
    call_command("migration_report", stdout=out)
    code = Run.objects.get(kind=RunKind.CARRY).code
    call_command("migration_undo", code, stdout=out)
    assert not Dossier.objects.exists()
    assert f"Đã gỡ 2 hồ sơ của lần {code}." in out.getvalue()
    with pytest.raises(CommandError, match="Chỉ hủy được"):
        call_command("migration_undo", code, stdout=out)
    assert connection.in_atomic_block


def test_a_row_the_database_refuses_stops_no_other_and_spoils_no_correction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_all()
    source = make_source()
    bring(source, OPEN)
    real, refused = dossiers.bring, "H18.101-260225-0099"

    def broken(many: Sequence[Kept], **more: Any) -> list[Dossier]:
        if refused in {one.code for one in many}:
            raise DataError("value out of range")
        return real(many, **more)

    monkeypatch.setattr(dossiers, "bring", broken)
    third = changed(OPEN, code="H18.101-260225-0100")
    run = bring(source, changed(OPEN, name="Cà Thị Ính"), changed(OPEN, code=refused), third)
    assert [verdict for _, verdict, _ in lines(run)] == ["changed", "refused", "new"]
    assert "cơ sở dữ liệu không nhận" in lines(run)[1][2]
    assert get_dossier(OPEN[0]).applicant_name == "Cà Thị Ính"


def test_who_acts_between_judging_and_writing_keeps_the_dossier(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_all()
    source = make_source()
    bring(source, OPEN)
    monkeypatch.setattr(dossiers, "versions_of", lambda codes: dict.fromkeys(codes, 1))
    Dossier.objects.update(version=2)
    run = bring(source, changed(OPEN, name="Cà Thị Ính"))
    assert (run.state, lines(run)[0][1]) == (RunState.DONE, Verdict.KEPT)
    assert get_dossier(OPEN[0]).applicant_name == OPEN[3]


def test_a_mapping_or_file_that_is_good_no_more_stops_the_run_in_words() -> None:
    make_all()
    source = make_source()
    run = ask_run(source, make_table(source, make_csv(OPEN)), RunKind.CHECK, by=QUAN, at=LATER)
    Run.objects.filter(pk=run.pk).update(mapping='{"encoding": "ebcdic"}')
    go_on_with_next(at=LATER, seconds=5)
    run.refresh_from_db()
    assert (run.state, "bảng mã" in run.trouble) == (RunState.STOPPED, True)


def test_what_a_command_began_the_worker_leaves_to_it() -> None:
    make_all()
    source = make_source()
    table = make_table(source, make_csv(OPEN))
    ask_run(source, table, RunKind.CARRY, by=OPERATOR, at=LATER)
    assert not go_on_with_next(at=LATER, seconds=5)
    assert not Dossier.objects.exists()


def test_papers_that_came_after_a_run_was_asked_for_are_not_in_it() -> None:
    make_all()
    source = make_source()
    table = make_table(source, make_csv(changed(PAST, files="don.txt")))
    run = ask_run(source, table, RunKind.CARRY, by=QUAN, at=LATER)
    papers = make_zip(don_txt="Đơn đề nghị".encode())
    add_papers(source, "sau.zip", papers, by=TRI, at=LATER + timedelta(minutes=1))
    approve_run(run.code, by=TRI, at=LATER + timedelta(minutes=2))
    go_on_with_next(at=LATER + timedelta(minutes=3), seconds=60)
    assert "thiếu tệp don.txt" in lines(run)[0][2]


def test_a_key_too_long_is_refused_and_not_cut_to_anothers() -> None:
    make_all()
    source = make_source()
    table = make_table(source, make_csv(changed(OPEN, handler="k" * 101)))
    columns = {**from_text(source.mapping).columns, Field.REF: "Người xử lý"}
    columns.pop(Field.HANDLER)
    map_columns(source, columns=columns)
    run = run_table(source, table)
    assert "Khóa dài quá" in lines(run)[0][2]


def test_a_new_version_of_a_procedure_is_no_change_of_the_old_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_all()
    source = make_source()
    bring(source, PAST)
    real = procedures.find_in_force

    def newer(code: str, on: date) -> procedures.InForce | None:
        found = real(code, on)
        return found._replace(version_id=found.version_id + 1) if found else None

    monkeypatch.setattr(procedures, "find_in_force", newer)
    monkeypatch.setattr(dossiers, "check_brought", lambda *_, **__: None)
    assert [verdict for _, verdict, _ in lines(bring(source, PAST))] == [Verdict.SAME]


def test_a_table_of_another_system_is_not_run() -> None:
    make_all()
    table = make_table(make_source(), make_csv(OPEN))
    other = make_source("Hệ thống khác")
    other.mapping = Source.objects.exclude(pk=other.pk).get().mapping
    other.save()
    with pytest.raises(NoSuchSource):
        ask_run(other, table, RunKind.CHECK, by=QUAN, at=LATER)
