"""Tell what a container of evidence (ASiC-E with XAdES) is worth: every file, every signature.

A file that no signature names could have been put in by anybody: it is named.
Source: ETSI EN 319 162-1
"""

import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from urllib.parse import unquote

from motcua.lib.safexml import BrokenXml, UnsafeXml, read_xml
from motcua.lib.zips import BROKEN_ZIP, Bounded, TooManyEntries

from .report import Indication, Report, SignatureShown, Verdict, World, worst_of
from .words import (
    DAMAGED_CONTAINER,
    OLD_FORM,
    PARTLY,
    TOO_MUCH,
    TWICE,
    UNREADABLE,
    UNSIGNED,
    clean,
    verdict,
)
from .xml import examine_xml
from .xml_parts import all_of, signatures_in

MIME = b"application/vnd.etsi.asic-e+zip"
_BEGINNING = b"PK\x03\x04"
_NAME_AT = 30
_META = "META-INF/"
_MOST_FILES = 500
_MOST_BYTES = 200_000_000
_MOST_RATIO = 200
_SMALL = 2_000_000
_SHOWN = 5
Files = Mapping[str, bytes]


def looks_like_container(content: bytes) -> bool:
    """Say whether a file begins as such containers must: its type first, not packed."""
    is_zip = content.startswith(_BEGINNING)
    return is_zip and content[_NAME_AT : _NAME_AT + 8 + len(MIME)] == b"mimetype" + MIME


def examine_container(content: bytes, world: World) -> Report:
    """Return what the signatures of a container are worth, and whether they name all its files."""
    digest, size = sha256(content).hexdigest(), len(content)
    try:
        with Bounded(BytesIO(content), _MOST_FILES) as archive:
            entries = archive.infolist()
            names = Counter(one.filename for one in entries)
            if any(times > 1 for times in names.values()):
                return Report(digest, size, verdict(Indication.FAILED, TWICE))
            if _is_too_much(entries):
                return Report(digest, size, TOO_MUCH)
            files = {one.filename: archive.read(one) for one in entries if not one.is_dir()}
    except TooManyEntries:
        return Report(digest, size, TOO_MUCH)
    except (*BROKEN_ZIP, OSError):
        return Report(digest, size, DAMAGED_CONTAINER)
    return replace(_examined(files, world), sha256=digest, size=size)


def _is_too_much(entries: list[zipfile.ZipInfo]) -> bool:
    whole = sum(one.file_size for one in entries)
    swollen = any(
        one.file_size > _SMALL and one.file_size > _MOST_RATIO * one.compress_size
        for one in entries
    )
    return whole > _MOST_BYTES or swollen


def _examined(files: Files, world: World) -> Report:
    signed_by = {
        name: content
        for name, content in files.items()
        if name.startswith(_META) and "signature" in name.lower() and name.endswith(".xml")
    }
    data = {n: c for n, c in files.items() if not n.startswith(_META) and n != "mimetype"}
    if not signed_by:
        is_other = any(name.lower().endswith((".p7s", ".p7m")) for name in files)
        found = verdict(Indication.INDETERMINATE, OLD_FORM) if is_other else UNSIGNED
        return Report("", 0, found)
    reports = [examine_xml(content, world, data) for content in signed_by.values()]
    named = [_named_in(content) for content in signed_by.values()]
    shown = [_told(one, names) for report, names in zip(reports, named, strict=True)
             for one in report.signatures]  # fmt: skip
    worst = worst_of([_judged(report.verdict) for report in reports])
    loose = sorted(clean(name) for name in data.keys() - set().union(*named))
    words = ", ".join(f"“{name}”" for name in loose[:_SHOWN])
    if loose and worst.indication == Indication.PASSED:
        worst = verdict(Indication.INDETERMINATE, PARTLY, f"Đó là: {words}.")
    warnings = [one for report in reports for one in report.warnings]
    if loose:
        warnings.append(f"Tệp không có chữ ký nào bao phủ: {words}.")
    unreadable = tuple(one for report in reports for one in report.unreadable)
    return Report("", 0, worst, tuple(shown), unreadable, warnings=tuple(warnings))


def _judged(found: Verdict) -> Verdict:
    """Return a verdict that counts: a file of signatures that holds none is a damaged one."""
    if found.indication == Indication.UNSIGNED:
        return verdict(Indication.FAILED, UNREADABLE)
    return found


def _named_in(content: bytes) -> set[str]:
    """Return the files that the signatures of one file name, all of them."""
    try:
        signatures = signatures_in(read_xml(content))
    except (UnsafeXml, BrokenXml):
        return set()
    uris = (
        str(reference.get("URI", ""))
        for one in signatures
        for reference in all_of(one, "SignedInfo/Reference")
    )
    return {unquote(uri) for uri in uris if uri and not uri.startswith("#")}


def _told(one: SignatureShown, names: set[str]) -> SignatureShown:
    covers = ", ".join(f"“{clean(name)}”" for name in sorted(names)[:_SHOWN])
    more = f" và {len(names) - _SHOWN} tệp nữa" if len(names) > _SHOWN else ""
    return replace(one, covers=f"{covers}{more}")
