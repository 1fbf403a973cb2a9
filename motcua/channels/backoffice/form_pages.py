"""What the pages of the form designer show: the list of fields, findings, the preview."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render

from motcua.casework.forms import api as forms
from motcua.casework.forms.api import FieldKind
from motcua.casework.procedures import api as procedures
from motcua.channels.kit.middleware import POLICY
from motcua.channels.kit.questions import Shown, questions_of, typed_into
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.clock import local_day, now
from motcua.lib.tongue import speaking

KINDS = [(str(one), one.words) for one in FieldKind]
PROPERTIES = {
    "kind": "Loại",
    "label": "Câu hỏi",
    "name": "Tên ô",
    "required": "Bắt buộc",
    "show_when": "Chỉ hiện khi",
    "computed": "Tự tính bằng",
    "options": "Các mục chọn",
    "title": "Tên trang",
}
MOST_SENT = 200_000
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]


class Row(NamedTuple):
    """One field in the designer's list."""

    path: str
    label: str
    kind: str
    notes: Sequence[str]
    inside: Sequence["Row"] = ()
    has_rows: bool = False


class Sheet(NamedTuple):
    """One page in the designer's list."""

    title: str
    mark: str
    notes: Sequence[str]
    rows: Sequence[Row]


def listed(data: Any) -> list[Sheet]:
    """Return the pages with their fields, as far as they can be read."""
    return [
        Sheet(
            str(one.get("title", "")),
            forms.page_mark(data, at),
            [f"chỉ hiện khi {one['show_when']}"] if one.get("show_when") else [],
            [row(field) for field in forms.fields_in(one)],
        )
        for at, one in enumerate(forms.pages_in(data))
    ]


def row(field: Mapping[str, Any], outer: str = "") -> Row:
    kind = kind_of(field)
    name = str(field.get("name", ""))
    path = f"{outer}/{name}" if outer else name
    inside = [row(one, name) for one in forms.fields_in(field)] if kind.has_rows else []
    label = str(field.get("label", "")) or name
    return Row(path, label, kind.words, notes_on(field), inside, kind.has_rows)


def notes_on(field: Mapping[str, Any]) -> list[str]:
    """Return what else is to be known of a field, in a few words."""
    required = field.get("required", True)
    found = []
    if field.get("computed"):
        found.append(f"= {field['computed']}")
    elif required is False or required == "false":
        found.append("không bắt buộc")
    elif not isinstance(required, bool) and required != "true":
        found.append(f"bắt buộc khi {required}")
    if field.get("show_when"):
        found.append(f"hiện khi {field['show_when']}")
    if field.get("as_of"):
        found.append(f"vào ngày {field['as_of']}")
    return found + (["tìm được"] if field.get("searchable") else [])


def kind_of(field: Mapping[str, Any]) -> FieldKind:
    """Return the kind of a field; one that there is not counts as text until it is mended."""
    kind = field.get("kind", "text")
    return FieldKind(kind) if kind in {str(one) for one in FieldKind} else FieldKind.TEXT


def rows_of(field: Mapping[str, Any], name: str) -> list[Row] | None:
    """Return the fields of each row of a field that has rows; None for any other."""
    if not kind_of(field).has_rows:
        return None
    return [row(one, name) for one in forms.fields_in(field)]


def told(part: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what a part says now, to be compared with what was typed."""
    return [
        (PROPERTIES.get(key, key), json.dumps(value, ensure_ascii=False).strip('"'))
        for key, value in part.items()
        if key != "fields"
    ]


def names_in(data: Any, path: str) -> list[tuple[str, str]]:
    """Return the names a condition of the field may use, with what they ask."""
    outer, _, inner = path.partition("/")
    if inner:
        fields = forms.fields_in(forms.find_field(data, outer) or {})
    else:
        fields = [field for one in forms.pages_in(data) for field in forms.fields_in(one)]
    mine = inner or outer
    return [(str(f.get("name")), str(f.get("label"))) for f in fields if f.get("name") != mine]


def findings_in(data: Any) -> list[tuple[str, str]]:
    """Return what hinders publishing, else what would be better, each with its tone."""
    complaint = forms.complaint_about(data)
    if complaint:
        return [("late", complaint)]
    form = forms.parse_form(data)
    try:
        found = [("late", text) for text in forms.failing(form, forms.samples_of(data))]
    except forms.BadForm as error:
        found = [("late", str(error))]
    lacking = forms.untranslated(form)
    if lacking:
        words = "; ".join(lacking[:3]) + ("; …" if len(lacking) > len(lacking[:3]) else "")
        found.append(("info", f"Chưa có tiếng Anh ở {len(lacking)} chỗ: {words}"))
    return found


def usual_other(
    version: procedures.ProcedureVersion, others: Sequence[procedures.ProcedureVersion]
) -> int:
    """Return the version to compare with: the one in force, else the one before."""
    current = version.procedure.current_version_id
    in_force = next((one.number for one in others if one.pk == current), 0)
    return in_force or max((one.number for one in others if one.number < version.number), default=0)


def schema_file(form: forms.Form, name: str) -> HttpResponse:
    """Return the form's schema as a file."""
    content = json.dumps(forms.schema_with_form(form), ensure_ascii=False, indent=2)
    answer = HttpResponse(content, content_type="application/schema+json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def tried_samples(form: forms.Form, data: Any) -> list[dict[str, Any]]:
    """Return each sample with its answers in words and whether the form says of it what it must."""
    rows = []
    for one in forms.samples_of(data):
        answers = forms.with_reckoned(form, one.answers)
        told_of = [pair for _, pairs in forms.summary_of(form, answers) for pair in pairs]
        rows.append(
            {
                "name": one.name,
                "answers": [(field.label, text) for field, text in told_of],
                "wrong": one.wrong,
                "failing": forms.failing(form, [one]),
            }
        )
    return rows


def previewed(request: ActorRequest, data: Any, at: int) -> dict[str, Any]:
    """Return one page of the preview; what was typed goes along in the page itself."""
    language = "en" if request.GET.get("tieng") == "en" else "vi"
    form = forms.parse_form(data)
    answers, complaints, at = walked(request, form, data, at)
    spoken = forms.in_language(form, language)
    pages = [n for n, one in enumerate(spoken.pages) if forms.visible_fields(one, answers)]
    if at not in pages:
        at = next((n for n in pages if n > at), -1) if at < len(spoken.pages) else -1
    shown = Shown(answers, complaints, {}, request.POST.get("them", ""))
    with speaking(language):
        questions = questions_of(spoken.pages[at], shown) if at >= 0 else []
    return {
        "complaint": "",
        "form_title": spoken.title,
        "page": spoken.pages[at] if at >= 0 else None,
        "here": _beside(request, at),
        "step": pages.index(at) + 1 if at in pages else len(pages),
        "steps": len(pages),
        "before": _beside(request, pages[pages.index(at) - 1]) if at in pages[1:] else "",
        "questions": questions,
        "problems": [{"text": text, "href": f"#id_{name}"} for name, text in complaints.items()],
        "kept": json.dumps(answers, ensure_ascii=False),
        "summary": forms.summary_of(spoken, answers) if at < 0 else [],
        "spoken": language,
        "languages": LANGUAGES,
    }


def _beside(request: ActorRequest, at: int) -> str:
    """Return the address of another page of the same preview."""
    return f"{request.path.rstrip('/').rpartition('/')[0]}/{at}/"


def walked(
    request: ActorRequest, form: forms.Form, data: Any, at: int
) -> tuple[dict[str, Any], dict[str, str], int]:
    """Return the answers so far, what is wrong on the page left, and the page to show."""
    if request.method != "POST":
        wanted = request.GET.get("mau", "")
        sample = next((one for one in forms.samples_of(data) if one.name == wanted), None)
        return (forms.with_reckoned(form, sample.answers) if sample else {}), {}, at
    kept = kept_in(request)
    left = form.pages[at] if at < len(form.pages) else form.pages[-1]
    names = {one.name for one in left.fields}
    typed = forms.clean_answers(left.fields, typed_into(left.fields, request.POST))
    together = {**{k: v for k, v in kept.items() if k not in names}, **typed}
    settled = forms.settle_places(left.fields, together, on=local_day(now()))
    answers = forms.with_reckoned(form, settled)
    if "xem" in request.GET or request.POST.get("them"):
        return answers, {}, at
    complaints = forms.check_answers(form, answers, pages=[left])
    return answers, complaints, at if complaints else at + 1


def kept_in(request: ActorRequest) -> dict[str, Any]:
    """Return the answers the preview carried along; what cannot be read counts as nothing."""
    text = request.POST.get("kept", "")
    try:
        found = json.loads(text) if len(text) < MOST_SENT else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def framed(request: ActorRequest, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Return a page for the phone in the designer: only our own pages may frame it."""
    answer = render(request, "backoffice/form_preview.html", dict(context), status=status)
    policy = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    answer.headers["Content-Security-Policy"] = policy
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer
