"""Files sent in parts; a finished one is named by its token wherever a paper is handed in."""

from typing import Any

from ninja import Schema, Status
from ninja.params import functions as params
from pydantic import Field

from motcua.channels.api.door import Door
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.clients.api import Scope
from motcua.foundation.files import api as files
from motcua.lib.clock import now
from motcua.lib.errors import BadInput

MOST_PART_BYTES = 1 << 20
_OFFSET: Any = params.Query(..., ge=0, le=2**40)
# Whoever hands in, takes in, drafts or writes needs files.
_SENDERS = (Scope.DESK, Scope.HANDLE, Scope.ACT_ON_DOCUMENTS)
door = Door("uploads")


class UploadBody(Schema):
    """A file that is about to come."""

    name: str = Field(min_length=1, max_length=200)
    size: int = Field(ge=1, le=2**40)


class UploadOut(Schema):
    """Where an upload stands; it is complete when `offset` is `size`."""

    token: str
    name: str
    size: int
    offset: int


@door.makes("/uploads", Scope.FILE, UploadOut, "Báo một tệp sắp gửi", also=_SENDERS)
def begin_upload(request: ActorRequest, body: UploadBody) -> Any:
    """Announce a file; its parts follow, each at most 1 MB."""
    upload = files.begin_upload(body.name, body.size, by=request.actor, at=now())
    return Status(201, upload)


@door.reads("/uploads/{token}", Scope.FILE, UploadOut, "Xem tệp đã gửi tới đâu", also=_SENDERS)
def read_upload(request: ActorRequest, token: str) -> Any:
    """Say how many bytes have come, after a broken line."""
    return files.get_upload(token, by=request.actor, at=now())


@door.acts(
    "/uploads/{token}/parts", Scope.FILE, UploadOut, "Gửi phần tiếp theo của tệp", also=_SENDERS
)
def send_part(request: ActorRequest, token: str, offset: int = _OFFSET) -> Any:
    """Add the bytes of the body (application/octet-stream, at most 1 MB) at the offset.

    The part that completes the file has it checked for its kind and for viruses.
    """
    if len(request.body) > MOST_PART_BYTES:
        raise BadInput("Mỗi phần nhiều nhất 1 MB.", field="offset")
    return files.take_part(token, offset, request.body, by=request.actor, at=now())


@door.drops("/uploads/{token}", Scope.FILE, None, "Bỏ tệp", also=_SENDERS)
def drop_upload(request: ActorRequest, token: str) -> Any:
    """Give up an upload and its bytes; what was handed in already stays."""
    files.drop_upload(token, by=request.actor, at=now())
    return Status(204, None)
