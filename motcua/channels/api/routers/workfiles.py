"""Work files of officers: what is opened, what lies in it, when the matter is done."""

from datetime import date, datetime
from typing import Any

from ninja import Schema, Status
from pydantic import Field

from motcua.casework.workfiles import api as workfiles
from motcua.channels.api.applying import stored_file
from motcua.channels.api.door import AFTER, LIMIT, NUMBER, Door, listed, plain_json, row_of
from motcua.channels.api.naming import officer_of, unit_code, unit_of
from motcua.channels.api.shapes import Filed
from motcua.channels.kit.downloads import file_response
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.clients.api import Scope
from motcua.lib import paging
from motcua.lib.clock import now
from motcua.lib.errors import NotFound

READ, ACT = Scope.READ_DOCUMENTS, Scope.ACT_ON_DOCUMENTS
door = Door("workfiles")


class WorkFileRowOut(Schema):
    """One work file as a list shows it."""

    code: str
    state: str
    symbol: str
    title: str
    year: int
    retention_years: int
    unit_code: str
    person_name: str
    documents: int
    closed_at: datetime | None
    due_on: date | None


class WorkFilePage(Schema):
    """One page of work files; the cursors lead on, there is no total."""

    rows: list[WorkFileRowOut]
    next: str = ""
    previous: str = ""


class FileItemOut(Schema):
    """One thing in a work file; `ref` is the code of a document, dossier or task."""

    seq: int
    kind: str
    ref: str
    title: str
    notation: str
    author: str
    day: date | None
    pages: int | None
    note: str
    has_file: bool


class WorkFileOut(Schema):
    """One work file with what lies in it, and what is missing before it can be closed."""

    work_file: WorkFileRowOut
    items: list[FileItemOut]
    missing: list[str]


class NewWorkFileBody(Schema):
    """A work file to be opened; `retention_years` as the list of retention says."""

    title: str = Field(min_length=1, max_length=500)
    retention_years: int = Field(ge=0, le=9999)
    unit_code: str = Field(max_length=35)
    symbol: str = Field("", max_length=20)
    note: str = Field("", max_length=500)


class FileItemBody(Schema):
    """What is put in: a document, dossier or task by its code, or a file sent as an upload."""

    kind: str = Field(pattern="^(document|dossier|task|file)$", examples=["document"])
    ref: str = Field("", max_length=60)
    title: str = Field("", max_length=1000)
    day: date | None = None
    notation: str = Field("", max_length=80)
    author: str = Field("", max_length=300)
    pages: int | None = Field(None, ge=1, le=10_000)
    upload_token: str = Field("", max_length=64)
    file_name: str = Field("", max_length=200)
    note: str = Field("", max_length=500)


class TakenOutBody(Schema):
    """Why something does not belong there."""

    reason: str = Field(min_length=1, max_length=1000)


class ClosingBody(Schema):
    """On which day the matter was done."""

    ended_on: date


class EntrustBody(Schema):
    """Who goes on with the file."""

    username: str = Field(min_length=1, max_length=150)


@door.reads("/work-files", READ, WorkFilePage, "Danh sách hồ sơ công việc")
def list_files(request: ActorRequest, after: str = AFTER, limit: int = LIMIT) -> Any:
    """Return the newest work files one may see."""
    page = workfiles.files_for(request.actor, after=paging.decode(after), limit=limit)
    return listed(page, _row)


@door.reads("/work-files/{code}", READ, WorkFileOut, "Đọc một hồ sơ công việc")
def read_file(request: ActorRequest, code: str) -> Any:
    """Return one work file with what lies in it."""
    found = workfiles.whole(workfiles.get_file_for(request.actor, code))
    items = [row_of(FileItemOut, one, has_file=one.file_id is not None) for one in found.items]
    row = _row(found.work_file)
    return plain_json({"work_file": row, "items": items, "missing": found.missing})


@door.reads("/work-files/{code}/items/{seq}/file", READ, None, "Tải tài liệu trong hồ sơ công việc")
def read_item(request: ActorRequest, code: str, seq: int = NUMBER) -> Any:
    """Hand out the file of one item."""
    found = workfiles.whole(workfiles.get_file_for(request.actor, code))
    item = next((one for one in found.items if one.seq == seq), None)
    if item is None or item.file is None:
        raise NotFound("Hồ sơ công việc không có tệp này.")
    return file_response(item.file, item.file_name)


@door.makes("/work-files", ACT, Filed, "Mở hồ sơ công việc")
def open_file(request: ActorRequest, body: NewWorkFileBody) -> Any:
    """Open a work file for a matter."""
    new = workfiles.FileIn(
        body.title,
        body.retention_years,
        unit_of(body.unit_code).id,
        symbol=body.symbol,
        note=body.note,
    )
    return Status(201, Filed(code=workfiles.open_file(new, by=request.actor, at=now()).code))


@door.makes("/work-files/{code}/items", ACT, Filed, "Đưa tài liệu vào hồ sơ công việc")
def put_in(request: ActorRequest, code: str, body: FileItemBody) -> Any:
    """Put a document, a dossier, a task or a file into a work file."""
    at, by = now(), request.actor
    item = workfiles.ItemIn(
        body.kind,
        ref=body.ref,
        title=body.title,
        day=body.day,
        notation=body.notation,
        author=body.author,
        pages=body.pages,
        file=stored_file(body.upload_token, by, at, what=body.file_name),
        file_name=body.file_name,
        note=body.note,
    )
    workfiles.put_in(code, item, by=by, at=at)
    return Status(201, Filed(code=code))


@door.acts("/work-files/{code}/items/{seq}/take-out", ACT, Filed, "Bỏ tài liệu ra")
def take_out(request: ActorRequest, code: str, body: TakenOutBody, seq: int = NUMBER) -> Any:
    """Take something out that does not belong there; the history says what it was and why."""
    workfiles.take_out(code, seq, body.reason, by=request.actor, at=now())
    return {"code": code}


@door.acts("/work-files/{code}/close", ACT, Filed, "Kết thúc hồ sơ công việc")
def close(request: ActorRequest, code: str, body: ClosingBody) -> Any:
    """Close a file whose matter is done; all that lies in it has its day and its pages."""
    return workfiles.close_file(code, body.ended_on, by=request.actor, at=now())


@door.acts("/work-files/{code}/reopen", ACT, Filed, "Mở lại hồ sơ công việc")
def reopen(request: ActorRequest, code: str, body: TakenOutBody) -> Any:
    """Open a closed file again, saying why."""
    return workfiles.reopen_file(code, body.reason, by=request.actor, at=now())


@door.acts("/work-files/{code}/entrust", ACT, Filed, "Giao hồ sơ công việc cho người khác")
def entrust(request: ActorRequest, code: str, body: EntrustBody) -> Any:
    """Let another officer go on with the file."""
    heir = officer_of(body.username, by=request.actor)
    return workfiles.entrust(code, heir.pk, by=request.actor, at=now())


def _row(one: workfiles.WorkFile) -> dict[str, object]:
    return row_of(WorkFileRowOut, one, unit_code=unit_code(one.unit_id))
