"""Certification of copies: papers, pages, copies; the fee runs along; done in one act."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import CertLine
from motcua.casework.fees import api as fees
from motcua.casework.procedures import api as procedures
from motcua.channels.counter.frame import desk_of, page
from motcua.channels.counter.sheet import CERTIFICATION
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated, BadInput, NotAllowed
from motcua.lib.text import whole_number

from .reception import on_card

FIRST_ROWS, MORE_ROWS, MOST_ROWS = 5, 3, 50
USUAL = (
    "Căn cước",
    "Giấy khai sinh",
    "Bằng tốt nghiệp",
    "Học bạ",
    "Giấy chứng nhận quyền sử dụng đất",
    "Giấy đăng ký kết hôn",
    "Giấy xác nhận tình trạng hôn nhân",
    "Sổ bảo hiểm xã hội",
)


class Line(NamedTuple):
    """One line as typed, and what it costs if it is complete."""

    name: str
    pages: str
    copies: str
    fee_vnd: int | None
    why: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("counter:certify")
def certify(request: ActorRequest) -> HttpResponse:
    """Show the lines with their running fee, or certify them all."""
    at, data = now(), request.POST if request.method == "POST" else begun(request)
    errors: list[dict[str, str]] = []
    name = data.get("applicant_name", "")
    signers = signers_of(request, at)
    if data.get("act") == "certify":
        try:
            return redirect("counter:certified", certify_all(request, at))
        except NotAllowed:
            raise
        except Anticipated as error:
            errors.append({"text": str(error), "href": HREFS.get(getattr(error, "field", ""), "")})
    if data.get("act") == "card":
        name = name_on_card(request, errors)
    typed = list(lines_typed(data, at))
    context = {
        "lines": [*typed, *blank_lines(typed)],
        "total": sum(line.fee_vnd or 0 for line in typed),
        "copies": sum(whole_number(line.copies) or 0 for line in typed if line.fee_vnd is not None),
        "applicant_name": name,
        "receipt": data.get("receipt_number", ""),
        "signers": signers,
        "signer": data.get("signer", ""),
        "errors": errors,
        "usual": USUAL,
        "tariff": tariff_on(at),
    }
    status = 422 if errors else 200
    return page(request, "certify", context, current="certify", status=status)


def begun(request: ActorRequest) -> QueryDict:
    """Return what goes on from one person to the next: who signs, the next receipt, the papers."""
    data = QueryDict(mutable=True)
    data["signer"] = request.GET.get("ky", "")
    data["receipt_number"] = next_receipt(request.GET.get("bl", ""))
    if code := request.GET.get("lap", ""):
        for line in dossiers.certified_lines(dossiers.get_dossier_for(request.actor, code)):
            for name, value in (
                ("name", line.paper_name),
                ("pages", line.pages),
                ("copies", line.copies),
            ):
                data.appendlist(name, str(value))
    return data


def next_receipt(number: str) -> str:
    """Return the number after this one in the block of receipts; nothing if it has no digits."""
    found = _COUNTER.search(number)
    if found is None:
        return ""
    digits = found.group()
    return f"{number[: found.start()]}{int(digits) + 1:0{len(digits)}d}"


def signers_of(request: ActorRequest, at: datetime) -> list[tuple[str, str]]:
    """Return who may sign, the leaders first."""
    seats = dossiers.certifiers(desk_of(request).id, local_day(at))
    return [(str(seat.post_id), f"{seat.officer_name} – {seat.title}") for seat in seats]


_COUNTER = re.compile(r"\d{1,15}$")
HREFS = {
    "signer": "#id_signer",
    "applicant_name": "#id_applicant_name",
    "receipt_number": "#id_receipt_number",
    "lines": "#id_name_1",
}


def certify_all(request: ActorRequest, at: datetime) -> str:
    data = request.POST
    return dossiers.certify_copies(
        [wanted(line) for line in lines_typed(data, at)],
        data.get("applicant_name", "").strip(),
        desk_unit_id=desk_of(request).id,
        receipt_number=data.get("receipt_number", "").strip(),
        signer_post_id=whole_number(data.get("signer", "")),
        by=request.actor,
        at=at,
        key=data.get("request_key", ""),
    )


def wanted(line: Line) -> CertLine:
    """Return the line as it is to be certified. Raises: BadInput for what is no number."""
    pages, copies = whole_number(line.pages), whole_number(line.copies)
    if pages is None or copies is None:
        message = f"“{line.name or 'Dòng chưa có tên'}”: số trang và số bản phải là số."
        raise BadInput(message, field="lines")
    return CertLine(line.name, pages, copies)


def lines_typed(data: QueryDict, at: datetime) -> Iterator[Line]:
    """Yield the lines in which something was typed."""
    definition = definition_on(at)
    columns = (data.getlist(name) for name in ("name", "pages", "copies"))
    for name, pages, copies in list(zip(*columns, strict=False))[:MOST_ROWS]:
        values = (name.strip(), pages.strip(), copies.strip())
        if values[0] or values[1]:
            fee = fee_of(definition, *values[1:], local_day(at))
            yield Line(*values, fee.amount_vnd if fee else None, fee.reason if fee else "")


def fee_of(
    definition: procedures.Definition | None, typed_pages: str, typed_copies: str, on: date
) -> dossiers.CertFee | None:
    """Return what one line costs, nothing while it is not complete or no amount is known."""
    pages, copies = whole_number(typed_pages), whole_number(typed_copies)
    if definition is None or not pages or not copies:
        return None
    try:
        return dossiers.fee_of_certifying(definition, CertLine("", pages, copies), on=on)
    except Anticipated:
        return None


def definition_on(at: datetime) -> procedures.Definition | None:
    """Return what holds of certifying copies that day."""
    found = procedures.find_in_force(CERTIFICATION, local_day(at))
    return found.definition if found else None


def tariff_on(at: datetime) -> list[str]:
    """Return what a copy costs, in words."""
    definition = definition_on(at)
    on = local_day(at)
    lines = definition.fees if definition else ()
    return [
        f"{line.name}: {fees.amount_words(line, on=on)}. {line.basis}".removesuffix(". ")
        for line in lines
        if line.basis or line.table
    ]


def blank_lines(typed: Sequence[Line]) -> list[Line]:
    count = max(FIRST_ROWS - len(typed), MORE_ROWS)
    return [Line("", "", "1", None)] * count


def name_on_card(request: ActorRequest, errors: list[dict[str, str]]) -> str:
    try:
        found, _ = on_card(request.POST.get("card", "").strip(), by=request.actor, at=now())
    except Anticipated as error:
        errors.append({"text": str(error), "href": "#id_card"})
        return ""
    return found.get("full_name", "")


@require_GET
@shows_errors("counter:certify")
def certified(request: ActorRequest, code: str) -> HttpResponse:
    """Show what was certified: numbers of the book, fee, receipt."""
    opened = dossiers.get_dossier_for(request.actor, code)
    lines = dossiers.certified_lines(opened)
    all_of_it = dossiers.whole(opened)
    numbers = (fee.receipt_number for fee in all_of_it.fees)
    receipts = list(dict.fromkeys(filter(None, numbers)))
    outcome = all_of_it.outcomes[0] if all_of_it.outcomes else None
    onward = {"bl": receipts[-1] if receipts else "", "ky": signer_again(request, outcome)}
    context = {
        "dossier": opened,
        "lines": lines,
        "total": sum(line.amount_vnd for line in lines),
        "receipts": receipts,
        "outcome": outcome,
        "next": reverse("counter:certify", query=onward),
        "again": reverse("counter:certify", query={**onward, "lap": code}),
    }
    return page(request, "certified", context, current="certify")


def signer_again(request: ActorRequest, outcome: dossiers.DossierOutcome | None) -> str:
    """Return the post of who signed, to be proposed for the next person."""
    if outcome is None:
        return ""
    signed = f"{outcome.signed_by_name} – {outcome.signed_by_title}"
    return next((post for post, word in signers_of(request, now()) if word == signed), "")
