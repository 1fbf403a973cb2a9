"""The mark “ĐẾN” on a copy for reading, and the slip that goes with an incoming document."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.documents import api as documents
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.registry.frame import for_officers
from motcua.foundation.papers import api as papers
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated


def stamped(request: ActorRequest, code: str, at: datetime) -> None:
    """Put the mark on a copy right after registering; where it cannot stand, say why."""
    try:
        documents.stamp(code, by=request.actor, at=at)
    except Anticipated as error:
        messages.warning(request, f"Đã vào sổ, nhưng chưa đóng dấu “ĐẾN”: {error}")


@require_POST
@for_officers("registry:start")
def stamp(request: ActorRequest, code: str) -> HttpResponse:
    """Put the mark on a copy of the document's PDF."""
    documents.get_document_for(request.actor, code)
    documents.stamp(code, by=request.actor, at=now())
    messages.success(request, "Đã đóng dấu “ĐẾN” lên bản đọc; tệp gốc giữ nguyên.")
    return redirect("registry:document", code)


@require_GET
@for_officers("registry:start")
def slip(request: ActorRequest, code: str) -> HttpResponse:
    """Print the slip, with what was directed on it so far."""
    document = documents.get_document_for(request.actor, code)
    paper = documents.routing_slip(request.actor, documents.whole(document))
    answer = HttpResponse(papers.render_paper(paper), content_type="application/pdf")
    name = f"phieu-giai-quyet-{document.ordinal}.pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
