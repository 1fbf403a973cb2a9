"""Fee tables: the list, one table with its versions, publishing, ending, export, print."""

from datetime import date, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.fees import api as fees
from motcua.casework.procedures import api as procedures
from motcua.channels.backoffice import fee_words
from motcua.channels.backoffice.asking import Sheet, Way, asked
from motcua.channels.backoffice.doing import done
from motcua.channels.backoffice.fee_grid import Grid, grid_of
from motcua.channels.backoffice.fee_print import printed
from motcua.channels.backoffice.forms.fee_tables import EndTableForm
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import holds, needs
from motcua.channels.kit.downloads import pdf_response
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.lib.clock import local_day, now
from motcua.lib.decisions import Formula, Model, read_dmn
from motcua.lib.text import fold

CURRENT = "fee_tables"
FORM = ["GET", "POST"]
TONES = {
    fees.TableState.DRAFT.value: "info",
    fees.TableState.PUBLISHED.value: "ok",
    fees.TableState.WITHDRAWN.value: "neutral",
}
readers = needs(Power.EDIT_PROCEDURES, Power.PUBLISH_PROCEDURES, everywhere=True)
editors = needs(Power.EDIT_PROCEDURES, everywhere=True)
publishers = needs(Power.PUBLISH_PROCEDURES, everywhere=True)


def address(code: str, number: int | None = None) -> str:
    """Return the page of a table, or of one of its versions."""
    if number is None:
        return reverse("backoffice:fee_table", args=[code])
    return reverse("backoffice:fee_version", args=[code, number])


def crumbs(code: str = "", number: int | None = None) -> list[tuple[str, str]]:
    """Return the way from the list to the table."""
    words = [("Mức thu phí, lệ phí", reverse("backoffice:fee_tables"))]
    if code:
        words.append((code, address(code)))
    if number is not None:
        words.append((f"Phiên bản {number}", address(code, number)))
    return words


def standing(version: fees.FeeTableVersion, on: date) -> tuple[str, str]:
    """Return how a version stands today: a word and its tone."""
    if version.state != fees.TableState.PUBLISHED:
        return str(version.get_state_display()), TONES[version.state]
    if version.valid_from > on:
        return "Sắp có hiệu lực", "soon"
    if version.valid_to is not None and version.valid_to < on:
        return "Hết hiệu lực", "neutral"
    return "Đang có hiệu lực", "ok"


@require_GET
@readers
def fee_tables(request: ActorRequest) -> HttpResponse:
    """List all tables: what is in force, by which text, which procedures use it.

    Costs: four statements.
    """
    text = request.GET.get("q", "").strip()
    users = procedures.users_of_tables()
    wanted, tables = fold(text), fees.tables_on(local_day(now()))
    rows = [
        (one, users.get(one.code, [])) for one in tables if wanted in fold(f"{one.name} {one.code}")
    ]
    known = {one.code for one in tables}
    missing = [(code, used) for code, used in users.items() if code not in known]
    context = {
        "title": "Mức thu phí, lệ phí",
        "rows": rows,
        "text": text,
        "missing": missing,
        "may_edit": holds(request.actor, Power.EDIT_PROCEDURES, everywhere=True),
    }
    return page(request, "fee_tables", context, current=CURRENT)


@require_GET
@readers
def fee_table(request: ActorRequest, code: str) -> HttpResponse:
    """Show one table: its versions, who uses it, and what holds today.

    Costs: five statements.
    """
    found = fees.get_table(code)
    today = local_day(now())
    all_of_it = fees.versions_of(code)
    in_force = next((one for one in all_of_it if standing(one, today)[1] == "ok"), None)
    draft = next((one for one in all_of_it if one.state == fees.TableState.DRAFT), None)
    context = {
        "title": found.name,
        "crumbs": crumbs(),
        "table": found,
        "versions": [(one, standing(one, today)) for one in all_of_it],
        "in_force": in_force,
        "shown": parts_of(read_dmn(in_force.model.encode())) if in_force else [],
        "draft": draft,
        "users": procedures.users_of_tables().get(code, []),
        "may_edit": holds(request.actor, Power.EDIT_PROCEDURES, everywhere=True),
        "may_publish": holds(request.actor, Power.PUBLISH_PROCEDURES, everywhere=True),
    }
    return page(request, "fee_table", context, current=CURRENT)


def parts_of(model: Model) -> list[tuple[str, Grid | None, str]]:
    """Return each decision: its name, and its grid or its formula."""
    return [
        (one.name, None, one.expression)
        if isinstance(one, Formula)
        else (one.name, grid_of(one), "")
        for one in model.decisions
    ]


@require_GET
@readers
def fee_version(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Show one version: the table, what was found in it, its examples, what it changes.

    Costs: three statements.
    """
    found = fees.get_version(code, number)
    model = read_dmn(found.model.encode())
    earlier = earlier_of(found)
    context = {
        "title": found.table.name,
        "crumbs": crumbs(code),
        "version": found,
        "standing": standing(found, local_day(now())),
        "shown": parts_of(model),
        "proof": fee_words.prove(model, len(model.decisions)),
        "examples": fee_words.examples_of(model, found.examples, found.basis),
        "earlier": earlier,
        "changes": fee_words.changes(earlier, found) if earlier else [],
        "is_draft": found.state == fees.TableState.DRAFT,
        "may_edit": holds(request.actor, Power.EDIT_PROCEDURES, everywhere=True),
        "may_publish": holds(request.actor, Power.PUBLISH_PROCEDURES, everywhere=True),
    }
    return page(request, "fee_version", context, current=CURRENT)


def earlier_of(found: fees.FeeTableVersion) -> fees.FeeTableVersion | None:
    """Return the published version before this one."""
    return next(
        (
            one
            for one in fees.versions_of(found.table.code)
            if one.number < found.number and one.state != fees.TableState.DRAFT
        ),
        None,
    )


@require_http_methods(FORM)
@publishers
def publish(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Ask once more, then put a draft in force from its first day."""
    found = fees.get_version(code, number)

    def act(at: datetime) -> str:
        digest = request.POST.get("seen", "")
        fees.publish_table(found.pk, digest, by=request.actor, at=at)
        return address(code)

    if request.method == "POST":
        try:
            return done(request, act, "Đã công bố bảng thu.")
        except (fees.BadFeeTable, fees.TableMoved) as error:
            messages.error(request, str(error))
            return redirect(address(code, number))
    context = {
        "title": "Công bố bảng thu",
        "crumbs": crumbs(code, number),
        "version": found,
        "users": procedures.users_of_tables().get(code, []),
        "back": address(code, number),
    }
    return page(request, "fee_publish", context, current=CURRENT)


@require_http_methods(FORM)
@editors
def drop(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Ask once more, then throw a draft away."""
    found = fees.get_version(code, number)

    def act(at: datetime) -> str:
        fees.drop_draft(found.pk, by=request.actor, at=at)
        return reverse("backoffice:fee_tables")

    if request.method == "POST":
        return done(request, act, "Đã bỏ dự thảo.")
    context = {
        "title": "Bỏ dự thảo",
        "crumbs": crumbs(code, number),
        "question": f"Bỏ dự thảo phiên bản {number} của bảng “{found.table.name}”?",
        "consequence": "Những gì soạn trong dự thảo sẽ mất; các phiên bản đã công bố giữ nguyên.",
        "button": "Bỏ dự thảo",
        "back": address(code, number),
    }
    return page(request, "confirm", context, current=CURRENT)


@require_http_methods(FORM)
@publishers
def end(request: ActorRequest, code: str) -> HttpResponse:
    """End a table: after its last day nothing is decided by it."""
    found = fees.get_table(code)
    form = EndTableForm(request.POST or None)
    users = [one.code for one in procedures.users_of_tables().get(code, [])]

    def act(at: datetime) -> str:
        fees.end_table(code, on=form.cleaned_data["on"], by=request.actor, at=at)
        return address(code)

    used = f" Thủ tục đang dùng: {', '.join(users)}: hãy sửa trước." if users else ""
    sheet = Sheet(
        f"Cho bảng “{found.name}” hết hiệu lực",
        "Ghi ngày cuối",
        "Đã ghi ngày cuối của bảng thu.",
        intro=f"Sau ngày này không tính được tiền theo bảng nữa.{used}",
        warning=True,
    )
    return asked(request, form, act, sheet, Way(address(code), crumbs(code), CURRENT))


@require_GET
@readers
def export(request: ActorRequest, code: str, number: int) -> HttpResponse:  # noqa: ARG001 -- a view
    """Hand out a version as a DMN file."""
    found = fees.get_version(code, number)
    answer = HttpResponse(found.model.encode(), content_type="application/xml")
    answer.headers["Content-Disposition"] = f'attachment; filename="{code}-v{number}.dmn"'
    return answer


@require_GET
@readers
def print_table(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Print a version as PDF."""
    found = fees.get_version(code, number)
    return pdf_response(printed(found, by=request.actor, at=now()), f"{code}-v{number}.pdf")
