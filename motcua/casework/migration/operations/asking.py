"""Who may start a run: a trial anybody with the power, the real thing two people; and its undoing.

Source: docs/law/migration.md
"""

from collections.abc import Sequence
from datetime import datetime
from time import monotonic

from motcua.casework.dossiers import api as dossiers
from motcua.casework.migration.choices import ACTIVE, FileKind, RunKind, RunState
from motcua.casework.migration.errors import NoSuchSource, RunBusy
from motcua.casework.migration.models import Item, Run, Source, SourceFile
from motcua.casework.migration.rules.mapping import from_text, lacking
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.jobs import api as jobs
from motcua.lib import work
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.errors import BadInput, NotAllowed

from .running import actor_of
from .sources import new_code
from .spooling import drop_spool

JOB = "migration.go_on"
_BATCH = 100
_SHOWN = 5


@work.story
def ask_run(source: Source, table: SourceFile, kind: RunKind, *, by: Actor, at: datetime) -> Run:
    """Ask for a passage through a table; a trial begins at once, the real thing when approved.

    Raises: NotAllowed, RunBusy, BadInput where a needed column is not mapped.
    """
    by.require(Power.MIGRATE_DATA)
    locked = work.lock(Source, id=source.pk)
    if table.source_id != source.pk or table.kind != FileKind.TABLE:
        raise NoSuchSource("Không tìm thấy bảng này ở hệ thống cũ ấy.")
    if Run.objects.filter(source=source, state__in=[str(one) for one in ACTIVE]).exists():
        raise RunBusy("Hệ thống cũ này đang có một lần chạy; hãy đợi xong hoặc dừng lần ấy.")
    if not locked.mapping:
        raise BadInput("Chưa chọn cột nào là gì.", field="mapping")
    missing = lacking(from_text(locked.mapping))
    if missing:
        names = ", ".join(one.label for one in missing)
        raise BadInput(f"Chưa chọn cột cho: {names}.", field="mapping")
    starts_now = kind == RunKind.CHECK or by.kind == ActorKind.SYSTEM
    run = Run(
        id=work.new_id(Run),
        code=new_code(),
        source_id=source.pk,
        table_id=table.pk,
        kind=kind,
        state=RunState.QUEUED if starts_now else RunState.ASKED,
        mapping=locked.mapping,
        asked_at=at,
        asked_by_id=by.id,
        asked_by_name=by.name,
        approved_at=at if starts_now else None,
        approved_by_name=by.name if starts_now and kind == RunKind.CARRY else "",
    )
    work.add(run)
    _record("asked", run, by=by, at=at)
    if starts_now:
        jobs.hurry(JOB, at=at)
    return run


@work.story
def approve_run(code: str, *, by: Actor, at: datetime) -> Run:
    """Let a run begin that somebody else has asked for. Raises: NotAllowed, RunBusy."""
    by.require(Power.MIGRATE_DATA)
    run = _locked(code)
    if run.state != RunState.ASKED:
        raise RunBusy("Lần chạy này không còn chờ duyệt.")
    if run.asked_by_id == by.id:
        raise NotAllowed("Người lập không tự duyệt; cần một quản trị viên khác duyệt.")
    run.state, run.approved_at, run.approved_by_name = RunState.QUEUED, at, by.name
    work.update(run, "state", "approved_at", "approved_by_name")
    _record("approved", run, by=by, at=at)
    jobs.hurry(JOB, at=at)
    return run


@work.story
def stop_run(code: str, *, by: Actor, at: datetime) -> Run:
    """Stop a run where it stands; what was brought stays and may be undone. Raises: RunBusy."""
    by.require(Power.MIGRATE_DATA)
    run = _locked(code)
    if run.state not in {RunState.ASKED, RunState.QUEUED, RunState.RUNNING}:
        raise RunBusy("Lần chạy này không còn chạy.")
    run.state, run.ended_at = RunState.STOPPED, at
    work.update(run, "state", "ended_at")
    _record("stopped", run, by=by, at=at)
    drop_spool(run)
    return run


@work.story
def undo_run(code: str, *, by: Actor, at: datetime) -> Run:
    """Begin to take back every dossier a run made, if nobody has acted on any of them.

    Raises: NotAllowed, RunBusy naming dossiers somebody has acted on.
    """
    by.require(Power.MIGRATE_DATA)
    run = _locked(code)
    if run.kind != RunKind.CARRY or run.state not in {RunState.DONE, RunState.STOPPED}:
        raise RunBusy("Chỉ hủy được lần chuyển thật đã xong hoặc đã dừng.")
    if Run.objects.filter(source=run.source_id, state__in=[str(one) for one in ACTIVE]).exists():
        raise RunBusy("Hệ thống cũ này đang có một lần chạy khác; hãy đợi lần ấy xong.")
    acted = _acted(run)
    if acted:
        named = ", ".join(acted)
        raise RunBusy(f"Không hủy được: đã có người xử lý hồ sơ chuyển vào, như {named}.")
    run.state, run.rows, run.ended_at = RunState.UNDOING, 0, None
    work.update(run, "state", "rows", "ended_at")
    _record("undo", run, by=by, at=at)
    jobs.hurry(JOB, at=at)
    return run


def _acted(run: Run) -> Sequence[str]:
    """Return some dossiers of the run that are not as it left them. Costs: two for each 1,000."""
    after = 0
    while rows := list(Item.objects.filter(run=run, pk__gt=after).order_by("pk")[:1000]):
        after = rows[-1].pk
        versions = dossiers.versions_of([one.code for one in rows])
        found = [one.code for one in rows if versions.get(one.code) != one.version]
        if found:
            return found[:_SHOWN]
    return ()


def go_on_undoing(run: Run, *, at: datetime, seconds: float) -> bool:
    """Take dossiers back for so long; return whether all are gone, or it cannot go on."""
    until = monotonic() + seconds
    while monotonic() < until:
        try:
            if not _take_back(run, at=at):
                return True
        except dossiers.ActedOn as error:
            stop_undoing(run, str(error), at=at)
            return True
    return False


@work.story
def _take_back(run: Run, *, at: datetime) -> bool:
    locked = work.lock(Run, id=run.pk)
    if locked.state != RunState.UNDOING:
        return False
    items = list(Item.objects.filter(run=locked).order_by("-pk")[:_BATCH])
    by = actor_of(locked)
    for item in items:
        dossiers.take_back(item.code, version=item.version, by=by, at=at)
    Item.objects.filter(pk__in=[item.pk for item in items]).delete()
    locked.rows += len(items)
    if not items:
        locked.state, locked.ended_at, locked.trouble = RunState.UNDONE, at, ""
    work.update(locked, "state", "rows", "ended_at", "trouble")
    return bool(items)


@work.story
def stop_undoing(run: Run, why: str, *, at: datetime) -> None:
    """Stop taking dossiers back, and say on the run why."""
    locked = work.lock(Run, id=run.pk)
    locked.state, locked.ended_at, locked.trouble = RunState.STOPPED, at, why[:500]
    work.update(locked, "state", "ended_at", "trouble")


def _locked(code: str) -> Run:
    try:
        return work.lock(Run, code=code)
    except Run.DoesNotExist as error:
        raise NoSuchSource("Không tìm thấy lần chạy này.") from error


def _record(what: str, run: Run, *, by: Actor, at: datetime) -> None:
    detail = {"kind": str(run.kind), "source": run.source_id}
    audit.record(f"migration.run_{what}", f"migration:{run.code}", by=by, at=at, detail=detail)
