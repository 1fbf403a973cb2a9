"""An officer's work files: open them, put things in, put them in order, close them."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.documents import api as documents
from motcua.casework.workfiles import api as workfiles
from motcua.casework.workfiles.api import Act, Described, ItemIn, ItemKind, State, WorkFile
from motcua.channels.kit.addresses import address
from motcua.channels.kit.downloads import file_response
from motcua.channels.kit.kept import kept_files
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.turning import place
from motcua.channels.registry.frame import for_officers, page
from motcua.foundation.access.api import Power
from motcua.foundation.files.api import StoredFile
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput
from motcua.lib.paging import decode

from .asking import Question, ask, sent, sent_with_files
from .forms import (
    ChangeForm,
    CloseForm,
    DescribedForm,
    FileDocumentForm,
    ItemForm,
    OpenForm,
    ReasonForm,
)
from .showing import due_badge, items_shown, rows_shown, state_badge

_ASKED = ("GET", "HEAD", "POST")


@require_GET
@for_officers("registry:work_files")
def work_files(request: ActorRequest) -> HttpResponse:
    """Show the files one makes, or all one may see. Costs: at most two statements."""
    at, is_all = now(), request.GET.get("xem") == "tat-ca"
    context: dict[str, object] = {"is_all": is_all, "next": "", "previous": ""}
    if is_all:
        found = workfiles.files_for(request.actor, after=decode(request.GET.get("sau", "")))
        context |= {
            "rows": rows_shown(found.rows, at),
            "next": place(request, found.next),
            "previous": place(request, found.previous),
        }
    else:
        context["rows"] = rows_shown(workfiles.my_files(request.actor), at)
    return page(request, "files/work_files", context, current="work_files")


@require_http_methods(_ASKED)
@for_officers("registry:work_files")
def open_new(request: ActorRequest) -> HttpResponseBase:
    """Open a work file, from the yearly list or for a matter nobody foresaw."""
    at = now()
    lines = workfiles.lines_to_open(request.actor, local_day(at).year)
    form = OpenForm(lines, own_units(request.actor), sent(request))
    opened: list[WorkFile] = []

    def run() -> None:
        opened.append(workfiles.open_file(form.new(), by=request.actor, at=at))

    asked = Question("Mở hồ sơ công việc", "Mở hồ sơ", "", address("registry:work_files"), "Hồ sơ")
    answer = ask(request, form, run, asked)
    if opened:
        messages.success(request, f"Đã mở hồ sơ “{opened[0].title}”. Hãy đưa tài liệu vào.")
        return redirect("registry:work_file", opened[0].code)
    return answer


def own_units(actor: Actor) -> list[organisation.UnitInfo]:
    """Return the units in which the actor may open files, his own first."""
    tree = organisation.tree()
    below = [unit for own in actor.unit_ids for unit in sorted(tree.descendants(own))]
    able = [unit for unit in below if actor.can(Power.DRAFT_DOCUMENTS, unit_id=unit)]
    return [tree.unit(unit) for unit in dict.fromkeys((*actor.unit_ids, *able)) if unit in able]


@require_GET
@for_officers("registry:work_files")
def work_file(request: ActorRequest, code: str) -> HttpResponse:
    """Show one work file: what lies in it, what it lacks, what was done. Costs: four statements."""
    found = workfiles.get_file_for(request.actor, code)
    whole, at = workfiles.whole(found), now()
    is_open = State(found.state) == State.OPEN
    can_write = workfiles.can_write(request.actor, found)
    moves = [
        {
            "title": Act(move.act).label,
            "state": "done",
            "by": f"{move.by_name}{f' – {move.by_title}' if move.by_title else ''}",
            "at": move.at,
            "text": move.note,
        }
        for move in reversed(whole.moves)
    ]
    context = {
        "file": found,
        "state": state_badge(found),
        "due": due_badge(found, at),
        "unit": organisation.name_of_unit(found.unit_id, on=local_day(at)),
        "retention": workfiles.retention_words(found.retention_years),
        "items": items_shown(code, whole.items),
        "missing": whole.missing,
        "can_change": can_write and is_open,
        "can_close": can_write and is_open and bool(whole.items),
        "can_reopen": can_write and found.state == State.CLOSED,
        "can_keep": can_write and found.state == State.CLOSED and found.due_on is not None,
        "hand_over": found.hand_over,
        "moves": moves,
        "broken": workfiles.verify_moves(whole.moves),
    }
    return page(request, "files/work_file", context, current="work_files")


def _back(code: str) -> str:
    return address("registry:work_file", code)


@require_http_methods(_ASKED)
@for_officers("registry:work_files")
def put_in(request: ActorRequest, code: str) -> HttpResponseBase:
    """Put a document, a dossier, a task or files into a work file."""
    found, at = workfiles.get_file_for(request.actor, code), now()
    form = ItemForm(*sent_with_files(request))

    def run() -> None:
        for item in _items(form, request.actor, at):
            workfiles.put_in(code, item, by=request.actor, at=at)

    asked = Question(
        "Đưa tài liệu vào hồ sơ", "Đưa vào", "Đã đưa vào hồ sơ.", _back(code), found.title
    )
    return ask(request, form, run, asked)


def _items(form: ItemForm, actor: Actor, at: datetime) -> list[ItemIn]:
    """Return what the form says: one thing by its code, or the file that was sent."""
    data = form.cleaned_data
    common = {name: data[name] for name in ("title", "day", "pages", "author", "notation")}
    if data["kind"] != ItemKind.FILE:
        if not data["ref"]:
            raise BadInput("Hãy ghi mã.", field="ref")
        return [ItemIn(data["kind"], ref=data["ref"].strip(), **common)]
    kept = kept_files(data["file"], by=actor, at=at)
    if not kept:
        raise BadInput("Hãy chọn tệp.", field="file")
    stored = StoredFile.objects.in_bulk([one.pk for one in kept])
    pages = common["pages"]
    return [
        ItemIn(
            ItemKind.FILE,
            file=stored[one.pk],
            file_name=one.name,
            **(common | {"pages": pages or stored[one.pk].pages or None}),
        )
        for one in kept
    ]


@require_http_methods(_ASKED)
@for_officers("registry:work_files")
def change(request: ActorRequest, code: str) -> HttpResponseBase:
    """Correct the title, the retention, the remark."""
    found, at = workfiles.get_file_for(request.actor, code), now()
    initial = {
        "title": found.title,
        "retention": str(found.retention_years),
        "note": found.note,
    }
    form = ChangeForm(sent(request), initial=initial)

    def run() -> None:
        data = form.cleaned_data
        title, years = data["title"], int(data["retention"])
        workfiles.change_file(code, title, years, data["note"], by=request.actor, at=at)

    asked = Question("Sửa thông tin hồ sơ", "Lưu", "Đã sửa hồ sơ.", _back(code), found.title)
    return ask(request, form, run, asked)


@require_http_methods(_ASKED)
@for_officers("registry:work_files")
def describe(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Write day, pages and remark of one item."""
    found, at = workfiles.get_file_for(request.actor, code), now()
    item = next((one for one in workfiles.whole(found).items if one.seq == seq), None)
    if item is None:
        raise Http404("Mục này không còn trong hồ sơ.")
    form = DescribedForm(
        sent(request), initial={"day": item.day, "pages": item.pages, "note": item.note}
    )

    def run() -> None:
        described = Described(**form.cleaned_data)
        workfiles.describe_item(code, seq, described, by=request.actor, at=at)

    asked = Question(
        "Bổ sung thông tin", "Lưu", "Đã bổ sung thông tin.", _back(code), found.title, item.title
    )
    return ask(request, form, run, asked)


@require_http_methods(_ASKED)
@for_officers("registry:work_files")
def take_out(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Take something out that does not belong here."""
    why = "Mục bỏ ra không còn trong mục lục; việc bỏ ra và lý do vẫn ghi trong lịch sử hồ sơ."

    def run(reason: str, at: datetime) -> None:
        workfiles.take_out(code, seq, reason, by=request.actor, at=at)

    return _with_reason(
        request, code, run, ("Bỏ ra khỏi hồ sơ", "Bỏ ra", "Đã bỏ ra khỏi hồ sơ.", why)
    )


@require_http_methods(_ASKED)
@for_officers("registry:work_files")
def reopen(request: ActorRequest, code: str) -> HttpResponseBase:
    """Open a closed file again."""
    why = "Hồ sơ mở lại có thể thêm, bỏ tài liệu; hạn nộp lưu tính lại khi kết thúc lần sau."

    def run(reason: str, at: datetime) -> None:
        workfiles.reopen_file(code, reason, by=request.actor, at=at)

    return _with_reason(request, code, run, ("Mở lại hồ sơ", "Mở lại", "Đã mở lại hồ sơ.", why))


def _with_reason(
    request: ActorRequest,
    code: str,
    run: Callable[[str, datetime], None],
    words: tuple[str, str, str, str],
) -> HttpResponseBase:
    found, at = workfiles.get_file_for(request.actor, code), now()
    form = ReasonForm(sent(request))
    title, button, done, note = words
    asked = Question(title, button, done, _back(code), found.title, note)
    return ask(request, form, lambda: run(form.cleaned_data["reason"], at), asked)


@require_http_methods(_ASKED)
@for_officers("registry:work_files")
def close(request: ActorRequest, code: str) -> HttpResponseBase:
    """Close a file whose matter is done."""
    found, at = workfiles.get_file_for(request.actor, code), now()
    form = CloseForm(sent(request), initial={"ended_on": local_day(at)})

    def run() -> None:
        workfiles.close_file(code, form.cleaned_data["ended_on"], by=request.actor, at=at)

    note = "Mục lục văn bản được chốt; hạn nộp lưu tính từ ngày này. Mở lại phải ghi lý do."
    asked = Question(
        "Kết thúc hồ sơ", "Kết thúc hồ sơ", "Đã kết thúc hồ sơ.", _back(code), found.title, note
    )
    return ask(request, form, run, asked)


@require_POST
@for_officers("registry:work_files")
def by_day(request: ActorRequest, code: str) -> HttpResponseBase:
    """Put all items into the order of their days."""
    workfiles.get_file_for(request.actor, code)
    workfiles.arrange_by_day(code, by=request.actor, at=now())
    messages.success(request, "Đã xếp theo ngày của tài liệu.")
    return redirect("registry:work_file", code)


@require_POST
@for_officers("registry:work_files")
def move_item(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Move one item a place up, or down."""
    found = workfiles.get_file_for(request.actor, code)
    seqs = [item.seq for item in workfiles.whole(found).items]
    if seq in seqs:
        here = seqs.index(seq)
        there = here + (-1 if request.POST.get("huong") == "len" else 1)
        if 0 <= there < len(seqs):
            seqs[here], seqs[there] = seqs[there], seqs[here]
            workfiles.arrange(code, seqs, by=request.actor, at=now())
    return redirect(f"{_back(code)}#muc-{seq}")


@require_GET
@for_officers("registry:work_files")
def item_file(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Hand out a file that lies in a work file."""
    found = workfiles.get_file_for(request.actor, code)
    item = next((one for one in workfiles.whole(found).items if one.seq == seq), None)
    if item is None or item.file is None:
        raise Http404("Hồ sơ này không có tệp đó.")
    return file_response(item.file, item.file_name or "tep", inline=True)


@require_GET
@for_officers("registry:work_files")
def contents(request: ActorRequest, code: str) -> HttpResponse:
    """Print the table of contents."""
    found = workfiles.get_file_for(request.actor, code)
    return pdf(workfiles.contents_pdf(found, now()), f"muc-luc-{code}.pdf")


def pdf(content: bytes, name: str) -> HttpResponse:
    """Return a paper made here, shown in place."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@require_GET
@for_officers("registry:work_files")
def package(request: ActorRequest, code: str) -> HttpResponseBase:
    """Hand out the whole file as a package."""
    found = workfiles.get_file_for(request.actor, code)
    made = workfiles.package_of(request.actor, found, now())
    return FileResponse(
        made, as_attachment=True, filename=f"ho-so-{code}.zip", content_type="application/zip"
    )


@require_http_methods(_ASKED)
@for_officers("registry:start")
def file_document(request: ActorRequest, code: str) -> HttpResponseBase:
    """Put a document into one of the actor's open files; what fits best is offered first."""
    found, at = documents.get_document_for(request.actor, code), now()
    fitting = workfiles.suggest_for(request.actor, f"{found.notation} {found.subject}")
    others = workfiles.my_files(request.actor, only_open=True)
    mine = {one.code: one for one in (*fitting, *others)}
    choices = [
        (one.code, " – ".join(filter(None, (one.symbol, one.title)))) for one in mine.values()
    ]
    form = FileDocumentForm(choices, sent(request))

    def run() -> None:
        item = ItemIn(ItemKind.DOCUMENT, ref=code)
        workfiles.put_in(form.cleaned_data["work_file"], item, by=request.actor, at=at)

    back = address("registry:document", code)
    note = "" if choices else "Ông/bà chưa có hồ sơ công việc nào đang lập; hãy mở hồ sơ trước."
    asked = Question(
        "Đưa văn bản vào hồ sơ công việc",
        "Đưa vào hồ sơ",
        "Đã đưa văn bản vào hồ sơ.",
        back,
        documents.in_words(found.number, found.notation) or found.kind_name,
        note,
    )
    lying = workfiles.files_of_for(request.actor, code)
    return ask(request, form, run, asked, {"lying": lying, "can_open": not choices})
