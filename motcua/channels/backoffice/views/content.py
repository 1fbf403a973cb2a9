"""What a version says, on pages: a new procedure, its facts, cases, papers, fees and results."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.fees import api as fees
from motcua.casework.forms.api import mark_of
from motcua.casework.procedures import api as procedures
from motcua.casework.processes import api as processes
from motcua.channels.backoffice import content_offers, content_work, form_pages
from motcua.channels.backoffice.asking import Sheet, Way, asked
from motcua.channels.backoffice.content_parts import (
    BY_SLUG,
    GROUNDS,
    PARTS,
    Entry,
    changed,
    entries_of,
    keys_of,
    name_of,
    rows_of,
)
from motcua.channels.backoffice.content_work import named, steps_of, still_free
from motcua.channels.backoffice.doing import done, tried
from motcua.channels.backoffice.forms.content import (
    FORMS,
    EntryForm,
    GeneralForm,
    NewProcedureForm,
)
from motcua.channels.backoffice.forms.content_offers import OFFER_FORMS
from motcua.channels.backoffice.forms.content_rules import RULE_FORMS
from motcua.channels.backoffice.forms.content_work import WORK_FORMS
from motcua.channels.backoffice.frame import form_page, page
from motcua.channels.backoffice.guard import holds
from motcua.channels.backoffice.views.procedures import FORM, crumbs, editors, readers
from motcua.channels.backoffice.views.procedures import address as version_address
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.lib.clock import local_day, now

CURRENT, GENERAL = "procedures", "chung"


ALL_FORMS: Mapping[str, type[EntryForm]] = {**FORMS, **RULE_FORMS, **WORK_FORMS, **OFFER_FORMS}


def address(code: str, number: int, view: str = "content", *args: object) -> str:
    return reverse(f"backoffice:{view}", args=[code, number, *args])


def way_down(version: procedures.ProcedureVersion) -> list[tuple[str, str]]:
    """Return the way from the list to what a version says."""
    code, number = version.procedure.code, version.number
    there = (f"Phiên bản {number}", version_address(code, number))
    return [*crumbs(version.procedure), there, ("Nội dung", address(code, number))]


@require_http_methods(FORM)
@editors
def begin(request: ActorRequest) -> HttpResponse:
    """Begin a procedure that is not known here: a draft with its code and its names."""
    form = NewProcedureForm(request.POST or None, sectors=sectors())

    def act(at: datetime) -> str:
        text = procedures.as_text(form.plain())
        made = procedures.save_draft(text, by=request.actor, at=at, valid_from=local_day(at))
        return address(made.procedure.code, made.number)

    sheet = Sheet(
        "Thêm thủ tục",
        "Thêm và soạn tiếp",
        "Đã thêm bản thảo; hãy ghi tiếp từng phần.",
        intro="Ghi mã và tên trước; các phần khác soạn ở trang sau. Chưa có gì được công khai.",
    )
    way = Way(reverse("backoffice:procedures"), crumbs(), CURRENT)
    return asked(request, form, act, sheet, way)


def sectors() -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in procedures.service_fields()]


@require_POST
@editors
def go_on(request: ActorRequest, code: str) -> HttpResponse:
    """Go on with the draft of a procedure, or begin one from the latest version."""
    at = now()
    try:
        draft = procedures.begin_version(code, by=request.actor, at=at, valid_from=local_day(at))
    except procedures.BadDefinition as error:
        messages.error(request, str(error))
        return redirect(version_address(code))
    return redirect(address(code, draft.number))


@require_GET
@readers
def content(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Show what a version says, part by part, each with the page that edits it.

    Costs: one statement.
    """
    version = procedures.get_version(code, number)
    is_draft = version.state == procedures.VersionState.DRAFT
    context: dict[str, object] = {
        "title": "Nội dung",
        "crumbs": way_down(version)[:-1],
        "version": version,
        "may_edit": is_draft and holds(request.actor, Power.EDIT_PROCEDURES, everywhere=True),
        "complaint": "",
        "lacks": (),
        "general": (),
        "parts": [],
    }
    try:
        data = procedures.read_text(version.source)
        context["general"] = general_rows(data)
        context["parts"] = [(part, *shown(key, data)) for key, part in PARTS.items()]
        context["lacks"] = procedures.parse_text(version.source).lacks
    except procedures.BadDefinition as error:
        context["complaint"] = str(error)
    return page(request, "content", context, current=CURRENT)


def shown(key: str, data: Entry) -> tuple[list[tuple[str, str, str]], str]:
    """Return the rows of a list, or why a page cannot show it: the other lists are shown then."""
    try:
        return rows_of(key, data), ""
    except procedures.BadDefinition as error:
        return [], str(error)


def general_rows(data: Entry) -> list[dict[str, str]]:
    """Return the facts of the procedure with the words of their fields."""
    initial = GeneralForm.initial_of(data) | {"sector_code": data.get("sector_name")}
    rows = []
    for name in GeneralForm.parts():
        field = GeneralForm.base_fields[name]
        words = dict(getattr(field, "choices", ())).get(initial.get(name), initial.get(name))
        if words and name != "sector_name":
            rows.append({"key": str(field.label), "value": str(words)})
    return rows


@require_http_methods(FORM)
@editors
def general(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Edit what the procedure says of itself."""
    version = procedures.get_version(code, number)
    data = procedures.read_text(version.source)
    keys = GeneralForm.parts()
    here = {key: data.get(key) for key in keys}
    initial = {**GeneralForm.initial_of(here), "valid_from": version.valid_from}
    form = GeneralForm(request.POST or None, initial=initial, sectors=sectors())

    def change(parts: Entry) -> Entry:
        if mark_of(parts) != request.POST.get("seen", ""):
            raise procedures.DraftMoved(MOVED)
        return form.plain()

    def act(at: datetime) -> str:
        procedures.change_parts(
            version.pk,
            keys,
            change,
            by=request.actor,
            at=at,
            valid_from=form.cleaned_data["valid_from"],
        )
        return address(code, number)

    answer = tried(request, form, act, "Đã lưu vào bản thảo.")
    context = {
        "title": "Thông tin chung",
        "back": address(code, number),
        "crumbs": way_down(version),
        "seen": mark_of(here),
    }
    return answer or form_page(request, form, context, current=CURRENT, template="process_step")


MOVED = (
    "Người khác vừa sửa phần này. Chưa có gì bị ghi đè; những gì ông/bà điền vẫn còn ở đây. Bấm"
    " “Lưu” lần nữa để ghi đè, hoặc “Hủy” để xem bản mới."
)


@require_http_methods(FORM)
@editors
def entry(request: ActorRequest, code: str, number: int, slug: str, one: str = "") -> HttpResponse:
    """Edit one entry of a list, or add one; what others did to it meanwhile is told."""
    version, key = procedures.get_version(code, number), key_of(slug)
    part, data = PARTS[key], procedures.read_text(version.source)
    found = procedures.find_entry(entries_of(key, data), one) if one else None
    if one and found is None:
        messages.error(request, f"Không còn dòng “{one}”; có lẽ người khác vừa bỏ.")
        return redirect(address(code, number))
    kind = ALL_FORMS[key]
    hindrance = "" if one or request.method == "POST" else hinders(key, data)
    if hindrance:
        messages.error(request, hindrance)
        return redirect(f"{address(code, number)}#{slug}")
    form = kind(
        request.POST or None,
        initial=kind.initial_of(found or part.usual),
        cases=[(str(case["code"]), str(case.get("name", ""))) for case in coded(data)],
        **asked_besides(key, data, found),
    )

    def act(at: datetime) -> str:
        values = form.plain(found or {})
        seen = request.POST.get("seen", "")
        procedures.change_parts(
            version.pk,
            keys_of(key),
            lambda parts: changed(
                key, parts, lambda those: procedures.put_entry(those, one, values, seen=seen)
            ),
            by=request.actor,
            at=at,
        )
        return f"{address(code, number)}#{slug}"

    answer = tried(request, form, act, "Đã lưu vào bản thảo.")
    context = {
        "title": f"Sửa {part.one} “{name_of(key, found)}”" if found else f"Thêm {part.one}",
        "back": address(code, number),
        "crumbs": way_down(version),
        "seen": mark_of(found),
        "names": names_of(key, data, besides=one if key == "derived" else ""),
        "names_for": NAMES_FOR.get(key, ""),
    }
    return answer or form_page(request, form, context, current=CURRENT, template="process_step")


NAMES_FOR = {
    "postings": content_work.BRACES,
    "slip": content_work.BRACES,
    "questions": "để hỏi, và các giá trị",
    "renewals": "khi điền sẵn",
}


def hinders(key: str, data: Entry) -> str:
    """Return why no entry can be added to a list now; "" if one can."""
    return content_work.hinders(key, data) or content_offers.hinders(key, data)


def names_of(key: str, data: Entry, besides: str = "") -> list[tuple[str, str]]:
    """Return the names that conditions may use: fields of the form, and what follows from them."""
    if key in WORK_FORMS:
        return content_work.names_for(key, data)
    if key in OFFER_FORMS:
        return content_offers.names_for(key, data)
    fields = form_pages.names_in(data.get("form"), "")
    derived = [pair for pair in content_work.derived_names(data) if pair[0] != besides]
    found = content_work.found_names(data) if key in {"outcomes", "derived"} else []
    return [*fields, *derived, *found]


ASKED = {
    **dict.fromkeys(WORK_FORMS, content_work.asked),
    **dict.fromkeys(OFFER_FORMS, content_offers.asked),
}


def asked_besides(key: str, data: Entry, found: Entry | None) -> dict[str, Any]:
    """Return what the form of a part is told besides: what can be chosen, which names are taken."""
    if key in ASKED:
        return ASKED[key](key, data, found)
    one = str(found["code"]) if found and key not in FORMS else ""
    if key == "fees":
        tables = [(table.code, table.name) for table in fees.tables_on(local_day(now()))]
        return {"choices": {"table": [("", "– (mức ghi ở trên)"), *tables]}}
    if key == "derived":
        return {"taken": {name for name, _ in names_of(key, data, besides=one)}}
    if key == "waiting":
        return {"choices": {"code": still_free(key, data, one, list(GROUNDS.items()))}}
    if key == "councils":
        council_steps = named(steps_of(data, processes.StepKind.COUNCIL))
        answers = [name for name, _ in form_pages.names_in(data.get("form"), "")]
        return {
            "choices": {"code": still_free(key, data, one, council_steps)},
            "before": (found or {}).get("records", ()),
            "answers": answers,
        }
    return {}


def coded(data: Entry) -> list[Entry]:
    """Return the cases that have a code."""
    return [one for one in procedures.entries_in(data.get("cases")) if one.get("code")]


def key_of(slug: str) -> str:
    """Return the list an address means. Raises: Http404."""
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


@require_http_methods(FORM)
@editors
def drop(request: ActorRequest, code: str, number: int, slug: str, one: str) -> HttpResponse:
    """Ask once more, then take an entry out of its list."""
    version, key = procedures.get_version(code, number), key_of(slug)
    if request.method != "POST":
        data = procedures.read_text(version.source)
        found = procedures.find_entry(entries_of(key, data), one)
        called = name_of(key, found) if found else one
        context = {
            "title": f"Bỏ {PARTS[key].one}",
            "crumbs": way_down(version),
            "question": f"Bỏ {PARTS[key].one} “{called}” khỏi bản thảo?",
            "consequence": "Những gì đã khai ở đây sẽ mất; các phiên bản đã công khai giữ nguyên.",
            "button": f"Bỏ {PARTS[key].one}",
            "back": f"{address(code, number)}#{slug}",
        }
        return page(request, "confirm", context, current=CURRENT)

    def act(at: datetime) -> str:
        procedures.change_parts(
            version.pk,
            keys_of(key),
            lambda parts: changed(key, parts, lambda those: procedures.drop_entry(those, one)),
            by=request.actor,
            at=at,
        )
        return f"{address(code, number)}#{slug}"

    try:
        return done(request, act, "Đã bỏ khỏi bản thảo.")
    except (procedures.BadDefinition, procedures.DraftMoved) as error:
        messages.error(request, str(error))
        return redirect(address(code, number))
