"""Reading in bulk for analysis: NDJSON, everything first, then what changed since."""

import gzip
from typing import Any

from django.http import HttpResponse
from ninja import Router
from ninja.params import functions as params
from pydantic_core import to_json

from motcua.casework.extracts import api as extracts
from motcua.casework.extracts.api import PieceIn, Stream
from motcua.channels.api import problems
from motcua.channels.api.shapes import Problem
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.requests import api as requests
from motcua.lib.clock import now

REFUSED = {
    400: Problem,
    401: Problem,
    403: Problem,
    404: Problem,
    410: Problem,
    422: Problem,
    503: Problem,
}
NDJSON = "application/x-ndjson; charset=utf-8"
CURSOR = "X-Next-Cursor"
_WORTH_PACKING = 1_000
_SINCE: Any = params.Query("", max_length=300)
_LIMIT: Any = params.Query(extracts.MOST_ROWS, ge=1, le=extracts.MOST_ROWS)
_NAMES: Any = params.Query(False)  # noqa: FBT003 -- the default of a parameter
_LINES = {
    "responses": {
        200: {
            "description": "One row a line; the last line is {“cursor”: …, “has_more”: …}.",
            "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
        }
    }
}
router = Router(tags=["bulk"])


@router.get("/{stream}", response=REFUSED, openapi_extra=_LINES)
def read(
    request: ActorRequest,
    stream: Stream,
    since: str = _SINCE,
    limit: int = _LIMIT,
    names: bool = _NAMES,  # noqa: FBT001 -- ninja passes parameters by name
) -> HttpResponse:
    """Return the next rows of a stream, one a line; the last line says where to go on.

    Without `since` it begins with everything there is; later, with the cursor of the line before,
    it goes on with what changed. A row may come twice, none is missed: keep the one with the
    highest version. People are pseudonyms unless `names` is asked for by who may see them.
    """
    asked = PieceIn(stream, since, limit, names)
    try:
        with requests.slow_place():  # who waited here would hold a web process: 503 comes back
            piece = extracts.take_piece(asked, by=request.actor, at=now())
    except extracts.CursorTooOld as error:
        return problems.answer(request, 410, "Con trỏ quá cũ", str(error))
    final = {"cursor": piece.cursor, "has_more": piece.has_more}
    body = b"".join(to_json(row) + b"\n" for row in [*piece.rows, final])
    answer = HttpResponse(body, content_type=NDJSON)
    answer.headers[CURSOR] = piece.cursor
    answer.headers["Vary"] = "Accept-Encoding"
    if len(body) >= _WORTH_PACKING and "gzip" in request.headers.get("Accept-Encoding", ""):
        answer.content = gzip.compress(body, compresslevel=3, mtime=0)
        answer.headers["Content-Encoding"] = "gzip"
    return answer
