"""A department that sends documents to a neighbour, and writes down what was accepted."""

import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections, connection

from demo.bench.letters import signed_letters
from motcua.casework.exchange.api import Attached, DocumentFacts, OutgoingEnvelope, send
from motcua.foundation.files import api as files
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import now
from simulators.authority import Authority

CLERK = Actor(id=10**9 + 7, name="Văn thư", is_silent=True)
PATIENCE_S = 0.5
_LINES = 200  # bytes: more than one line has
_PARTS = (
    b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj",
    b"trailer<</Size 4/Root 1 0 R>>",
)
# A page of nothing, as small as a reader of PDF takes it.
PAGE = b"%PDF-1.4\n" + b"\n".join(_PARTS) + b"\n%%EOF\n"


class Command(BaseCommand):
    """Send number after number; what a killed database did not say is asked again."""

    help = "Gửi văn bản liên tục tới đối tác (chỉ để thử)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--messages", type=int, required=True)
        parser.add_argument("--per-second", type=float, default=50.0)
        parser.add_argument("--sender", required=True)
        parser.add_argument("--to", required=True)
        parser.add_argument("--journal", type=Path, required=True)
        parser.add_argument("--kilobytes", type=int, default=0)
        parser.add_argument("--series", default="", help="mỗi loạt đo có văn bản riêng")
        parser.add_argument("--authority", type=Path, help="ký từng văn bản; nơi cấp chứng thư")

    def handle(self, *_args: object, **options: Any) -> None:
        """Go on behind the latest line of the journal."""
        path: Path = options["journal"]
        first = latest_in(path) + 1
        content = _pages(options)
        begin = time.monotonic()
        with path.open("a") as journal:
            for number in range(first, options["messages"] + 1):
                code = self._insist(number, content(number), options)
                journal.write(f"{number} {code}\n")
                journal.flush()
                os.fsync(journal.fileno())
                ahead = (number - first + 1) / options["per_second"] - (time.monotonic() - begin)
                time.sleep(max(ahead, 0.0))

    def _insist(self, number: int, content: bytes, options: dict[str, Any]) -> str:
        """Send one document, however often the database goes away."""
        while True:
            try:
                close_old_connections()
                return send_one(number, content, options)
            except (DatabaseError, OSError):
                connection.close()
                time.sleep(PATIENCE_S)


def latest_in(journal: Path) -> int:
    """Return the latest number in a journal; what a kill left half written is cut off."""
    if not journal.exists():
        return 0
    with journal.open("rb+") as book:
        book.seek(max(book.seek(0, os.SEEK_END) - _LINES, 0))
        whole, _, torn = book.read().rpartition(b"\n")
        book.truncate(book.tell() - len(torn))
    lines = whole.split(b"\n")
    return int(lines[-1].split()[0]) if lines[-1] else 0


def page_of(number: int, kilobytes: int) -> bytes:
    """Return a PDF of one page as large as asked, another one for each number."""
    filling = Random(number).randbytes(kilobytes * 1000).replace(b"\n", b" ").replace(b"\r", b" ")
    return PAGE + f"% {number} ".encode() + filling + b"\n"


def _pages(options: dict[str, Any]) -> Callable[[int], bytes]:
    """Return what makes the file of each document: plain, or signed as a letter is."""
    kilobytes: int = options["kilobytes"]
    if options["authority"] is None:
        seed = crc32(options["series"].encode())
        return lambda number: page_of(seed + number, kilobytes)
    at = now()
    authority = Authority(options["authority"], at=at)
    writer = signed_letters(authority, options["journal"].with_suffix(".keys"), at)
    return lambda number: writer.letter(number, kilobytes)


def send_one(number: int, content: bytes, options: dict[str, Any]) -> str:
    """Send one document of a page; return the code of the message, the same for the same number."""
    at, series = now(), options["series"]
    agency = organisation.tree().agency_by_code(options["sender"])
    if agency is None:
        message = f"no agency {options['sender']}"
        raise LookupError(message)
    document = DocumentFacts(
        number=f"{number:07}",
        notation=f"SNV-{series.upper() or 'CCHC'}",
        issued_on=date(at.year, 1, 2),
        kind=18,
        kind_name="Công văn",
        subject=f"Văn bản thử số {number}",
    )
    page = files.keep_bytes(content, "application/pdf", by=CLERK, at=at)
    outgoing = OutgoingEnvelope(
        owner=f"replay:{number}{series}",
        sender_id=agency.id,
        recipients=(options["to"],),
        document=document,
        signed_at=at,
        attachments=(Attached(page.pk, f"{number:07}.pdf", "Văn bản chính"),),
        idempotency=f"replay:{number}{series}",
    )
    return send(outgoing, by=CLERK, at=at)
