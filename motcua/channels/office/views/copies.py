"""Electronic copies (sao y, sao lục, trích sao) and attachments: made by the clerk, then sealed."""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.document_forms import AttachmentForm, CopyForm
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.views.handing_in import sent_content, shown
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.requests import api as requests
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import (
    AttachmentIn,
    CopyIn,
    CopyKind,
    DocumentKind,
    RequestState,
    SigningRequest,
)
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated, BadInput, NotAllowed, NotFound
from motcua.lib.text import whole_number

_KINDS = (DocumentKind.COPY, DocumentKind.ATTACHMENT)
_ROWS, _MOST_PAGES = 30, 2_000
_RANGE = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?")
_PDF = "application/pdf"
Run = Callable[[Any], SigningRequest]


@require_GET
@for_officers()
def copies(request: ActorRequest) -> HttpResponse:
    """Show the copies and attachments that the agency made, the newest first. Costs: 2 queries."""
    request.actor.require(Power.SEAL_DOCUMENTS)
    before = whole_number(request.GET.get("truoc", "")) or 0
    found = signing.made_at(request.actor, _KINDS, before=before, limit=_ROWS + 1)
    rows = [
        {**shown(one), "kind": DocumentKind(one.document_kind).label, "about": one.about}
        for one in found[:_ROWS]
    ]
    older = f"?truoc={found[_ROWS - 1].pk}" if len(found) > _ROWS else ""
    return page(request, "copies", {"rows": rows, "older": older}, current="copies")


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers("office:copies")
def new_copy(request: ActorRequest) -> HttpResponseBase:
    """Ask what is copied and how; then show the copy, to be numbered and sealed."""
    actor = request.actor
    actor.require(Power.SEAL_DOCUMENTS)
    source = source_of(request)
    agency = organisation.tree().agency(actor.agency_id or 0).name
    proposed = {
        "kind": CopyKind.WHOLE,
        "title": title_of(source)[:300],
        "abbreviation": signing.short_name(agency),
    }
    form = CopyForm(request.POST, request.FILES) if request.method == "POST" else CopyForm()
    if not form.is_bound:
        form.initial = proposed

    def run(data: Any) -> SigningRequest:
        kind = CopyKind(data["kind"])
        given = CopyIn(
            kind=kind,
            owner=f"copy:{signing.new_token()}",
            title=data["title"],
            about=about_of(source),
            pdf=content_for(request, form, source),
            agency_id=actor.agency_id or 0,
            unit_id=actor.unit_ids[0],
            pages=pages_in(data["pages"]) if kind == CopyKind.PART else (),
            abbreviation=data["abbreviation"],
        )
        return signing.request_copy(given, by=actor, at=now())

    return asked(request, form, run, "copy_new", {"source": source})


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers("office:copies")
def new_attachment(request: ActorRequest) -> HttpResponseBase:
    """Ask for an attachment in a file of its own; then show it, to be sealed."""
    actor = request.actor
    actor.require(Power.SEAL_DOCUMENTS)
    source = source_of(request)
    form = (
        AttachmentForm(request.POST, request.FILES)
        if request.method == "POST"
        else AttachmentForm()
    )
    if not form.is_bound and source is not None:
        form.initial = {"parent_number": source.number_words}

    def run(data: Any) -> SigningRequest:
        given = AttachmentIn(
            parent_number=data["parent_number"],
            owner=f"attachment:{signing.new_token()}",
            title=data["title"],
            about=about_of(source),
            pdf=content_for(request, form, None),
            agency_id=actor.agency_id or 0,
            unit_id=actor.unit_ids[0],
        )
        return signing.request_attachment(given, by=actor, at=now())

    return asked(request, form, run, "attachment_new", {"source": source})


def asked(
    request: ActorRequest, form: KitForm, run: Run, template: str, context: dict[str, Any]
) -> HttpResponseBase:
    """Do it, or show the form again with what was wrong."""
    if form.is_bound and form.is_valid():
        try:
            with requests.slow_place():
                made = run(form.cleaned_data)
            return redirect("office:document", made.code)
        except (NotAllowed, NotFound):
            raise
        except BadInput as error:
            form.blame(str(error), error.field)
        except Anticipated as error:
            form.blame(str(error))
    status = 422 if form.errors else 200
    return page(request, template, {"form": form, **context}, current="copies", status=status)


def source_of(request: ActorRequest) -> SigningRequest | None:
    """Return the issued document that is meant, if it is one of ours. Raises: NoSuchRequest."""
    code = request.GET.get("van-ban", "")
    if not code:
        return None
    found = signing.request_for(request.actor, code).request
    if found.state != RequestState.COMPLETED:
        raise BadInput("Văn bản này chưa ký, đóng dấu xong nên chưa sao được.")
    return found


def title_of(source: SigningRequest | None) -> str:
    """Return what a copy is called, as a proposal."""
    if source is None:
        return ""
    number = f" ({source.number_words})" if source.number_words else ""
    return f"Bản sao: {source.title}{number}"


def about_of(source: SigningRequest | None) -> str:
    """Return for officers what it was made from."""
    if source is None:
        return "từ tệp tải lên"
    href = reverse("office:document", args=[source.code])
    return f"từ văn bản {source.number_words or source.title} ({href})"[:500]


def content_for(request: ActorRequest, form: KitForm, source: SigningRequest | None) -> bytes:
    """Return the PDF to be copied. Raises: BadInput without one."""
    if source is not None:
        return signing.document_of(source)
    if not form.cleaned_data["file"]:
        raise BadInput("Hãy chọn tệp PDF của văn bản được sao.", field="file")
    content, media_type = sent_content(form, request.actor, now())
    if media_type != _PDF:
        raise BadInput("Chỉ sao được tệp PDF.", field="file")
    return content


def pages_in(text: str) -> tuple[int, ...]:
    """Return the pages that “1, 3-5” means, each once, in order. Raises: BadInput."""
    pages: set[int] = set()
    for part in filter(None, (one.strip() for one in text.split(","))):
        found = _RANGE.fullmatch(part)
        first = int(found[1]) if found else 0
        last = int(found[2] or found[1]) if found else 0
        if not 1 <= first <= last <= _MOST_PAGES:
            raise BadInput("Hãy ghi số trang như “1, 3-5”.", field="pages")
        pages |= set(range(first, last + 1))
    return tuple(sorted(pages))
