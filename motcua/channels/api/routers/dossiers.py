"""Reading dossiers: lists, one whole with its timeline, its files and official papers."""

from datetime import datetime
from typing import Any

from ninja import Schema
from ninja.params import functions as params

from motcua.casework.dossiers import api as dossiers
from motcua.channels.api.door import (
    AFTER,
    LIMIT,
    NUMBER,
    WORDS,
    Door,
    file_answer,
    listed,
    plain_json,
    row_of,
)
from motcua.channels.api.naming import unit_code
from motcua.channels.api.shapes import DossierPage, WorkPage, dossier_row, work_row
from motcua.channels.api.whole import WholeOut, whole_row
from motcua.channels.kit.downloads import file_response
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.clients.api import Scope
from motcua.foundation.files import api as files
from motcua.lib import paging
from motcua.lib.clock import now
from motcua.lib.errors import NotFound

PDF = "application/pdf"
QUEUES = {
    "awaiting-payment": dossiers.AWAITING_PAYMENT,
    "supplements": dossiers.SUPPLEMENTS,
    "to-hand-out": dossiers.TO_HAND_OUT,
    "waiting": dossiers.WAITING,
}
_QUEUE: Any = params.Path(..., pattern="^(awaiting-payment|supplements|to-hand-out|waiting)$")
_FORM: Any = params.Path(..., pattern="^[0-9]{2}$")
_NEWEST: Any = params.Query(0, ge=0, le=2**31 - 1)
_MINE: Any = params.Query(False)  # noqa: FBT003 -- the default of a parameter
door = Door("dossiers")


class ExplainedOut(Schema):
    """How far a dossier is, and why it is due when it is, in words for its applicant."""

    code: str
    per_cent: int
    word: str
    due_at: datetime | None
    reason: str
    detail: str


class AskedOut(Schema):
    """One open question to the units one works in."""

    code: str
    seq: int
    question: str
    asked_by_name: str
    asked_at: datetime
    due_at: datetime
    applicant_name: str
    unit_code: str


@door.reads("/dossiers", Scope.READ, DossierPage, "Danh sách hồ sơ")
def list_dossiers(
    request: ActorRequest, q: str = WORDS, after: str = AFTER, limit: int = LIMIT
) -> Any:
    """Return the newest dossiers one may see, or those that a code, number or name finds."""
    actor, place = request.actor, paging.decode(after)
    if q:
        page = dossiers.search_dossiers(q, by=actor, at=now(), after=place, limit=limit)
    else:
        page = dossiers.dossiers_for(actor, after=place, limit=limit)
    return listed(page, dossier_row)


@door.reads("/queues/{queue}", Scope.READ, DossierPage, "Hồ sơ chờ tại bộ phận một cửa")
def read_queue(
    request: ActorRequest, queue: str = _QUEUE, after: str = AFTER, limit: int = LIMIT
) -> Any:
    """Return what waits at one's desks, the oldest first: for payment, papers, to be handed out."""
    place = paging.decode(after)
    page = dossiers.queue_for(request.actor, QUEUES[queue], after=place, limit=limit)
    return listed(page, dossier_row)


@door.reads("/work", Scope.READ, WorkPage, "Danh sách việc")
def list_work(
    request: ActorRequest, *, mine: bool = _MINE, after: str = AFTER, limit: int = LIMIT
) -> Any:
    """Return the open steps of one's units (`mine`: one's own), the most urgent first."""
    only = dossiers.WorkFilter(mine=True) if mine else None
    page = dossiers.worklist_for(request.actor, only=only, after=paging.decode(after), limit=limit)
    return listed(page, work_row)


@door.reads("/consultations", Scope.READ, list[AskedOut], "Câu hỏi xin ý kiến đang chờ")
def list_consultations(request: ActorRequest, limit: int = LIMIT) -> Any:
    """Return the open questions to one's units, the most urgent first."""
    found = dossiers.consultations_for(request.actor, limit=limit)
    return plain_json([row_of(AskedOut, one, unit_code=unit_code(one.unit_id)) for one in found])


@door.reads("/dossiers/{code}", Scope.READ, WholeOut, "Đọc trọn một hồ sơ")
def read_dossier(request: ActorRequest, code: str) -> Any:
    """Return one dossier with people, papers, timeline, waits, money and results.

    Who filed it is shown what is theirs: no names of officers, opinions, minutes or drafts.
    Who else opened it, when and for what is noted, as on a page.
    """
    found = dossiers.open_dossier(code, by=request.actor, at=now(), purpose="api")
    return plain_json(whole_row(dossiers.whole_for(request.actor, found)))


@door.reads("/dossiers/{code}/explanation", Scope.READ, ExplainedOut, "Vì sao hẹn ngày ấy")
def explain(request: ActorRequest, code: str) -> Any:
    """Say how far a dossier is, and why it is due when it is."""
    found = dossiers.get_dossier_for(request.actor, code)
    progress = dossiers.progress_of(code)
    return {
        "code": code,
        "per_cent": progress.per_cent if progress else 0,
        "word": progress.word if progress else "",
        "due_at": found.due_at,
        "reason": dossiers.due_reason(found),
        "detail": dossiers.detail_label(found),
    }


@door.reads("/dossiers/{code}/papers/{seq}/file", Scope.READ, None, "Tải tệp của giấy tờ")
def paper_file(request: ActorRequest, code: str, seq: int = NUMBER) -> Any:
    """Hand out the file of a paper."""
    found = dossiers.open_dossier(code, by=request.actor, at=now(), purpose="print")
    paper = dossiers.find_paper(found, seq)
    return _file(paper.file if paper else None, paper.file_name if paper else "")


@door.reads("/dossiers/{code}/photos/{seq}/file", Scope.READ, None, "Tải ảnh thực địa")
def photo_file(request: ActorRequest, code: str, seq: int = NUMBER) -> Any:
    """Hand out a picture taken on a visit, to officers."""
    found = dossiers.open_dossier(code, by=request.actor, at=now(), purpose="print")
    photo = dossiers.find_photo(request.actor, found, seq)
    return _file(photo.file if photo else None, photo.file_name if photo else "")


@door.reads("/dossiers/{code}/issued/{form}", Scope.READ, None, "Tải phiếu mẫu 01–07", heavy=True)
def issued(request: ActorRequest, code: str, form: str = _FORM, seq: int = _NEWEST) -> Any:
    """Print an official paper, and note who printed it; without `seq` the latest of the form."""
    content = dossiers.print_paper(code, form, seq, by=request.actor, at=now())
    return file_answer(content, PDF, f"{code}-mau-{form}.pdf")


@door.reads("/dossiers/{code}/outcomes/{seq}/pdf", Scope.READ, None, "Tải kết quả", heavy=True)
def outcome(request: ActorRequest, code: str, seq: int = NUMBER) -> Any:
    """Return an outcome as PDF: signed, or its draft for the office and for whoever is asked."""
    dossiers.open_dossier(code, by=request.actor, at=now(), purpose="print")
    return file_answer(dossiers.outcome_pdf(request.actor, code, seq), PDF, f"{code}-ket-qua.pdf")


def _file(stored: files.StoredFile | None, name: str) -> Any:
    if stored is None:
        raise NotFound("Hồ sơ không có tệp này.")
    return file_response(stored, name)
