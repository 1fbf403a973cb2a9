"""Old Office files that a partner sent and that are not opened here: handed out as they came."""

from typing import BinaryIO, cast

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Document
from motcua.casework.exchange import api as exchange
from motcua.channels.kit.downloads import bytes_response
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.registry.frame import for_officers, page
from motcua.channels.registry.reading.showing import state_badge
from motcua.foundation.access.api import Power
from motcua.foundation.files import api as files
from motcua.lib.clock import now
from motcua.lib.errors import BadInput


def _for_clerk(request: ActorRequest, code: str) -> Document:
    """Return the document for its registry's clerk. Raises: NotAllowed, NoSuchDocument."""
    document = documents.get_document_for(request.actor, code)
    request.actor.require(Power.REGISTER_DOCUMENTS, unit_id=document.unit_id)
    if not document.envelope:
        raise Http404("Văn bản này không đến bằng gói tin.")
    return document


@require_GET
@for_officers("registry:start")
def originals(request: ActorRequest, code: str) -> HttpResponse:
    """List them, with what to do."""
    document = _for_clerk(request, code)
    context = {
        "document": document,
        "named": documents.in_words(document.number, document.notation),
        "state": state_badge(document),
        "files": exchange.set_aside(document.envelope, at=now()),
    }
    return page(request, "originals", context, current="incoming")


@require_GET
@for_officers("registry:start")
def original(request: ActorRequest, code: str, number: int) -> HttpResponseBase:
    """Hand out one, never to be shown in the browser; one with a virus is not."""
    document = _for_clerk(request, code)
    found = exchange.set_aside(document.envelope, at=now())
    one = next((one for one in found if one.number == number), None)
    if one is None:
        raise Http404("Gói tin này không có tệp đó.")
    with one.content.open() as stream:
        content = stream.read()
    _check_clean(one)
    return bytes_response(content, one.name)


def _check_clean(one: exchange.SetAside) -> None:
    """Raises: BadInput if the scanner finds something; without one it goes as it is."""
    try:
        with one.content.open() as stream:
            virus = files.scanner().find_virus(cast("BinaryIO", stream))
    except files.ScannerAway:
        return
    if virus:
        raise BadInput(f"Tệp “{one.name}” có vi-rút, không tải ra được. Hãy từ chối tiếp nhận.")
