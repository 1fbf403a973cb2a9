"""The addresses of the interface."""

import json
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from django.views.decorators.http import require_GET

from motcua.channels.kit.access import public

from . import guide as pages
from .describing import SUBJECTS, described
from .interface import make_interface
from .package import changes, wheel

PREFIX = "api/"
interface = make_interface()


@public
@require_GET
def description(request: HttpRequest) -> HttpResponse:
    """Answer the description of the interface (OpenAPI 3.1)."""
    return HttpResponse(_description(_root(request)), content_type="application/json")


@public
@require_GET
def changes_of_interface(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer what changed in the interface, newest first."""
    return HttpResponse(changes(), content_type="text/markdown; charset=utf-8")


@public
@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """Show what the interface is, and its subjects."""
    context = {
        "title": "Giao diện lập trình",
        "subjects": pages.subjects_of(interface),
        "errors": pages.errors(),
        "root": _root(request),
    }
    return render(request, "api/guide.html", context)


@public
@require_GET
def client_package(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer the Python client, under the name installers want."""
    known, content = wheel()
    if name != known:
        raise Http404(f"Gói hiện có là {known}.")
    answer = HttpResponse(content, content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{known}"'
    return answer


@public
@require_GET
def current_client(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Lead to the Python client of today."""
    return redirect("api_files:client", wheel()[0])


@public
@require_GET
def subject(request: HttpRequest, name: str) -> HttpResponse:
    """Show the endpoints of one subject with examples."""
    if name not in SUBJECTS:
        raise Http404("Giao diện không có mục này.")
    context = {
        "title": SUBJECTS[name],
        "name": name,
        "entries": pages.entries_of(interface, _root(request), name),
    }
    return render(request, "api/subject.html", context)


@lru_cache(maxsize=4)
def _description(root: str) -> bytes:
    """Return the text for one address: a megabyte that anybody may ask for, written once."""
    return json.dumps(described(interface, root)).encode()


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/api").rstrip("/")


files = [
    path("", guide, name="guide"),
    path("muc/<slug:name>/", subject, name="subject"),
    path("openapi.json", description, name="description"),
    path("changes.md", changes_of_interface, name="changes"),
    path("client.whl", current_client, name="current_client"),
    path("client/<str:name>", client_package, name="client"),
]
urlpatterns = [path("", include((files, "api_files"))), path("", interface.urls)]
