"""Files are added to a document by the act now under way."""

from collections.abc import Iterable
from datetime import datetime

from motcua.casework.documents.models import Document, DocumentFile
from motcua.casework.documents.rules.arrival import FileIn
from motcua.lib import work
from motcua.lib.actor import Actor

from .telling import part_seq


def add_files(document: Document, files: Iterable[FileIn], *, by: Actor, at: datetime) -> None:
    """Add files in their order; once for each act, whose number they bear."""
    work.add(
        *(
            DocumentFile(
                document_id=document.pk,
                seq=part_seq(document, index),
                role=one.role,
                file_id=one.file_id,
                name=one.name[:500],
                description=one.description[:500],
                at=at,
                by_name=by.name,
            )
            for index, one in enumerate(files)
        )
    )
