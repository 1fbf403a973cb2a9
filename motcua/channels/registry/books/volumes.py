"""Which volume of a long book is printed."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Between, Book, Volume
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.registry.frame import page
from motcua.foundation.papers import api as papers
from motcua.lib.errors import BadInput

from .lines import number_in


class Choice(NamedTuple):
    """The volumes there are, and which of them was chosen; none of several until one asks."""

    volumes: list[Volume]
    chosen: Volume | None


def choice_of(request: HttpRequest, book: Book, only: Between) -> Choice:
    """Return which volume was asked for. Raises: BadInput if nothing stands in these days."""
    volumes = documents.volumes_in(book, only, documents.latest_in(book))
    if not volumes:
        raise BadInput("Không có số nào vào sổ trong những ngày đã chọn.")
    wanted = number_in(request, "tap") or (1 if len(volumes) == 1 else 0)
    is_one = 1 <= wanted <= len(volumes)
    return Choice(volumes, volumes[wanted - 1] if is_one else None)


def choose(request: ActorRequest, book: Book, volumes: list[Volume]) -> HttpResponse:
    """Show which volumes a long book is printed in."""
    query = request.GET.copy()
    rows = []
    for volume in volumes:
        query["tap"] = str(volume.number)
        rows.append((volume, f"{request.path}?{query.urlencode()}"))
    context = {"book": book, "volumes": rows}
    return page(request, "books/volumes", context, current="books")


def printed(print_: papers.RegisterBook, name: str, volume: Volume) -> HttpResponse:
    """Return the volume as a PDF to be looked at."""
    answer = HttpResponse(papers.render_register(print_), content_type="application/pdf")
    tail = f"-tap-{volume.number}" if volume.of > 1 else ""
    answer.headers["Content-Disposition"] = f'inline; filename="{name}{tail}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
