"""The mark “ĐẾN” on a copy for reading; what came stays as it came.

Source: docs/law/registry-books.md
"""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.documents.choices import Act, Direction, FileRole, StepKind
from motcua.casework.documents.errors import DocumentError, NoSuchDocument
from motcua.casework.documents.models import Document, DocumentFile, DocumentStep
from motcua.casework.documents.rules.arrival import FileIn
from motcua.foundation.access.api import Power
from motcua.foundation.files import api as files
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .attaching import add_files
from .telling import lock_document, tell

PDF = "application/pdf"


def stamp(code: str, *, by: Actor, at: datetime) -> Document:
    """Put “ĐẾN” on a copy of each main PDF of a registered document, and keep it beside it.

    Raises: NoSuchDocument, NotAllowed, DocumentError without a number, without a PDF or where it
    stands already, PdfRefused.
    Costs: some 0.3 s a file, while nothing is locked.
    """
    document = Document.objects.filter(code=code).first()
    if document is None:
        raise NoSuchDocument(f"Không tìm thấy văn bản {code}.")
    by.require(Power.REGISTER_DOCUMENTS, unit_id=document.unit_id)
    if document.direction != Direction.INCOMING or document.ordinal is None:
        raise DocumentError("Văn bản chưa có số đến; hãy đăng ký trước.")
    mark = _mark(document)
    made = [(one.name, papers.stamp_arrival(_read(one), mark)) for one in stampable(document)]
    if not made:
        raise DocumentError("Văn bản không có tệp PDF để đóng dấu “ĐẾN”; hãy đóng lên bản giấy.")
    return _keep(code, made, by=by, at=at)


def stampable(document: Document) -> Sequence[DocumentFile]:
    """Return the main PDFs of a document that bear no mark in a copy yet. Costs: one query."""
    rows = DocumentFile.objects.filter(document=document, gone_at=None).select_related("file")
    found = list(rows.order_by("seq"))
    if any(one.role == FileRole.STAMPED for one in found):
        return []
    return [one for one in found if one.role == FileRole.MAIN and one.file.media_type == PDF]


def _read(one: DocumentFile) -> bytes:
    with files.open_file(one.file) as content:
        return content.read()


def _mark(document: Document) -> papers.ArrivalStamp:
    steps = DocumentStep.objects.filter(document=document, kind=StepKind.DIRECT).order_by("seq")
    first = steps.first()
    to = first.assignee_name or organisation.tree().unit(first.unit_id).name if first else ""
    return papers.ArrivalStamp(
        agency=organisation.tree().agency(document.agency_id).name,
        number=document.ordinal or 0,
        arrived_on=local_day(document.registered_at or document.sort_at),
        to=to,
    )


@work.story
def _keep(code: str, made: Sequence[tuple[str, bytes]], *, by: Actor, at: datetime) -> Document:
    document = lock_document(code)
    if not stampable(document):
        raise DocumentError("Bản có dấu “ĐẾN” đã có rồi; hãy mở lại trang.")
    stamped = [
        FileIn(
            FileRole.STAMPED,
            files.keep_bytes(content, PDF, by=by, at=at).pk,
            f"den-{document.ordinal:02}-{name}",
        )
        for name, content in made
    ]
    add_files(document, stamped, by=by, at=at)
    tell(document, Act.STAMP, by=by, at=at, was=document.state)
    return document
