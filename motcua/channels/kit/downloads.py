"""Handing out stored files; whether the reader may have them is for the room that holds them."""

from typing import TypeVar

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from motcua.foundation.files import api as files

R = TypeVar("R", bound=HttpResponseBase)
# A file is never a page of ours: it may load nothing and run nothing, whatever is in it.
_LOCKED_UP = "default-src 'none'; sandbox"
# Browsers show a PDF with a viewer of their own, which a sandbox would stop.
_SHOWN_PDF = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"


def file_response(stored: files.StoredFile, name: str, *, inline: bool = False) -> HttpResponseBase:
    """Answer with the content under the name its holder knows; shown in place only if harmless.

    Raises: FileLocked.
    """
    shown = inline and stored.is_shown
    response = FileResponse(
        files.open_file(stored),
        as_attachment=not shown,
        filename=files.clean_name(name),
        content_type=stored.media_type,
    )
    response.headers["Content-Length"] = str(stored.size)
    is_pdf = stored.media_type == "application/pdf"
    return _sealed(response, _SHOWN_PDF if shown and is_pdf else _LOCKED_UP)


def bytes_response(content: bytes, name: str) -> HttpResponseBase:
    """Answer with bytes that are in no store, to be saved, never shown in place."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=files.clean_name(name)
    )
    return _sealed(response, _LOCKED_UP)


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Answer with a PDF made here, shown in place by the browser's own viewer."""
    response = HttpResponse(content, content_type="application/pdf")
    shown = content_disposition_header(as_attachment=False, filename=files.clean_name(name))
    response.headers["Content-Disposition"] = shown or "inline"
    return _sealed(response, _SHOWN_PDF)


def preview_response(stored: files.StoredFile) -> HttpResponseBase:
    """Answer with the small picture of the first page, or 404 if there is none.

    Raises: FileLocked.
    """
    preview = files.open_preview(stored)
    if preview is None:
        return HttpResponse(status=404)
    return _sealed(FileResponse(preview, content_type="image/webp"), _LOCKED_UP)


def _sealed(response: R, policy: str) -> R:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = policy
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response
