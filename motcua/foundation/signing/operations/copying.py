"""Copies and attachments: new documents with the agency's mark in the top right corner.

Source: docs/law/signing.md
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from motcua.foundation.access.api import Power
from motcua.foundation.signing.choices import CopyKind, DocumentKind, Level, TurnRole
from motcua.foundation.signing.errors import DocumentUnfit
from motcua.foundation.signing.models import SigningRequest
from motcua.foundation.signing.rules.copies import notation_of
from motcua.foundation.signing.rules.placing import copy_place
from motcua.lib.actor import Actor

from .apart import read_apart
from .requesting import TurnIn, Wanted, new_token, registry_unit, request_signatures


@dataclass(frozen=True, slots=True)
class CopyIn:
    """A document to be copied electronically; `pages` from 1 are for an extract (trích sao).

    `abbreviation` is the agency's, as in the notations of its documents (UBND).
    """

    kind: CopyKind
    owner: str
    title: str
    about: str
    pdf: bytes = field(repr=False)
    agency_id: int
    unit_id: int
    pages: tuple[int, ...] = ()
    abbreviation: str = ""
    level: Level = Level.B_LT


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
    level: Level = Level.B_LT


def request_copy(given: CopyIn, *, by: Actor, at: datetime) -> SigningRequest:
    """Ask for the agency's mark on a copy: the document as it looks, made anew.

    The clerk gives it a number when it is sealed, one series for all kinds of copies in a year.
    Its signatures are drawn on the copy and no longer signatures; the original keeps them.

    Raises: NotAllowed, DocumentUnfit, SigningError without a clerk.
    Costs: two processes of their own for the document, some 0.8 s.
    """
    by.require(Power.SEAL_DOCUMENTS, unit_id=registry_unit(given.agency_id, at))
    if given.kind == CopyKind.PART and not given.pages:
        raise DocumentUnfit("Trích sao phải nói rõ trích trang nào.", field="pages")
    if given.kind != CopyKind.PART and given.pages:
        raise DocumentUnfit("Sao y, sao lục phải sao toàn bộ văn bản.", field="pages")
    pages = [page - 1 for page in given.pages]
    content = read_apart({"do": "flat", "pages": pages}, given.pdf)
    notation = notation_of(given.kind, given.abbreviation)
    wanted = replace(
        _wanted(given, DocumentKind.COPY, content, notation, at),
        number_series=f"copy:{given.agency_id}",
    )
    return request_signatures(wanted, by=by, at=at)


def request_attachment(given: AttachmentIn, *, by: Actor, at: datetime) -> SigningRequest:
    """Ask for the agency's mark on an attachment that stands in a file of its own.

    Raises: NotAllowed, DocumentUnfit, SigningError without a clerk.
    Costs: two processes of their own for the document, some 0.8 s.
    """
    by.require(Power.SEAL_DOCUMENTS, unit_id=registry_unit(given.agency_id, at))
    if not given.parent_number.strip():
        raise DocumentUnfit("Hãy ghi số, ký hiệu của văn bản chính.", field="parent_number")
    content = read_apart({"do": "flat", "pages": []}, given.pdf)
    notation = given.parent_number.strip()
    wanted = _wanted(given, DocumentKind.ATTACHMENT, content, notation, at)
    return request_signatures(wanted, by=by, at=at)


def _wanted(
    given: CopyIn | AttachmentIn, kind: DocumentKind, content: bytes, notation: str, at: datetime
) -> Wanted:
    registry = registry_unit(given.agency_id, at)
    facts = json.loads(read_apart({"do": "look", "names": []}, content))
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
        placing=copy_place(facts).plain(),
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
    found = json.loads(read_apart({"do": "find", "words": words}, pdf))
    return [
        WordPlace(one["word"], one["page"], tuple(one["box"]), tuple(one["size"])) for one in found
    ]
