"""Files of a dossier, its official papers and its outcomes."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import api as dossiers
from motcua.channels.kit.downloads import file_response, preview_response
from motcua.channels.kit.owners import whose
from motcua.channels.kit.paper_signatures import signatures_part, signatures_seen
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.frame import for_officers, page
from motcua.foundation.signing import api as signing
from motcua.lib.clock import now

_PDF = "application/pdf"


@require_GET
@for_officers()
def paper_file(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Hand out the file of a paper."""
    paper = found_paper(request, code, seq)
    return file_response(paper.file, paper.file_name, inline=True)


@require_GET
@for_officers()
def paper_signatures_part(request: ActorRequest, code: str, seq: int) -> HttpResponse:
    """Say what is known by now of the signatures in a paper's file."""
    paper = found_paper(request, code, seq)
    page_of = reverse("office:paper_signatures", args=[code, seq])
    opened = dossiers.get_dossier_for(request.actor, code)
    return signatures_part(request, paper.file_id, page_of, at=now(), whose=whose(opened))


@require_GET
@for_officers()
def paper_preview(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Hand out the small picture of a paper's first page."""
    return preview_response(found_paper(request, code, seq).file)


@require_GET
@for_officers("office:dossier")
def paper_signatures(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Show who signed a paper, whether trusted and why, before anybody relies on it."""
    paper = found_paper(request, code, seq)
    looks = signing.looks_at([paper.file_id], at=now())
    opened = dossiers.get_dossier_for(request.actor, code)
    seen = signatures_seen(looks, paper.file_id, request.path, whose=whose(opened))
    context = {"code": code, "paper": paper, "seen": seen}
    return page(request, "paper_signatures", context, current="")


@require_GET
@for_officers()
def visit_photo(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Hand out a picture taken on a visit."""
    photo = found_photo(request, code, seq)
    return file_response(photo.file, photo.file_name, inline=True)


@require_GET
@for_officers()
def visit_photo_preview(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Hand out the small form of a picture taken on a visit."""
    return preview_response(found_photo(request, code, seq).file)


@require_GET
@for_officers()
def issued(request: ActorRequest, code: str, form: str, seq: int) -> HttpResponse:
    """Print an official paper, and note who printed it."""
    content = dossiers.print_paper(code, form, seq, by=request.actor, at=now())
    return pdf(content, f"{code}-mau-{form}.pdf")


@require_GET
@for_officers("office:dossier")
def outcome(request: ActorRequest, code: str, seq: int) -> HttpResponse:
    """Show an outcome, or its draft, as it is printed."""
    return pdf(dossiers.outcome_pdf(request.actor, code, seq), f"{code}-ket-qua.pdf")


@require_GET
@for_officers("office:dossier")
def outcome_file(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Hand out the file somebody drafted as the outcome."""
    opened = dossiers.get_dossier_for(request.actor, code)
    found = next((one for one in dossiers.whole(opened).outcomes if one.seq == seq), None)
    if found is None or found.file is None:
        raise Http404("Không có tệp này trong hồ sơ.")
    return file_response(found.file, found.file_name, inline=True)


@require_GET
@for_officers("office:dossier")
def word_draft(request: ActorRequest, code: str, outcome: str) -> HttpResponse:
    """Hand out the template of an outcome filled for the dossier, and note who took it."""
    draft = dossiers.take_word_draft(code, outcome, by=request.actor, at=now())
    answer = HttpResponse(draft.content, content_type=dossiers.WORD)
    answer.headers["Content-Disposition"] = f'attachment; filename="{draft.name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=_PDF)
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def xml(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/xml")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def found_paper(request: ActorRequest, code: str, seq: int) -> Any:
    """Return the paper with its file. Raises: NoSuchDossier, Http404."""
    opened = dossiers.get_dossier_for(request.actor, code)
    paper = dossiers.find_paper(opened, seq)
    if paper is None or paper.file is None:
        raise Http404("Không có tệp này trong hồ sơ.")
    return paper


def found_photo(request: ActorRequest, code: str, seq: int) -> Any:
    """Return the picture with its file. Raises: NoSuchDossier, Http404."""
    opened = dossiers.get_dossier_for(request.actor, code)
    photo = dossiers.find_photo(request.actor, opened, seq)
    if photo is None:
        raise Http404("Không có ảnh này trong hồ sơ.")
    return photo
