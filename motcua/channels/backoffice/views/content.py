"""What a version says, on pages: a new procedure, its facts, cases, papers, fees and results."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.fees import api as fees
from motcua.casework.forms.api import mark_of
from motcua.casework.procedures import api as procedures
from motcua.channels.backoffice import form_pages
from motcua.channels.backoffice.asking import Sheet, Way, asked
from motcua.channels.backoffice.doing import done, tried
from motcua.channels.backoffice.forms.content import (
    FORMS,
    GeneralForm,
    NewProcedureForm,
    limit_words,
)
from motcua.channels.backoffice.frame import form_page, page
from motcua.channels.backoffice.guard import holds
from motcua.channels.backoffice.views.procedures import FORM, crumbs, editors, readers
from motcua.channels.backoffice.views.procedures import address as version_address
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.words import number as in_digits
from motcua.foundation.access.api import Power
from motcua.lib.clock import local_day, now
from motcua.lib.money import in_dong

CURRENT, GENERAL = "procedures", "chung"
Entry = Mapping[str, Any]


class Part(NamedTuple):
    """One list of a version: its address, its words, what a new entry begins with."""

    slug: str
    title: str
    one: str
    none: str
    usual: Entry


PARTS: Mapping[str, Part] = {
    "cases": Part(
        "truong-hop",
        "Trường hợp và thời hạn",
        "trường hợp",
        "Chưa có trường hợp nào: chưa nơi nào nhận được hồ sơ.",
        {},
    ),
    "papers": Part(
        "giay-to",
        "Giấy tờ",
        "giấy tờ",
        "Không đòi giấy tờ nào ngoài tờ khai.",
        {"handling": "hand_in", "required": True, "originals": 1},
    ),
    "fees": Part("khoan-thu", "Phí, lệ phí", "khoản thu", "Không thu tiền.", {"kind": "charge"}),
    "outcomes": Part("ket-qua", "Kết quả", "kết quả", "Chưa ghi kết quả nào.", {}),
}
BY_SLUG = {part.slug: key for key, part in PARTS.items()}


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
        context["parts"] = [(part, rows_of(key, data)) for key, part in PARTS.items()]
        context["lacks"] = procedures.parse_text(version.source).lacks
    except procedures.BadDefinition as error:
        context["complaint"] = str(error)
    return page(request, "content", context, current=CURRENT)


def general_rows(data: Entry) -> list[tuple[str, str]]:
    """Return the facts of the procedure with the words of their fields."""
    initial = GeneralForm.initial_of(data) | {"sector_code": data.get("sector_name")}
    rows = []
    for name in GeneralForm.parts():
        field = GeneralForm.base_fields[name]
        words = dict(getattr(field, "choices", ())).get(initial.get(name), initial.get(name))
        if words and name != "sector_name":
            rows.append((str(field.label), str(words)))
    return rows


def rows_of(key: str, data: Entry) -> list[tuple[str, str, str]]:
    """Return of each entry its code, its name and what else matters."""
    return [
        (str(one.get("code", "")), str(one.get("name", "")), TOLD[key](one))
        for one in procedures.entries_in(data.get(key))
    ]


def case_words(one: Entry) -> str:
    """Return the limits of a case."""
    limits = one.get("limits")
    known = limits if isinstance(limits, Mapping) else {}
    told = [f"{channel.label}: {limit_words(known[channel])}" for channel in known_in(known)]
    return "; ".join([*told, *condition_words(one, "when")])


def known_in(limits: Entry) -> list[procedures.FilingChannel]:
    return [one for one in procedures.FilingChannel if str(one) in limits]


def paper_words(one: Entry) -> str:
    """Return what becomes of a paper."""
    told = [f"{in_digits(one[key])} {words}" for key, words in COUNTS if one.get(key)]
    if one.get("replaced_by_data"):
        told.append(f"thay bằng {one['replaced_by_data']}")
    required = one.get("required", True)
    if required in (False, "false"):
        told.append("không bắt buộc")
    elif isinstance(required, str) and required != "true":
        told.append(f"khi {required}")
    return "; ".join(told)


COUNTS = (("originals", "bản chính"), ("copies", "bản sao"))


def fee_words(one: Entry) -> str:
    """Return how much a fee is."""
    amount = one.get("amount_vnd")
    much = in_dong(amount) if isinstance(amount, int) else f"theo bảng {one.get('table', '–')}"
    return "; ".join([much, *condition_words(one, "when")])


def outcome_words(one: Entry) -> str:
    """Return when there is a result and how long it holds."""
    months = one.get("validity_months")
    told = [f"hiệu lực {months} tháng"] if months else []
    return "; ".join([*told, *condition_words(one, "when")])


def condition_words(one: Entry, key: str) -> list[str]:
    return [f"khi {one[key]}"] if one.get(key) else []


TOLD = {"cases": case_words, "papers": paper_words, "fees": fee_words, "outcomes": outcome_words}


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
    found = procedures.find_entry(data.get(key), one) if one else None
    if one and found is None:
        messages.error(request, f"Không còn dòng “{one}”; có lẽ người khác vừa bỏ.")
        return redirect(address(code, number))
    kind = FORMS[key]
    form = kind(
        request.POST or None,
        initial=kind.initial_of(found or part.usual),
        cases=[(str(case["code"]), str(case.get("name", ""))) for case in coded(data)],
        tables=[(table.code, table.name) for table in fees.tables_on(local_day(now()))]
        if key == "fees"
        else (),
    )

    def act(at: datetime) -> str:
        values = form.plain(found or {})
        seen = request.POST.get("seen", "")
        procedures.change_part(
            version.pk,
            key,
            lambda now_is: procedures.put_entry(now_is, one, values, seen=seen),
            by=request.actor,
            at=at,
        )
        return f"{address(code, number)}#{slug}"

    answer = tried(request, form, act, "Đã lưu vào bản thảo.")
    context = {
        "title": f"Sửa {part.one} “{found.get('name', one)}”" if found else f"Thêm {part.one}",
        "back": address(code, number),
        "crumbs": way_down(version),
        "seen": mark_of(found),
        "names": form_pages.names_in(data.get("form"), ""),
    }
    return answer or form_page(request, form, context, current=CURRENT, template="process_step")


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
        found = procedures.find_entry(procedures.read_text(version.source).get(key), one) or {}
        context = {
            "title": f"Bỏ {PARTS[key].one}",
            "crumbs": way_down(version),
            "question": f"Bỏ {PARTS[key].one} “{found.get('name', one)}” khỏi bản thảo?",
            "consequence": "Những gì đã khai ở đây sẽ mất; các phiên bản đã công khai giữ nguyên.",
            "button": f"Bỏ {PARTS[key].one}",
            "back": f"{address(code, number)}#{slug}",
        }
        return page(request, "confirm", context, current=CURRENT)

    def act(at: datetime) -> str:
        procedures.change_part(
            version.pk,
            key,
            lambda data: procedures.drop_entry(data, one),
            by=request.actor,
            at=at,
        )
        return f"{address(code, number)}#{slug}"

    try:
        return done(request, act, "Đã bỏ khỏi bản thảo.")
    except (procedures.BadDefinition, procedures.DraftMoved) as error:
        messages.error(request, str(error))
        return redirect(address(code, number))
