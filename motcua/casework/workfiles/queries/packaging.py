"""A file as a package: what is known of it as XML, its contents as PDF, its files, their hashes.

Source: docs/law/workfiles.md
"""

import shutil
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Document, WholeDocument
from motcua.casework.workfiles.choices import ItemKind
from motcua.casework.workfiles.models import WorkFile, WorkFileItem
from motcua.casework.workfiles.permissions import keeps_archive
from motcua.casework.workfiles.rules.keeping import retention_words
from motcua.casework.workfiles.rules.metadata import Fields, file_xml
from motcua.foundation.access.api import Secrecy
from motcua.foundation.files import api as files
from motcua.foundation.files.api import StoredFile
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .one import days_of, items_of
from .papers import contents_pdf

_IN_MEMORY = 8_000_000
_NAMES = '/\\:*?"<>|\n\r\t'
_CHUNK = 1 << 20


def package_of(actor: Actor, work_file: WorkFile, at: datetime) -> IO[bytes]:
    """Return the ZIP of a file that the actor may see, open at its beginning.

    Of a document the actor may not know of, only its line in the contents is there. A locked file
    is left out too; the list of hashes names what is inside.
    """
    items = items_of(work_file)
    found = _documents(actor, work_file, items)
    target = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 -- handed to the response, which closes it
    sums: list[str] = []
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        described = file_xml(_of_file(work_file, items), [*_of_items(work_file, items, found)])
        _write(package, sums, "ho-so.xml", described)
        _write(package, sums, "muc-luc-van-ban.pdf", contents_pdf(work_file, at))
        for name, stored in _contents(items, found):
            if not stored.is_locked:
                _copy(package, sums, name, stored)
        package.writestr("SHA256SUMS.txt", "".join(sums))
    target.seek(0)
    return target


def _write(package: ZipFile, sums: list[str], name: str, content: bytes) -> None:
    package.writestr(name, content)
    sums.append(f"{sha256(content).hexdigest()}  {name}\n")


def _copy(package: ZipFile, sums: list[str], name: str, stored: StoredFile) -> None:
    with files.open_file(stored) as source, package.open(name, "w", force_zip64=True) as inside:
        shutil.copyfileobj(source, inside, _CHUNK)
    sums.append(f"{stored.sha256}  {name}\n")


def _documents(
    actor: Actor, work_file: WorkFile, items: list[WorkFileItem]
) -> dict[str, WholeDocument]:
    """Return, by code, the documents whose files may go with the package."""
    codes = [item.ref for item in items if item.kind == ItemKind.DOCUMENT]
    if keeps_archive(actor, work_file.agency_id):
        known = [documents.find_document(code) for code in codes]
        seen = {one.code: one for one in known if one and one.secrecy == Secrecy.OPEN}
        seen |= documents.titles_of(actor, codes)
    else:
        seen = documents.titles_of(actor, codes)
    return {code: documents.whole(one) for code, one in seen.items()}


def _contents(
    items: list[WorkFileItem], found: dict[str, WholeDocument]
) -> Iterator[tuple[str, StoredFile]]:
    for number, item in enumerate(items, 1):
        if item.file is not None:
            yield f"tep/{number:03}-{_safe(item.file_name or item.title)}", item.file
        elif item.kind == ItemKind.DOCUMENT and item.ref in found:
            for part, one in enumerate(found[item.ref].files, 1):
                yield f"tep/{number:03}-{part:02}-{_safe(one.name)}", one.file


def _safe(name: str) -> str:
    clean = "".join("-" if one in _NAMES or one < " " else one for one in name).strip(". ")
    stem, dot, extension = clean.rpartition(".")
    return f"{stem[:80]}{dot}{extension}" if dot else clean[:80] or "tep"


def _code(work_file: WorkFile) -> Fields:
    return {
        "OrganId": organisation.tree().agency(work_file.agency_id).code,
        "FileCatalog": f"{work_file.year}",
        "FileNotation": work_file.symbol or work_file.code,
    }


def _of_file(work_file: WorkFile, items: list[WorkFileItem]) -> Fields:
    first, latest = days_of(items)
    return {
        "FileCode": _code(work_file),
        "Title": work_file.title,
        "Maintenance": retention_words(work_file.retention_years),
        "Rights": Secrecy(work_file.secrecy).label,
        "Language": "Tiếng Việt",
        "StartDate": _day(first),
        "EndDate": _day(latest),
        "DocTotal": f"{len(items)}",
        "PageTotal": f"{work_file.pages}",
        "Creator": work_file.person_name,
        "Description": work_file.note,
    }


def _of_items(
    work_file: WorkFile, items: list[WorkFileItem], found: dict[str, WholeDocument]
) -> Iterator[Fields]:
    for number, item in enumerate(items, 1):
        whole = found.get(item.ref) if item.kind == ItemKind.DOCUMENT else None
        own: Mapping[str, str | Fields] = _of_document(whole.document) if whole else {}
        known: dict[str, str | Fields] = {
            "FileCode": _code(work_file),
            "DocOrdinal": f"{number}",
            "TypeName": item.type_name,
            "CodeNotation": item.notation,
            "IssuedDate": _day(item.day),
            "OrganName": item.author,
            "Subject": item.title,
            "Language": "Tiếng Việt",
            "PageAmount": f"{item.pages or ''}",
            "Description": item.note,
        }
        yield {**known, **own}


def _of_document(document: Document) -> dict[str, "str | Fields"]:
    signer: Fields = {"Position": document.signer_title, "FullName": document.signer_name}
    known: dict[str, str | Fields] = {
        "TypeName": document.kind_name,
        "CodeNumber": document.number,
        "CodeNotation": document.notation,
        "SignerInfo": signer,
    }
    if document.direction == documents.Direction.INCOMING:
        arrived = local_day(document.arrived_at) if document.arrived_at else None
        known |= {"ArrivalDate": _day(arrived), "ArrivalNumber": f"{document.ordinal or ''}"}
    return known


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
