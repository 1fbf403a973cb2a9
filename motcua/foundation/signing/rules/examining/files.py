"""Any file: find out what it is, and have it examined as such."""

from dataclasses import replace
from hashlib import sha256

from motcua.lib.safexml import looks_like_xml

from .container import examine_container, looks_like_container
from .pdf import examine_pdf
from .report import Report, World
from .words import DAMAGED_CONTAINER, DAMAGED_XML, UNKNOWN_FORM
from .xml import examine_xml

_PDF = b"%PDF-"
_HEAD = 1024


def examine_file(content: bytes, world: World, beside: bytes | None = None) -> Report:
    """Return what the signatures of a PDF, an XML document or a container (ASiC) are worth.

    `beside` is the file that an XML signature speaks of, where it lies apart.
    """
    if _PDF in content[:_HEAD]:
        return replace(examine_pdf(content, world), form="pdf")
    if looks_like_container(content):
        return _examine_container(content, world)
    if looks_like_xml(content):
        return _examine_xml(content, world, beside)
    return Report(sha256(content).hexdigest(), len(content), UNKNOWN_FORM)


def _examine_container(content: bytes, world: World) -> Report:
    try:
        report = examine_container(content, world)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 -- as for PDF: whatever a reader trips over, it cannot be read
        report = Report(sha256(content).hexdigest(), len(content), DAMAGED_CONTAINER)
    return replace(report, form="asic")


def _examine_xml(content: bytes, world: World, beside: bytes | None) -> Report:
    try:
        report = examine_xml(content, world, beside)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 -- as for PDF: whatever a reader trips over, it cannot be read
        report = Report(sha256(content).hexdigest(), len(content), DAMAGED_XML)
    return replace(report, form="xml")
