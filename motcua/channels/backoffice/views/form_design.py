"""The form designer: a draft's form changed step by step, each step kept at once."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.forms import api as forms
from motcua.casework.forms.api import FieldKind
from motcua.casework.procedures import api as procedures
from motcua.channels.backoffice import form_pages
from motcua.channels.backoffice.asking import Sheet, Way, asked
from motcua.channels.backoffice.doing import done, tried
from motcua.channels.backoffice.forms.form_design import (
    FieldForm,
    HeadForm,
    PageForm,
    SchemaForm,
    initial_of,
)
from motcua.channels.backoffice.frame import form_page, page
from motcua.channels.backoffice.guard import holds
from motcua.channels.backoffice.replacing import instead_of_seen
from motcua.channels.backoffice.views.procedures import FORM, crumbs, editors, readers
from motcua.channels.backoffice.views.procedures import address as version_address
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated, NotAllowed, NotFound
from motcua.lib.text import whole_number

CURRENT = "procedures"
Change = Callable[[Any], Any]


def address(code: str, number: int, view: str = "design_form", *args: object) -> str:
    return reverse(f"backoffice:{view}", args=[code, number, *args])


def way_down(
    version: procedures.ProcedureVersion, *, to_form: bool = False
) -> list[tuple[str, str]]:
    """Return the way from the list to the form of a version."""
    code, number = version.procedure.code, version.number
    way = [
        *crumbs(version.procedure),
        (f"Phiên bản {number}", version_address(code, number)),
        ("Nội dung", address(code, number, "content")),
    ]
    return [*way, ("Tờ khai", address(code, number))] if to_form else way


def draft_form(code: str, number: int) -> tuple[procedures.ProcedureVersion, Any]:
    """Return a version and the data of its form, None if it has none."""
    version = procedures.get_version(code, number)
    return version, procedures.part_of(version.source, "form")


def keep(
    request: ActorRequest,
    version: procedures.ProcedureVersion,
    change: Change,
    at: datetime,
    *,
    anew: bool = False,
) -> procedures.ProcedureVersion:
    """Keep a change of the form. Raises: FormMoved if there is none, unless it begins anew."""

    def on_form(data: Any) -> Any:
        if not anew and not isinstance(data, dict):
            raise forms.FormMoved("Phiên bản này không có tờ khai, hoặc có người vừa bỏ.")
        return change(data)

    return procedures.change_part(version.pk, "form", on_form, by=request.actor, at=at)


@require_POST
@editors
def begin(request: ActorRequest, code: str) -> HttpResponse:
    """Go on with the draft of a procedure, or begin one from the latest version."""
    at = now()
    try:
        draft = procedures.begin_version(code, by=request.actor, at=at, valid_from=local_day(at))
    except procedures.BadDefinition as error:
        messages.error(request, str(error))
        return redirect(version_address(code))
    return redirect(address(code, draft.number))


@require_http_methods(FORM)
@readers
def design(request: ActorRequest, code: str, number: int) -> HttpResponseBase:
    """Show the form as it is designed; each button changes it and keeps it.

    Costs: two statements.
    """
    if request.method == "POST":
        return change(request, code, number)
    version, data = draft_form(code, number)
    return page(request, "form_design", context_of(request, version, data), current=CURRENT)


def context_of(
    request: ActorRequest, version: procedures.ProcedureVersion, data: Any
) -> dict[str, object]:
    may_edit = version.state == procedures.VersionState.DRAFT and holds(
        request.actor, Power.EDIT_PROCEDURES, everywhere=True
    )
    return {
        "title": "Tờ khai",
        "crumbs": way_down(version),
        "version": version,
        "form_title": data.get("title", "") if isinstance(data, dict) else "",
        "has_form": data is not None,
        "pages": form_pages.listed(data),
        "kinds": form_pages.KINDS,
        "findings": form_pages.findings_in(data) if data is not None else [],
        "may_edit": may_edit,
        "preview": address(version.procedure.code, version.number, "preview_form", 0),
    }


@editors
def change(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Do what a button of the designer says: “up:ho_ten”, “add:text:0”, “page-drop:1”."""
    version = procedures.get_version(code, number)
    act, _, rest = request.POST.get("do", "").partition(":")
    opened: list[str] = []

    def changed(data: Any) -> Any:
        found, path = changed_by(act, rest, data, request)
        opened.append(path)
        return found

    try:
        keep(request, version, changed, now(), anew=act == "begin")
    except (NotAllowed, NotFound):
        raise
    except Anticipated as error:
        messages.error(request, str(error))
    is_part = "HX-Request" in request.headers
    if opened and opened[0]:
        there = field_address(code, number, opened[0])
        return HttpResponse(headers={"HX-Redirect": there}) if is_part else redirect(there)
    if is_part:
        version, data = draft_form(code, number)
        return page(request, "form_design", context_of(request, version, data), current=CURRENT)
    return redirect(address(code, number))


def changed_by(act: str, rest: str, data: Any, request: ActorRequest) -> tuple[Any, str]:
    """Return the form after a button, and the path of a field that is to be opened now."""
    if act == "begin":
        return data or forms.blank_form("to-khai", "Tờ khai"), ""
    if act in forms.FIELD_ACTS:
        return forms.act_on_field(data, act, rest), ""
    if act in {"add", "add-in"}:
        wanted = request.POST.get(f"kind-{rest}", "")
        kind = FieldKind(wanted) if wanted in set(FieldKind) else FieldKind.TEXT
        rows = rest if act == "add-in" else ""
        return forms.add_field(data, kind, page=whole_number(rest) or 0, rows=rows)
    where, _, seen = rest.partition(":")
    at = whole_number(where) or 0
    if act == "page-add":
        return forms.add_page(data, at), ""
    return forms.act_on_page(data, act, at, seen=seen), ""


def field_address(code: str, number: int, path: str) -> str:
    return reverse("backoffice:design_field", args=[code, number, *path.split("/")])


@require_http_methods(FORM)
@editors
def field(
    request: ActorRequest, code: str, number: int, name: str, inner: str = ""
) -> HttpResponse:
    """Edit one field; what somebody else kept meanwhile is shown beside, never written over."""
    version, data = draft_form(code, number)
    path = f"{name}/{inner}" if inner else name
    found = forms.find_field(data, path)
    if found is None:
        messages.error(request, f"Ô “{path}” không còn trong tờ khai; có người đã bỏ hoặc đổi tên.")
        return redirect(address(code, number))
    kind = form_pages.kind_of(found)
    initial = initial_of(found)
    form = FieldForm(request.POST or None, initial=initial, kind=kind, inside=inner)
    seen = request.POST.get("seen", "")

    def act(at: datetime) -> str:
        values = form.data_of_field(found)
        keep(request, version, lambda now_is: forms.put_field(now_is, path, values, seen=seen), at)
        saved = f"{name}/{values['name']}" if inner else values["name"]
        is_same = values["kind"] == str(kind)
        return address(code, number) if is_same else field_address(code, number, saved)

    answer = tried(request, form, act, "Đã lưu ô.")
    if answer:
        return answer
    mark = forms.mark_of(found)
    context = {
        "title": f"Ô “{found.get('label', path)}”",
        "crumbs": way_down(version, to_form=True),
        "back": address(code, number),
        "seen": mark,
        "theirs": form_pages.told(found) if seen and seen != mark else [],
        "names": form_pages.names_in(data, path),
        "rows": form_pages.rows_of(found, name),
        "version": version,
        "kinds": form_pages.KINDS,
        "path": path,
    }
    return form_page(request, form, context, current=CURRENT, template="form_field")


@require_http_methods(FORM)
@editors
def page_of_form(request: ActorRequest, code: str, number: int, at: int) -> HttpResponse:
    """Edit what one page says of itself."""
    version, data = draft_form(code, number)
    found = forms.page_at(data, at)
    form = PageForm(request.POST or None, initial=found)
    seen = request.POST.get("seen", "")

    def act(moment: datetime) -> str:
        values = form.data_of_page()
        keep(request, version, lambda data: forms.put_page(data, at, values, seen=seen), moment)
        return address(code, number)

    answer = tried(request, form, act, "Đã lưu trang.")
    if answer:
        return answer
    mark = forms.page_mark(data, at)
    context = {
        "title": f"Trang “{found.get('title', '')}”",
        "crumbs": way_down(version, to_form=True),
        "back": address(code, number),
        "seen": mark,
        "theirs": form_pages.told(found) if seen and seen != mark else [],
        "names": form_pages.names_in(data, ""),
        "rows": None,
    }
    return form_page(request, form, context, current=CURRENT, template="form_field")


@require_http_methods(FORM)
@editors
def head(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Edit the name of the form."""
    version, data = draft_form(code, number)
    form = HeadForm(request.POST or None, initial=data)

    def act(at: datetime) -> str:
        values = {key: value for key, value in form.cleaned_data.items() if value}
        keep(request, version, lambda data: forms.put_head(data, values), at)
        return address(code, number)

    sheet = Sheet("Tên tờ khai", "Lưu", "Đã lưu tên tờ khai.")
    return asked(
        request,
        form,
        act,
        sheet,
        Way(address(code, number), way_down(version, to_form=True), CURRENT),
    )


@require_http_methods(FORM)
@editors
def bring(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Take a JSON Schema as the form of the draft, in place of the one it has."""
    version, data = draft_form(code, number)
    form = SchemaForm(request.POST or None, request.FILES or None)
    notes: list[str] = []

    def act(at: datetime) -> str:
        content = form.cleaned_data["file"][0].read()
        old = data.get("code") if isinstance(data, dict) else None
        brought, left = forms.read_schema(content, str(old or "to-khai"))
        keep(request, version, instead_of_seen(request, version, brought), at, anew=True)
        notes.extend(left)
        return address(code, number)

    sheet = Sheet(
        "Nhập tờ khai từ JSON Schema",
        "Nhập vào bản thảo",
        "Đã nhập tờ khai vào bản thảo; hãy xem từng ô.",
        intro="Tờ khai đang có của bản thảo được thay bằng tờ khai trong tệp. Tệp do hệ thống này "
        "xuất ra cho lại đúng tờ khai ấy; tệp khác được đọc thành ô chữ, số, ngày, chọn, nhóm.",
        warning=data is not None,
        files=True,
        seen=forms.mark_of(data),
    )
    way = Way(address(code, number), way_down(version, to_form=True), CURRENT)
    answer = asked(request, form, act, sheet, way)
    for note in notes:
        messages.warning(request, note)
    return answer


@require_GET
@readers
def export(_: ActorRequest, code: str, number: int) -> HttpResponse:
    """Give the form as a JSON Schema that brings it back."""
    definition = procedures.draft_definition(procedures.get_version(code, number))
    if definition.form is None:
        raise procedures.NoSuchProcedure("Phiên bản này không có tờ khai điện tử.")
    return form_pages.schema_file(definition.form, f"{code}-{number}.schema.json")


@require_GET
@readers
def compare(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Show what this version's form asks otherwise than another version's."""
    version = procedures.get_version(code, number)
    others = [one for one in procedures.versions_of(version.procedure_id) if one.number != number]
    wanted = whole_number(request.GET.get("voi", "")) or form_pages.usual_other(version, others)
    other = next((one for one in others if one.number == wanted), None)
    new = procedures.draft_definition(version).form
    old = procedures.draft_definition(other).form if other else None
    context = {
        "title": "Tờ khai khác gì",
        "crumbs": way_down(version, to_form=True),
        "version": version,
        "other": other,
        "others": [(one.number, f"Phiên bản {one.number}") for one in others],
        "differences": forms.differences_between(old, new),
    }
    return page(request, "form_differences", context, current=CURRENT)


@require_POST
@editors
def drop_sample(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Forget test data."""
    version, _ = draft_form(code, number)
    name = request.POST.get("sample", "")

    def act(at: datetime) -> str:
        keep(request, version, lambda data: forms.drop_sample(data, name), at)
        return address(code, number, "form_samples")

    return done(request, act, "Đã bỏ dữ liệu thử.")


@require_GET
@readers
def samples(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Show the test data of a form, and what the form says of each."""
    version, data = draft_form(code, number)
    definition = procedures.draft_definition(version)
    rows = form_pages.tried_samples(definition.form, data) if definition.form else []
    context = {
        "title": "Dữ liệu thử",
        "crumbs": way_down(version, to_form=True),
        "version": version,
        "rows": rows,
        "may_edit": version.state == procedures.VersionState.DRAFT
        and holds(request.actor, Power.EDIT_PROCEDURES, everywhere=True),
    }
    return page(request, "form_samples", context, current=CURRENT)


@require_http_methods(FORM)
@readers
def preview(request: ActorRequest, code: str, number: int, at: int) -> HttpResponse:
    """Show one page of the form as a citizen sees it on a phone; nothing is kept."""
    _, data = draft_form(code, number)
    complaint = forms.complaint_about(data)
    if complaint:
        return form_pages.framed(request, {"complaint": complaint, "form_title": "Tờ khai"})
    shown = form_pages.previewed(request, data, at)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if shown["problems"] else HTTPStatus.OK
    return form_pages.framed(request, shown, status=status)
