"""Writing a fee table: a grid that buttons change, and files of others that become drafts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from motcua.casework.fees import api as fees
from motcua.channels.backoffice import fee_words
from motcua.channels.backoffice.asking import Sheet, Way, asked
from motcua.channels.backoffice.doing import tried
from motcua.channels.backoffice.fee_grid import (
    KINDS,
    POLICIES,
    Grid,
    act_on,
    as_fact,
    blank,
    clean,
    fact_words,
    grid_of,
    paste,
    read_grid,
    table_of,
)
from motcua.channels.backoffice.forms.fee_tables import DmnForm, NewTableForm, TableForm
from motcua.channels.backoffice.frame import page
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.clock import local, local_day, now
from motcua.lib.decisions import (
    Asked,
    BadTable,
    Formula,
    Kind,
    Model,
    facts_asked,
    read_dmn,
    write_dmn,
)
from motcua.lib.text import whole_number

from .fee_tables import CURRENT, FORM, address, crumbs, editors

SAVE = "save"
MOST_EXAMPLES = 60


@dataclass(slots=True)
class Writing:
    """A table in the middle of being written: the whole model, which decision is open, examples."""

    model: Model
    at: int = 0
    examples: list[dict[str, Any]] = field(default_factory=list)
    seen: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def grid(self) -> Grid | None:
        """Return the open decision as a grid; None for a formula."""
        decision = self.model.decisions[self.at]
        return None if isinstance(decision, Formula) else grid_of(decision)

    @property
    def formula(self) -> str:
        """Return the open decision's formula."""
        decision = self.model.decisions[self.at]
        return decision.expression if isinstance(decision, Formula) else ""

    @property
    def facts(self) -> list[Asked]:
        """Return the facts that examples may give: those the model asks for, and those given."""
        found = {one.name: one for one in facts_asked(self.model)}
        for example in self.examples:
            for name in example["facts"]:
                found.setdefault(name, Asked(name, None, name))
        return list(found.values())

    @property
    def heads(self) -> list[tuple[str]]:
        """Return the words over the facts of examples."""
        return [(one.label or one.name,) for one in self.facts]


def begun(version: fees.FeeTableVersion | None, code: str) -> Writing:
    """Return where writing begins: the draft, else what was published last, else a blank table."""
    if version is None:
        model = Model(code or "bang-moi", "", (blank("muc-thu", "Mức thu"),))
        return Writing(model, seen=fees.NO_DRAFT if code else fees.NO_TABLE)
    model = read_dmn(version.model.encode())
    seen = version.digest if version.state == fees.TableState.DRAFT else fees.NO_DRAFT
    last = len(model.decisions) - 1
    return Writing(model, last, [dict(one) for one in version.examples], seen)


def read_writing(data: QueryDict) -> Writing:
    """Return what the form carries, every button's change made. Raises: BadTable."""
    model = read_dmn(data.get("model", "").encode())
    at = min(whole_number(data.get("at", "")) or 0, len(model.decisions) - 1)
    decision = model.decisions[at]
    act = data.get("do", "")
    notes: list[str] = []
    if isinstance(decision, Formula):
        changed: Any = replace(decision, expression=clean(data.get("formula", "")))
    else:
        grid = read_grid(data)
        act_on(grid, act)
        if act == "paste":
            notes.append(pasted(grid, data))
        changed = table_of(replace(grid, id=decision.id, name=decision.name))
    decisions = (*model.decisions[:at], changed, *model.decisions[at + 1 :])
    writing = Writing(replace(model, decisions=decisions), at, [], data.get("seen", ""), notes)
    writing.examples = examples_in(data, writing)
    change_examples(writing, act)
    where = whole_number(act.removeprefix("open:"))
    if where is not None and where < len(decisions):
        writing.at = where
    return writing


def pasted(grid: Grid, data: QueryDict) -> str:
    """Paste what was copied from a spreadsheet; say what came of it."""
    text = data.get("pasted", "")
    if not text.strip():
        return "Chưa có gì để dán: hãy chép các ô trong bảng tính rồi dán vào ô lớn."
    row, place = whole_number(data.get("paste_row", "")), whole_number(data.get("paste_column", ""))
    row_at = min(row - 1, len(grid.rows)) if row else 0
    place_at = place if place is not None and place < len(grid.columns) else 0
    count = paste(grid, text, row_at, place_at)
    return f"Đã dán {count} hàng từ hàng {row_at + 1}; hãy xem lại rồi lưu."


def examples_in(data: QueryDict, writing: Writing) -> list[dict[str, Any]]:
    """Return the examples of the form."""
    count = min(whole_number(data.get("examples", "")) or 0, MOST_EXAMPLES)
    kinds = {one.name: one.kind for one in facts_asked(writing.model)}
    names = [clean(name) for name in data.getlist("fact")]
    found = []
    for place in range(count):
        facts = {
            name: value
            for name in names
            if (value := as_fact(data.get(f"x-{place}-{name}", ""), kinds.get(name))) is not None
        }
        amount = as_fact(data.get(f"x-{place}", ""), Kind.WHOLE)
        is_amount = isinstance(amount, int) and not isinstance(amount, bool)
        found.append(
            {
                "name": clean(data.get(f"xname-{place}", "")),
                "facts": facts,
                "amount_vnd": amount if is_amount else None,
            }
        )
    return found


def change_examples(writing: Writing, act: str) -> None:
    """Add or drop an example, as a button says."""
    word, _, where = act.partition(":")
    place = whole_number(where)
    if word == "example-add" and len(writing.examples) < MOST_EXAMPLES:
        writing.examples.append({"name": "", "facts": {}, "amount_vnd": None})
    elif word == "example-drop" and place is not None and place < len(writing.examples):
        del writing.examples[place]


@require_http_methods(FORM)
@editors
def edit(request: ActorRequest, code: str = "") -> HttpResponse:
    """Write a table as a grid; nothing is kept until it is saved as a draft."""
    latest = next(iter(fees.versions_of(code)), None) if code else None
    form = form_for(request, latest, code)
    try:
        writing = read_writing(request.POST) if request.method == "POST" else begun(latest, code)
    except BadTable as error:
        writing = begun(latest, code)
        writing.notes.append(f"Không đọc lại được bảng vừa gửi: {error}")

    def act(at: datetime) -> str:
        version = fees.save_table(table_in(form, writing, code), by=request.actor, at=at)
        return address(version.table.code, version.number)

    is_saving = request.POST.get("do") == SAVE
    if is_saving and (answer := tried(request, form, act, "Đã lưu dự thảo; chưa có hiệu lực.")):
        return answer
    return shown(request, form, writing, code)


def form_for(request: ActorRequest, latest: fees.FeeTableVersion | None, code: str) -> TableForm:
    """Return the form around the grid; only saving asks that it be filled in."""
    if latest is None:
        initial: dict[str, Any] = {"valid_from": local_day(now()), "code": code}
        kind: type[TableForm] = NewTableForm
    else:
        is_draft = latest.state == fees.TableState.DRAFT
        initial = {
            "name": fees.get_table(latest.table.code).name,
            "valid_from": latest.valid_from if is_draft else local_day(now()),
            "basis": latest.basis,
            "basis_on": latest.basis_on,
            "basis_issuer": latest.basis_issuer,
        }
        kind = TableForm
    if request.POST.get("do") == SAVE:
        return kind(request.POST)
    if request.method == "POST":
        bound = kind(request.POST)
        initial |= {name: bound[name].value() for name in bound.fields}
    return kind(initial=initial)


def table_in(form: TableForm, writing: Writing, code: str) -> fees.TableIn:
    """Return what is to be saved."""
    values = form.cleaned_data
    known = code or values["code"]
    return fees.TableIn(
        code=known,
        name=values["name"],
        model=replace(writing.model, id=known, name=values["name"]),
        valid_from=values["valid_from"],
        basis=values["basis"],
        basis_on=values["basis_on"],
        basis_issuer=values["basis_issuer"],
        examples=[one for one in writing.examples if one["facts"] or one["name"]],
        seen=writing.seen,
    )


def shown(request: ActorRequest, form: TableForm, writing: Writing, code: str) -> HttpResponse:
    """Show the grid with what was found in it."""
    proof = fee_words.prove(writing.model, writing.at)
    results = fee_words.examples_of(writing.model, writing.examples)
    context = {
        "title": f"Soạn bảng thu {code}" if code else "Thêm bảng thu",
        "crumbs": crumbs(code),
        "form": form,
        "writing": writing,
        "grid": writing.grid,
        "policies": POLICIES,
        "kinds": KINDS,
        "model": write_dmn(writing.model).decode(),
        "decisions": [one.name for one in writing.model.decisions],
        "proof": proof,
        "faults": {(one.row - 1, one.place): one.words for one in proof.cells},
        "examples": example_rows(writing, results),
        "back": address(code) if code else reverse("backoffice:fee_tables"),
    }
    status = 422 if form.errors else 200
    return page(request, "fee_edit", context, current=CURRENT, status=status)


def example_rows(
    writing: Writing, results: Sequence[fee_words.Example]
) -> list[tuple[Mapping[str, Any], list[tuple[Asked, str]], fee_words.Example]]:
    """Return each example with its facts as they would be typed, and what came out."""
    return [
        (
            one,
            [(fact, fact_words(one["facts"].get(fact.name))) for fact in writing.facts],
            result,
        )
        for one, result in zip(writing.examples, results, strict=True)
    ]


@require_http_methods(FORM)
@editors
def import_dmn(request: ActorRequest) -> HttpResponse:
    """Take a DMN file as the draft of a table; what could run code is refused by name."""
    initial = {"code": request.GET.get("bang", "")}
    form = DmnForm(request.POST or None, request.FILES or None, initial=initial)
    draft = fees.draft_of(request.POST.get("code", "") or initial["code"])

    def act(at: datetime) -> str:
        if draft is not None and draft.digest != request.POST.get("seen", ""):
            message = (
                f"{draft.edited_by_name} đang soạn dự thảo của bảng này, lưu lúc "
                f"{local(draft.edited_at):%H:%M %d/%m}. Chưa có gì bị ghi đè: chọn lại tệp rồi bấm "
                "nút lần nữa để thay, hoặc bấm “Hủy” để xem dự thảo ấy."
            )
            raise fees.TableMoved(message)
        seen = draft.digest if draft else fees.NO_DRAFT
        table = replace(imported(form), seen=seen)
        version = fees.save_table(table, by=request.actor, at=at)
        return address(version.table.code, version.number)

    sheet = Sheet(
        "Nhập bảng thu từ tệp DMN",
        "Nhập thành dự thảo",
        "Đã nhập tệp thành dự thảo; hãy xem, thêm ví dụ rồi công bố.",
        intro="Nhận bảng quyết định và công thức FEEL. Tệp có hàm, đoạn mã, mô hình nhập từ nơi"
        " khác bị từ chối và nói rõ chỗ nào.",
        files=True,
        seen=draft.digest if draft else "",
    )
    way = Way(reverse("backoffice:fee_tables"), crumbs(), CURRENT)
    return asked(request, form, act, sheet, way)


def imported(form: DmnForm) -> fees.TableIn:
    """Return the table of the file. Raises: BadFeeTable beside the file, saying why."""
    code, file = form.cleaned_data["code"], form.cleaned_data["file"][0]
    content = file.read() if isinstance(file, UploadedFile) else b""
    try:
        model = read_dmn(content)
    except BadTable as error:
        raise fees.BadFeeTable(str(error), field="file") from error
    try:
        latest = next(iter(fees.versions_of(code)), None)
    except fees.NoSuchTable:
        latest = None
    if latest is None:
        return fees.TableIn(code, model.name or code, model, local_day(now()), "")
    return fees.TableIn(
        code=code,
        name=fees.get_table(code).name,
        model=model,
        valid_from=local_day(now()),
        basis=latest.basis,
        basis_on=latest.basis_on,
        basis_issuer=latest.basis_issuer,
        examples=latest.examples,
    )
