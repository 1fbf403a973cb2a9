"""Make a file the draft of an outcome: to be signed digitally with its places, or on paper.

Source: docs/law/signing.md
"""

from datetime import datetime
from pathlib import PurePath

from motcua.casework.dossiers.choices import PAPER_CHOSEN
from motcua.casework.dossiers.models import Dossier, DossierOutcome
from motcua.casework.dossiers.queries.deciding import deciding
from motcua.casework.dossiers.queries.merging import (
    PDF,
    WORD,
    content_of,
    has_some_marks,
    takes_fields,
)
from motcua.casework.dossiers.queries.placed import Awaited
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition
from motcua.foundation.files import api as files
from motcua.foundation.papers import api as papers
from motcua.foundation.signing import api as signing
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

_HALF_MARKED = (
    "Tệp Word có chỗ điền khi ký nhưng thiếu số, ngày hoặc người ký (mỗi chỗ một lần), nên kết quả"
    " này ký trên bản giấy."
)


def attach(draft: DossierOutcome, stored: files.StoredFile, name: str, at: datetime) -> None:
    """Let a file be the draft; the applicant gets it as PDF in the end. Raises: BadInput."""
    if stored.media_type not in {PDF, WORD}:
        message = "Dự thảo kết quả phải là tệp Word (.docx) hoặc PDF."
        raise BadInput(message, field="file")
    if stored.media_type == WORD:
        _check_drawn(content_of(stored), draft, at)
    draft.file, draft.file_name = stored, name


def _check_drawn(content: bytes, draft: DossierOutcome, at: datetime) -> None:
    """Raises: BadInput if the press cannot set the document as PDF."""
    try:
        papers.render_word(content, draft.name, local_day(at))
    except papers.WordNotDrawn as error:
        message = (
            f"Tệp Word có {', '.join(error.parts)}, hệ thống không chuyển sang PDF được. "
            "Hãy bỏ phần ấy, hoặc tự xuất ra PDF rồi gửi tệp PDF."
        )
        raise BadInput(message, field="file") from error


def place(
    draft: DossierOutcome, dossier: Dossier, awaited: Awaited, *, by: Actor, at: datetime
) -> None:
    """Find the places of a draft that is a file; a Word file without marks becomes a PDF.

    One with all its marks needs no places, one with some of them is signed on paper.

    Raises: DocumentUnfit, with what to do.
    """
    stored, definition = draft.file, procedures.definition_of(dossier.procedure_version_id)
    if stored is None or definition.is_on_paper_only(draft.spec_code) or takes_fields(draft):
        return
    if stored.media_type == WORD and has_some_marks(draft):
        draft.paper_why = _HALF_MARKED
        return
    content = signing.as_pdf(content_of(stored), stored.media_type, draft.name, at)
    placed = signing.place_file(
        content,
        awaited.names,
        agency_id=deciding(dossier).agency_id,
        notation=notation_of(definition),
        at=at,
    )
    if placed.content != content or stored.media_type != PDF:
        draft.file = files.keep_bytes(placed.content, PDF, by=by, at=at)
        draft.file_name = f"{PurePath(draft.file_name).stem}.pdf"
    draft.placing = placed.plain()


def put_on_paper(
    draft: DossierOutcome, dossier: Dossier, awaited: Awaited | None, at: datetime
) -> None:
    """Note that somebody chose paper for a file that could be signed digitally.

    Raises: BadInput where policy insists on digital signatures and the file can bear them.
    """
    if awaited is None or draft.file is None:
        return
    draft.paper_why = PAPER_CHOSEN
    if awaited.is_required and _can_be_placed(draft, dossier, awaited, at):
        message = "Kết quả này phải ký số và tệp này ký số được; không chọn ký trên giấy được."
        raise BadInput(message, field="on_paper")


def _can_be_placed(draft: DossierOutcome, dossier: Dossier, awaited: Awaited, at: datetime) -> bool:
    stored = draft.file
    if stored is None or takes_fields(draft):
        return stored is not None
    try:
        content = signing.as_pdf(content_of(stored), stored.media_type, draft.name, at)
        signing.place_file(
            content, awaited.names, agency_id=deciding(dossier).agency_id, notation="KQ", at=at
        )
    except BadInput:
        return False
    return True


def notation_of(definition: Definition) -> str:
    """Return the notation of the outcomes of a procedure."""
    return definition.sector_code or "KQ"
