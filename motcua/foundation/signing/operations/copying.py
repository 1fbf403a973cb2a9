"""Copies and attachments: new documents with the agency's mark in the top right corner.

Source: docs/law/signing.md
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from motcua.foundation.signing.choices import CopyKind, DocumentKind, Level, TurnRole
from motcua.foundation.signing.errors import DocumentUnfit
from motcua.foundation.signing.models import SigningRequest
from motcua.lib.actor import Actor

from .requesting import TurnIn, Wanted, new_token, registry_unit, request_signatures

_READER = Path(__file__).parent.parent / "rules" / "reading.py"
LONGEST_SECONDS = 30


@dataclass(frozen=True, slots=True)
class CopyIn:
    """A document to be copied electronically; `pages` from 1 are for an extract (trích sao)."""

    kind: CopyKind
    owner: str
    title: str
    about: str
    pdf: bytes = field(repr=False)
    agency_id: int
    unit_id: int
    pages: tuple[int, ...] = ()
    level: Level = Level.B_T


@dataclass(frozen=True, slots=True)
class AttachmentIn:
    """A document in a file of its own that belongs to another one, named by number and notation."""

    parent_number: str
    owner: str
    title: str
    about: str
    pdf: bytes = field(repr=False)
    agency_id: int
    unit_id: int
    level: Level = Level.B_T


def request_copy(given: CopyIn, *, by: Actor, at: datetime) -> SigningRequest:
    """Ask for the agency's mark on a copy: the document as it looks, made anew.

    Its signatures are drawn on the copy and no longer signatures; the original keeps them.

    Raises: DocumentUnfit, SigningError without a clerk.
    Costs: a process of its own for the document, some 0.3 s.
    """
    if given.kind == CopyKind.PART and not given.pages:
        raise DocumentUnfit("Trích sao phải nói rõ trích trang nào.", field="pages")
    if given.kind != CopyKind.PART and given.pages:
        raise DocumentUnfit("Sao y, sao lục phải sao toàn bộ văn bản.", field="pages")
    pages = [page - 1 for page in given.pages]
    content = _read({"do": "flat", "pages": pages}, given.pdf)
    wanted = _wanted(given, DocumentKind.COPY, content, str(given.kind), at)
    return request_signatures(wanted, by=by, at=at)


def request_attachment(given: AttachmentIn, *, by: Actor, at: datetime) -> SigningRequest:
    """Ask for the agency's mark on an attachment that stands in a file of its own.

    Raises: DocumentUnfit, SigningError without a clerk.
    Costs: a process of its own for the document, some 0.3 s.
    """
    if not given.parent_number.strip():
        raise DocumentUnfit("Hãy ghi số, ký hiệu của văn bản chính.", field="parent_number")
    content = _read({"do": "flat", "pages": []}, given.pdf)
    notation = given.parent_number.strip()
    wanted = _wanted(given, DocumentKind.ATTACHMENT, content, notation, at)
    return request_signatures(wanted, by=by, at=at)


def _wanted(
    given: CopyIn | AttachmentIn, kind: DocumentKind, content: bytes, notation: str, at: datetime
) -> Wanted:
    registry = registry_unit(given.agency_id, at)
    return Wanted(
        kind=kind,
        owner=given.owner,
        title=given.title,
        about=given.about,
        pdf=content,
        agency_id=given.agency_id,
        unit_id=given.unit_id,
        turns=(TurnIn(TurnRole.COPY, registry),),
        level=given.level,
        token=new_token(),
        notation=notation,
    )


@dataclass(frozen=True, slots=True)
class WordPlace:
    """Where words stand: the page from 0; left, low, right, high in points; the page's size."""

    word: str
    page: int
    box: tuple[float, float, float, float]
    size: tuple[float, float]


def words_in(pdf: bytes, words: Sequence[str]) -> list[WordPlace]:
    """Return where words stand last in a document of others. Raises: DocumentUnfit."""
    found = json.loads(_read({"do": "find", "words": words}, pdf))
    return [
        WordPlace(one["word"], one["page"], tuple(one["box"]), tuple(one["size"])) for one in found
    ]


def _read(order: Mapping[str, object], pdf: bytes) -> bytes:
    """Let a process with limits read the document. Raises: DocumentUnfit."""
    try:
        answer = subprocess.run(  # noqa: S603 -- our own file, run by our own interpreter
            [sys.executable, "-I", _READER],
            input=json.dumps(order).encode() + b"\n" + pdf,
            capture_output=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentUnfit("Tệp PDF mở quá lâu, không sao được.", field="file") from error
    if answer.returncode or not answer.stdout:
        raise DocumentUnfit("Tệp PDF bị hỏng hoặc không có trang đã chọn.", field="file")
    return answer.stdout
