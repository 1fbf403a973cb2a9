"""Bringing over what an old system hands over: sources, files, mapping, trial, the real thing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import IO
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.migration import api as migration
from motcua.casework.migration.api import (
    Field,
    FileKind,
    LikenessState,
    Run,
    RunKind,
    RunState,
    Source,
    Verdict,
)
from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.doing import done
from motcua.channels.backoffice.forms.migration import (
    MappingTextForm,
    PapersForm,
    ReadingForm,
    SourceForm,
    TableForm,
    ValuesForm,
)
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor
from motcua.lib.errors import Anticipated
from motcua.lib.text import whole_number

TITLE = "Chuyển dữ liệu từ hệ thống cũ"
CURRENT = "migration"
LINES = 50
TONES = {
    RunState.ASKED: "info",
    RunState.QUEUED: "info",
    RunState.RUNNING: "info",
    RunState.DONE: "ok",
    RunState.STOPPED: "late",
    RunState.UNDOING: "info",
    RunState.UNDONE: "neutral",
}
VERDICT_TONES = {
    Verdict.NEW: "ok",
    Verdict.SAME: "neutral",
    Verdict.CHANGED: "info",
    Verdict.KEPT: "info",
    Verdict.REFUSED: "late",
}
Keep = Callable[..., object]


def address(source: Source) -> str:
    return reverse("backoffice:migration_source", args=[source.code])


def run_address(run: Run) -> str:
    return reverse("backoffice:migration_run", args=[run.code])


def crumbs(source: Source | None = None) -> list[tuple[str, str]]:
    """Return the way from the list to the source."""
    words = [(TITLE, reverse("backoffice:migrations"))]
    return [*words, (source.name, address(source))] if source else words


@require_GET
@needs(Power.MIGRATE_DATA, everywhere=True)
def migrations(request: ActorRequest) -> HttpResponse:
    """List the old systems. Costs: one statement."""
    context = {"title": TITLE, "sources": migration.sources_for(request.actor)}
    return page(request, "migrations", context, current=CURRENT)


@asks(Power.MIGRATE_DATA, everywhere=True)
def add_source(request: ActorRequest) -> HttpResponse:
    """Note an old system."""
    form = SourceForm(request.POST or None)

    def act(at: datetime) -> str:
        data = form.cleaned_data
        return address(migration.add_source(data["name"], data["agency"], by=request.actor, at=at))

    sheet = Sheet("Thêm hệ thống cũ", "Thêm", "Đã thêm; nay tải bảng hồ sơ lên.")
    return asked(request, form, act, sheet, Way(crumbs()[0][1], crumbs(), CURRENT))


@require_GET
@needs(Power.MIGRATE_DATA, everywhere=True)
def source(request: ActorRequest, code: str) -> HttpResponse:
    """Show what came from an old system, and what was done with it. Costs: five statements."""
    found = migration.get_source(request.actor, code)
    mapping = migration.from_text(found.mapping) if found.mapping else None
    runs = migration.runs_of(found)
    context = {
        "title": found.name,
        "crumbs": crumbs(),
        "source": found,
        "tables": migration.files_of(found, FileKind.TABLE),
        "papers": migration.files_of(found, FileKind.PAPERS),
        "mapped": len(mapping.columns) if mapping else 0,
        "lacking": [one.label for one in migration.lacking(mapping)] if mapping else [],
        "runs": [(one, TONES[RunState(one.state)]) for one in runs],
        "is_busy": any(one.state in migration.ACTIVE for one in runs),
        "asks_about_people": migration.has_questions(found),
    }
    return page(request, "migration_source", context, current=CURRENT)


@asks(Power.MIGRATE_DATA, everywhere=True)
def add_table(request: ActorRequest, code: str) -> HttpResponse:
    """Take a table."""
    form = TableForm(request.POST or None, request.FILES or None)
    sheet = Sheet(
        "Tải bảng hồ sơ lên",
        "Tải lên",
        "Đã tải bảng lên; hãy xem lại cột nào là gì.",
        intro="Excel (.xlsx), CSV, JSON hoặc mỗi dòng một JSON. Dòng tiêu đề, bảng mã và cột được "
        "nhận ra rồi để ông/bà sửa; chưa hồ sơ nào được ghi.",
        files=True,
    )
    return _upload(request, code, form, migration.add_table, sheet)


@asks(Power.MIGRATE_DATA, everywhere=True)
def add_papers(request: ActorRequest, code: str) -> HttpResponse:
    """Take a ZIP of papers."""
    form = PapersForm(request.POST or None, request.FILES or None)
    sheet = Sheet(
        "Tải tệp đính kèm lên",
        "Tải lên",
        "Đã tải tệp đính kèm lên.",
        intro="Một tệp ZIP chứa các tệp mà cột “Tệp đính kèm”, “Tệp kết quả” gọi tên. Mỗi tệp "
        "được kiểm tra, quét vi-rút như mọi tệp khác.",
        files=True,
    )
    return _upload(request, code, form, migration.add_papers, sheet)


def _upload(
    request: ActorRequest, code: str, form: KitForm, keep: Keep, sheet: Sheet
) -> HttpResponse:
    found = migration.get_source(request.actor, code)

    def act(at: datetime) -> str:
        sent = form.cleaned_data["file"][0]
        content: IO[bytes] = sent.file
        keep(found, sent.name or "", content, by=request.actor, at=at)
        return address(found)

    return asked(request, form, act, sheet, Way(address(found), crumbs(found), CURRENT))


@asks(Power.MIGRATE_DATA, everywhere=True)
def map_columns(request: ActorRequest, code: str) -> HttpResponse:
    """Say which column is which field, with the first rows beside."""
    found, look, trouble = _looked(request.actor, code)
    mapping = migration.from_text(found.mapping or "{}")
    headings = look.headings if look else []
    form = ReadingForm(request.POST or None, mapping=mapping, headings=headings)

    def act(at: datetime) -> str:
        text = migration.as_text(form.mapping())
        migration.set_mapping(found.code, text, by=request.actor, at=at)
        return reverse("backoffice:migration_columns", args=[found.code])

    context: dict[str, object] = {
        "look": look,
        "trouble": trouble,
        "source": found,
        "fields": list(Field),
    }
    context["columns"] = [(name,) for name in headings]
    context["title"] = f"Cột nào là gì: {found.name}"
    return _mapped(request, form, act, "migration_columns", context)


def _looked(actor: Actor, code: str) -> tuple[Source, migration.Look | None, str]:
    found = migration.get_source(actor, code)
    table = migration.latest_table(found)
    if table is None or not found.mapping:
        return found, None, "Chưa có bảng nào; hãy tải bảng hồ sơ lên trước."
    try:
        return found, migration.look_at(table, migration.from_text(found.mapping)), ""
    except Anticipated as error:
        return found, None, str(error)


def _mapped(
    request: ActorRequest,
    form: KitForm,
    act: Callable[[datetime], str],
    template: str,
    context: dict[str, object],
) -> HttpResponse:
    """Do what the form of a mapping asks, or show it."""
    if form.is_valid():
        try:
            return done(request, act, "Đã lưu.")
        except Anticipated as error:
            form.blame(str(error), "")
    found = context["source"]
    around: dict[str, object] = {"form": form}
    if isinstance(found, Source):
        around["crumbs"] = crumbs(found)
    status = 422 if form.errors else 200
    return page(request, template, {**around, **context}, current=CURRENT, status=status)


@asks(Power.MIGRATE_DATA, everywhere=True)
def map_values(request: ActorRequest, code: str) -> HttpResponse:
    """Say what words of the old system are with us; the newest run says which nobody has."""
    found = migration.get_source(request.actor, code)
    mapping = migration.from_text(found.mapping or "{}")
    words = _words(mapping, migration.runs_of(found))
    form = ValuesForm(request.POST or None, mapping=mapping, words=words)

    def act(at: datetime) -> str:
        text = migration.as_text(form.mapping())
        migration.set_mapping(found.code, text, by=request.actor, at=at)
        return reverse("backoffice:migration_values", args=[found.code])

    title = f"Chữ nào đổi ra gì: {found.name}"
    context: dict[str, object] = {"source": found, "words": words, "title": title}
    return _mapped(request, form, act, "migration_values", context)


def _words(mapping: migration.Mapping, runs: Sequence[Run]) -> list[tuple[Field, str, int]]:
    """Return the words nobody has mapped, the most frequent first, then those that are."""
    found: dict[tuple[Field, str], int] = {}
    unmapped = runs[0].unmapped if runs else {}
    for key, count in sorted(unmapped.items(), key=lambda pair: -pair[1]):
        name, _, word = key.partition("\t")
        if name in migration.MAPPED_BY_VALUE and word:
            found[(Field(name), word)] = count
    for one, words in mapping.values.items():
        for word in words:
            if all(word != known.lower() for field, known in found if field == one):
                found[(one, word)] = 0
    return [(one, word, count) for (one, word), count in found.items()][:300]


@asks(Power.MIGRATE_DATA, everywhere=True)
def map_text(request: ActorRequest, code: str) -> HttpResponse:
    """Bring back or change a mapping as text."""
    found = migration.get_source(request.actor, code)
    form = MappingTextForm(request.POST or None, initial={"text": found.mapping})

    def act(at: datetime) -> str:
        migration.set_mapping(found.code, form.cleaned_data["text"], by=request.actor, at=at)
        return reverse("backoffice:migration_columns", args=[found.code])

    sheet = Sheet(
        f"Cột và chữ, viết thành văn bản: {found.name}",
        "Lưu",
        "Đã lưu.",
        intro="Chép ra để giữ hoặc dùng cho cơ quan khác; dán vào để lấy lại.",
    )
    return asked(request, form, act, sheet, Way(address(found), crumbs(found), CURRENT))


@require_GET
@needs(Power.MIGRATE_DATA, everywhere=True)
def mapping_file(request: ActorRequest, code: str) -> HttpResponse:
    """Hand out the mapping as a file."""
    found = migration.get_source(request.actor, code)
    answer = HttpResponse(found.mapping or "{}", content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="anh-xa-{found.code}.json"'
    return answer


@require_POST
@needs(Power.MIGRATE_DATA, everywhere=True)
def begin(request: ActorRequest, code: str) -> HttpResponse:
    """Begin a trial, or ask for the real thing, with the table that came last."""
    found = migration.get_source(request.actor, code)
    kind = RunKind.CARRY if request.POST.get("kind") == RunKind.CARRY else RunKind.CHECK

    def act(at: datetime) -> str:
        table = migration.latest_table(found)
        if table is None:
            raise migration.Unreadable("Chưa có bảng nào; hãy tải bảng hồ sơ lên trước.")
        return run_address(migration.ask_run(found, table, kind, by=request.actor, at=at))

    said = "Đã lập; một quản trị viên khác phải duyệt." if kind == RunKind.CARRY else "Bắt đầu."
    return done(request, act, said)


@require_GET
@needs(Power.MIGRATE_DATA, everywhere=True)
def run(request: ActorRequest, code: str) -> HttpResponse:
    """Show how far a run is, and what becomes of the rows. Costs: two statements."""
    found = migration.get_run(request.actor, code)
    verdict = request.GET.get("ket-qua", "")
    verdict = verdict if verdict in Verdict.values else ""
    after = whole_number(request.GET.get("sau", ""))
    shown = migration.lines_of(
        found, verdict=verdict, after=-1 if after is None else after, most=LINES + 1
    )
    rows, more = shown[:LINES], shown[LINES:]
    following = ""
    if more:
        query = {"ket-qua": verdict, "sau": str(rows[-1].row)}
        following = f"{run_address(found)}?{urlencode(query)}"
    context = {
        "title": f"{RunKind(found.kind).label}: {found.table.name}",
        "crumbs": crumbs(found.source),
        "run": found,
        "tone": TONES[RunState(found.state)],
        "totals": [
            *((one.label, found.totals.get(str(one), 0)) for one in Verdict),
            ("Dòng có lưu ý", found.totals.get("remarks", 0)),
        ],
        "unmapped": _unmapped(found),
        "lines": [(one, VERDICT_TONES[Verdict(one.verdict)]) for one in rows],
        "next": following,
        "verdict": verdict,
        "verdicts": [("", "Mọi kết quả"), *Verdict.choices],
        "mine": found.asked_by_id == request.actor.id,
        "is_live": found.state in {RunState.QUEUED, RunState.RUNNING, RunState.UNDOING},
    }
    return page(request, "migration_run", context, current=CURRENT)


def _unmapped(found: Run) -> list[tuple[str, str, int]]:
    rows = []
    for key, count in sorted(found.unmapped.items(), key=lambda pair: -pair[1])[:100]:
        name, _, word = key.partition("\t")
        rows.append(("Cột không dùng" if name == "cột" else Field(name).label, word, count))
    return rows


@require_POST
@needs(Power.MIGRATE_DATA, everywhere=True)
def approve(request: ActorRequest, code: str) -> HttpResponse:
    """Let a run begin that somebody else has asked for."""
    return _act(request, code, migration.approve_run, "Đã duyệt; việc chuyển bắt đầu.")


@require_POST
@needs(Power.MIGRATE_DATA, everywhere=True)
def stop(request: ActorRequest, code: str) -> HttpResponse:
    """Stop a run where it stands."""
    return _act(request, code, migration.stop_run, "Đã dừng.")


@require_POST
@needs(Power.MIGRATE_DATA, everywhere=True)
def undo(request: ActorRequest, code: str) -> HttpResponse:
    """Take back everything a run brought."""
    return _act(request, code, migration.undo_run, "Đang gỡ các hồ sơ lần này đã tạo.")


def _act(
    request: ActorRequest, code: str, operation: Callable[..., Run], said: str
) -> HttpResponse:
    def act(at: datetime) -> str:
        return run_address(operation(code, by=request.actor, at=at))

    return done(request, act, said)


@require_GET
@needs(Power.MIGRATE_DATA, everywhere=True)
def questions(request: ActorRequest, code: str) -> HttpResponse:
    """Ask whether applicants are people we know, whom their rows resemble. Costs: three queries."""
    found = migration.get_source(request.actor, code)
    state = request.GET.get("tra-loi", "")
    state = state if state in LikenessState.values else str(LikenessState.ASKED)
    after = whole_number(request.GET.get("sau", "")) or 0
    shown = migration.resemblances_of(
        request.actor, found, state=state, after=after, most=LINES + 1
    )
    rows, more = shown[:LINES], shown[LINES:]
    here = reverse("backoffice:migration_people", args=[found.code])
    query = urlencode({"tra-loi": state, "sau": rows[-1].row.pk}) if more else ""
    context = {
        "title": f"Có phải một người? {found.name}",
        "crumbs": crumbs(found),
        "source": found,
        "rows": rows,
        "state": state,
        "states": LikenessState.choices,
        "next": f"{here}?{query}" if query else "",
    }
    return page(request, "migration_people", context, current=CURRENT)


@require_POST
@needs(Power.MIGRATE_DATA, everywhere=True)
def answer(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Say whether an applicant is the person a row resembles."""
    found = migration.get_source(request.actor, code)
    is_same = request.POST.get("la") == LikenessState.SAME

    def act(at: datetime) -> str:
        migration.answer_likeness(number, is_same=is_same, by=request.actor, at=at)
        return reverse("backoffice:migration_people", args=[found.code])

    return done(request, act, "Đã ghi; lần chạy sau dùng câu trả lời này.")


@require_GET
@needs(Power.MIGRATE_DATA, everywhere=True)
def report(request: ActorRequest, code: str) -> HttpResponseBase:
    """Hand out the report, row by row, as a table."""
    found = migration.get_run(request.actor, code)
    answer = StreamingHttpResponse(migration.report_csv(found), content_type="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="bao-cao-{found.code}.csv"'
    return answer
