"""Receiving files in parts; `upload.js` is the other end.

POST /tep/bat-dau/ with name and size → {"token", "offset"}; HEAD /tep/<token>/ → Upload-Offset;
PATCH /tep/<token>/ with Upload-Offset and at most 1 MB of bytes → the new Upload-Offset. The part
that completes the file has it checked: a refusal is 422 with a sentence to show. To attach the file
a view hands the token to `files.finish_upload`.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.foundation.files import api as files
from motcua.lib.actor import Actor
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated
from motcua.lib.text import whole_number

from .requests import ActorRequest
from .tongues import said_by

MOST_PART_BYTES = 1 << 20
_STATUS = {files.UploadNotFound: 404, files.OffsetDiffers: 409, files.TooManyUploads: 429}
View = Callable[..., HttpResponse]


def _says_why(view: View) -> View:
    """Answer a refusal with its sentence as plain text, and with where an upload stands."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Anticipated as error:
            status = _STATUS.get(type(error), 422)
            answer = HttpResponse(
                said_by(error), status=status, content_type="text/plain; charset=utf-8"
            )
            if isinstance(error, files.OffsetDiffers):
                answer.headers["Upload-Offset"] = str(error.offset)
            return answer

    return guarded


@never_cache
@require_POST
@_says_why
def begin(request: ActorRequest) -> HttpResponse:
    """Announce a file."""
    name, size = request.POST.get("name", ""), request.POST.get("size", "")
    known = whole_number(size)
    if known is None:
        return HttpResponse(
            "Thiếu kích thước tệp.", status=400, content_type="text/plain; charset=utf-8"
        )
    upload = files.begin_upload(name, known, by=request.actor, at=now())
    return JsonResponse({"token": upload.token, "offset": upload.offset}, status=201)


@never_cache
@require_http_methods(["HEAD", "PATCH"])
@_says_why
def part(request: ActorRequest, token: str) -> HttpResponse:
    """Say where an upload stands, or take its next part."""
    if request.method == "PATCH":
        return _take(request, token, request.actor)
    upload = files.get_upload(token, by=request.actor, at=now())
    return HttpResponse(headers={"Upload-Offset": str(upload.offset)})


def _take(request: HttpRequest, token: str, actor: Actor) -> HttpResponse:
    offset = whole_number(request.headers.get("Upload-Offset", ""))
    length = whole_number(request.headers.get("Content-Length", ""))
    if offset is None or length is None or length > MOST_PART_BYTES:
        return HttpResponse(
            "Phần tệp gửi lên không hợp lệ.", status=400, content_type="text/plain; charset=utf-8"
        )
    upload = files.take_part(token, offset, request.body, by=actor, at=now())
    return HttpResponse(status=204, headers={"Upload-Offset": str(upload.offset)})


urlpatterns = [
    path("bat-dau/", begin, name="upload_begin"),
    path("<str:token>/", part, name="upload_part"),
]
