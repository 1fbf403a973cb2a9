"""Past dossiers come in closed, open ones at their step; what is brought twice is there once."""

import pytest

from motcua.casework.dossiers.api import (
    Act,
    Dossier,
    DossierMove,
    DossierStep,
    PaperIn,
    Status,
    complete_step,
    decide,
    explain,
    return_outcome,
    supply,
    verify_moves,
    whole,
    worklist_for,
)
from motcua.casework.dossiers.tests.make import get_dossier, open_step
from motcua.casework.migration.choices import Field, RunKind, RunState, Verdict
from motcua.casework.migration.errors import RunBusy
from motcua.casework.migration.models import Item, Run, Source
from motcua.casework.migration.operations import asking, running
from motcua.casework.migration.operations.asking import JOB, approve_run, ask_run, undo_run
from motcua.casework.migration.operations.turns import go_on_with_next
from motcua.casework.migration.rules.mapping import from_text
from motcua.foundation.jobs import api as jobs
from motcua.foundation.ledger import api as ledger
from motcua.foundation.people.api import find_person_by_number
from motcua.lib.clock import local
from motcua.lib.errors import NotAllowed

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
    map_columns,
    map_values,
    run_table,
)

OLDER = "ngày nộp chưa có phiên bản thủ tục, dùng phiên bản hiện hành"
pytestmark = pytest.mark.django_db


def test_a_past_dossier_comes_in_closed_and_its_history_is_one_marked_move() -> None:
    make_all()
    run = bring(make_source(), PAST)
    assert (run.state, lines(run)) == (RunState.DONE, [(2, Verdict.NEW, OLDER)])
    found = get_dossier(PAST[0])
    assert (found.status, found.applicant_name) == (Status.RETURNED, "Lò Văn Pâng")
    assert f"{local(found.closed_at or LATER):%d/%m/%Y}" == "10/01/2024"
    moves = list(DossierMove.objects.filter(dossier=found))
    assert [(one.act, one.by_name) for one in moves] == [(Act.IMPORT, QUAN.name)]
    assert "Chuyển từ Một cửa điện tử cũ; hệ thống cũ ghi" in moves[0].note
    assert verify_moves(moves) is None
    assert ledger.witnesses["dossiers"].testimonies(0, 10) == []
    person = find_person_by_number("011095000123")
    assert person is not None
    assert found.applicant_person_id == person.pk


def test_an_open_dossier_keeps_its_promise_and_is_handled_to_the_end() -> None:
    commune = make_all()
    bring(make_source(), OPEN)
    found = get_dossier(OPEN[0])
    promised = found.due_at
    assert f"{local(promised or LATER):%H:%M %d/%m/%Y}" == "17:00 20/03/2026"
    assert found.due_originally_at == promised
    assert "Hệ thống cũ đã hẹn 17:00 ngày 20/03/2026" in explain(found.code)
    assert found.code in {row.code for row in worklist_for(commune.mai).rows}
    for by in (commune.mai, commune.hoa):
        complete_step(found.code, open_step(found.code).seq, by=by, at=LATER)
    decide(found.code, open_step(found.code).seq, by=commune.hoa, at=LATER)
    return_outcome(found.code, handed_to="Cà Thị Inh", handed_how="CCCD", by=commune.binh, at=LATER)
    ended = get_dossier(found.code)
    assert (ended.status, ended.due_originally_at) == (Status.RETURNED, promised)


def test_a_dossier_that_waits_for_its_applicant_goes_on_when_supplied() -> None:
    commune = make_all()
    source = make_source()
    row = changed(OPEN, status="Yêu cầu bổ sung", finished="")
    refused = bring(source, row)
    assert "phải có lúc yêu cầu" in lines(refused)[0][2]
    head = make_csv(row).decode().replace("Ngày xong", "Ngày yêu cầu bổ sung")
    content = head.replace("20/03/2026;;", "20/03/2026;02/03/2026 08:00;")
    columns = {**from_text(source.mapping).columns, Field.ASKED: "Ngày yêu cầu bổ sung"}
    columns.pop(Field.FINISHED)
    map_columns(source, columns=columns)
    run_table(source, make_table(source, content.encode()))
    found = get_dossier(OPEN[0])
    assert (found.status, found.supplements) == (Status.AWAITING_APPLICANT, 1)
    promised = found.due_at
    supply(found.code, [PaperIn("to-khai", "Tờ khai sửa")], by=commune.binh, at=LATER)
    after = get_dossier(found.code)
    assert (after.status, after.due_originally_at) == (Status.PROCESSING, promised)
    assert after.due_at is not None
    assert promised is not None
    assert after.due_at > promised
    assert "nay hẹn" in explain(found.code)


def test_what_is_brought_twice_is_there_once_and_a_correction_there_is_taken() -> None:
    make_all()
    source = make_source()
    bring(source, PAST, OPEN)
    again = bring(source, PAST, OPEN)
    assert [verdict for _, verdict, _ in lines(again)] == [Verdict.SAME, Verdict.SAME]
    done = changed(OPEN, status="Đã trả kết quả", finished="10/03/2026", returned="11/03/2026")
    later = bring(source, PAST, done)
    assert [verdict for _, verdict, _ in lines(later)] == [Verdict.SAME, Verdict.CHANGED]
    found = get_dossier(OPEN[0])
    assert found.status == Status.RETURNED
    assert not DossierStep.objects.filter(dossier=found, closed_at__isnull=True).exists()
    assert verify_moves(list(DossierMove.objects.filter(dossier=found).order_by("seq"))) is None
    assert Dossier.objects.count() == 2


def test_what_somebody_acted_on_here_stays_as_it_is_and_is_reported() -> None:
    commune = make_all()
    source = make_source()
    bring(source, OPEN)
    complete_step(OPEN[0], open_step(OPEN[0]).seq, by=commune.mai, at=LATER)
    later = bring(source, changed(OPEN, name="Cà Thị Ính"))
    assert lines(later)[0][1] == Verdict.KEPT
    assert "đã được xử lý ở đây" in lines(later)[0][2]
    assert get_dossier(OPEN[0]).applicant_name == "Cà Thị Inh"


def test_a_run_is_undone_as_long_as_nobody_acted() -> None:
    commune = make_all()
    source = make_source()
    first = bring(source, PAST)
    map_values(source, Field.STATUS, **{"Đang xử lý": Status.PROCESSING})
    second = bring(source, PAST, OPEN)
    undo_run(second.code, by=QUAN, at=LATER)
    while go_on_with_next(at=LATER, seconds=60):
        pass
    second.refresh_from_db()
    assert second.state == RunState.UNDONE
    assert list(Dossier.objects.values_list("code", flat=True)) == [PAST[0]]
    third = bring(source, OPEN)
    assert lines(third) == [(2, Verdict.NEW, "")]
    complete_step(OPEN[0], open_step(OPEN[0]).seq, by=commune.mai, at=LATER)
    with pytest.raises(RunBusy, match=f"đã có người xử lý hồ sơ chuyển vào, như {OPEN[0]}"):
        undo_run(third.code, by=QUAN, at=LATER)
    undo_run(first.code, by=QUAN, at=LATER)
    while go_on_with_next(at=LATER, seconds=60):
        pass
    assert list(Item.objects.values_list("code", flat=True)) == [OPEN[0]]


@pytest.mark.parametrize("kind", ["carry", "undo"])
def test_a_run_that_keeps_failing_is_stopped_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    make_all()
    source = make_source()
    run = bring(source, PAST) if kind == "undo" else asked_run(source)
    if kind == "undo":
        undo_run(run.code, by=QUAN, at=LATER)
    for name in ("_batch", "_take_back"):
        where = running if name == "_batch" else asking
        monkeypatch.setattr(where, name, broken)
    job = jobs.RecurringJob.objects.get_or_create(name=JOB, defaults={"next_at": LATER})[0]

    for failures in (0, 1):
        jobs.RecurringJob.objects.filter(pk=job.pk).update(failures=failures)
        with pytest.raises(ZeroDivisionError):
            go_on_with_next(at=LATER, seconds=1)
    jobs.RecurringJob.objects.filter(pk=job.pk).update(failures=2)
    has_more = go_on_with_next(at=LATER, seconds=1)

    run.refresh_from_db()
    assert (has_more, run.state, "ZeroDivisionError" in run.trouble) == (
        False,
        RunState.STOPPED,
        True,
    )
    assert "Báo bộ phận kỹ thuật" in run.trouble


def broken(*_: object, **__: object) -> bool:
    raise ZeroDivisionError


def asked_run(source: Source) -> Run:
    run = ask_run(source, make_table(source, make_csv(PAST)), RunKind.CARRY, by=QUAN, at=LATER)
    return approve_run(run.code, by=TRI, at=LATER)


def test_a_trial_writes_no_dossier_and_says_what_would_become_of_each_row() -> None:
    make_all()
    odd = changed(OPEN, code="X-260225-0008", status="Chờ trưởng phòng")
    run = bring(make_source(), PAST, odd, kind=RunKind.CHECK)
    verdicts = [verdict for _, verdict, _ in lines(run)]
    assert verdicts == [Verdict.NEW, Verdict.REFUSED]
    assert "Trạng thái “Chờ trưởng phòng” chưa biết đổi ra gì" in lines(run)[1][2]
    assert run.unmapped == {"status\tChờ trưởng phòng": 1}
    assert not Dossier.objects.exists()
    assert not Item.objects.exists()


def test_the_real_thing_needs_two_people() -> None:
    make_all()
    source = make_source()
    table = make_table(source, make_csv(PAST))
    run = ask_run(source, table, RunKind.CARRY, by=QUAN, at=LATER)
    assert run.state == RunState.ASKED
    assert not go_on_with_next(at=LATER, seconds=1)
    with pytest.raises(NotAllowed, match="Người lập không tự duyệt"):
        approve_run(run.code, by=QUAN, at=LATER)
    with pytest.raises(RunBusy, match="đang có một lần chạy"):
        ask_run(source, table, RunKind.CHECK, by=TRI, at=LATER)


def test_the_promise_of_before_is_said_to_be_that_of_the_old_system() -> None:
    make_all()
    bring(make_source(), OPEN)
    [change] = whole(get_dossier(OPEN[0])).due_changes
    assert (change.kind, change.ground) == ("imported", "Một cửa điện tử cũ")
