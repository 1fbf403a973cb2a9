"""Begin the signature in each of somebody's papers, in a process with limits.

Not at the door: only the signer does so.
"""

import json
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from motcua.foundation.files import api as files
from motcua.foundation.papers import api as papers
from motcua.foundation.signing.choices import OwnState
from motcua.foundation.signing.errors import NOT_STANDARD, DocumentUnfit
from motcua.foundation.signing.models import OwnPaper, OwnSigning
from motcua.foundation.signing.queries.own import own_papers_of
from motcua.foundation.trust import api as trust
from motcua.lib import work
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local
from motcua.lib.tongue import said

from .own_consenting import DIGEST
from .own_keys import FoundKey

_PROGRAM = "motcua.foundation.signing.rules.own_halves"
_ROOT = Path(__file__).resolve().parents[4]
_SECONDS = 60
# As large as the place that the application form keeps for it, in points.
STAMP_SIZE = (198.0, 62.0)
_HALF = ("file_id", "tail", "document_digest", "reserved_start", "reserved_end", "attributes")


def prepare_papers(signing: OwnSigning, key: FoundKey, *, at: datetime) -> None:
    """Prepare each paper and keep its half; those that are prepared already stay.

    Raises: DocumentUnfit naming the paper, WrongCertificate.
    Costs: a process, some two seconds and what the papers take.
    """
    rows = own_papers_of(signing)
    if all(one.attributes is not None for one in rows):
        return
    contents = [_content(one) for one in rows]
    halves = begun(_order(signing, key, rows, contents, at), contents)
    for place, row in enumerate(rows):
        half = halves[place] if place < len(halves) else {"error": NOT_STANDARD}
        if "error" in half:
            raise DocumentUnfit(f"“{row.name}”: {half['error']}", field="file")
    _keep(signing, list(zip(rows, halves, strict=True)), at)


def _content(paper: OwnPaper) -> bytes:
    with files.open_file(paper.file) as content:
        return bytes(content.read())


def _order(
    signing: OwnSigning,
    key: FoundKey,
    rows: Sequence[OwnPaper],
    contents: Sequence[bytes],
    at: datetime,
) -> dict[str, Any]:
    stamp = b64encode(_stamp(signing, at)).decode() if any(one.is_ours for one in rows) else ""
    chain = key.certificates[1:] or trust.chain_of(key.certificates[0])
    return {
        "certificate": b64encode(key.certificates[0]).decode(),
        "chain": [b64encode(one).decode() for one in chain],
        "at": at.isoformat(),
        "digest": DIGEST,
        "papers": [
            {
                "size": len(content),
                "is_ours": row.is_ours,
                "field": f"SIG_APPLICANT_{signing.pk}_{row.seq}",
                "stamp": stamp if row.is_ours else "",
            }
            for row, content in zip(rows, contents, strict=True)
        ],
    }


def _stamp(signing: OwnSigning, at: datetime) -> bytes:
    """Return how the signature looks on the application form: who, and when."""
    lines = ("Ký số bởi", signing.subject_name, f"lúc {local(at):%H:%M:%S, %d/%m/%Y} (+07:00)")
    return papers.render_mark(lines, size=STAMP_SIZE, is_centred=True)


def begun(order: dict[str, Any], contents: Sequence[bytes]) -> list[dict[str, Any]]:
    """Return what the process said of each paper; fewer if one was too much for it."""
    asked = json.dumps(order).encode() + b"\n" + b"".join(contents)
    try:
        answer = subprocess.run(  # noqa: S603 -- our own program, run by our own interpreter
            [sys.executable, "-m", _PROGRAM],
            cwd=_ROOT,
            input=asked,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentUnfit(NOT_STANDARD, field="file") from error
    return [json.loads(line) for line in answer.stdout.splitlines()]


@work.story
def _keep(
    signing: OwnSigning, halves: Sequence[tuple[OwnPaper, dict[str, Any]]], at: datetime
) -> None:
    """Keep the halves, unless the person has left it meanwhile."""
    locked = work.lock(OwnSigning, id=signing.pk)
    if locked.state != OwnState.ASKED:
        raise DocumentUnfit(said("Lần ký này đã dừng."))
    for row, half in halves:
        if half["base"]:
            base = BytesIO(b64decode(half["base"]))
            row.file = files.keep_file("to-khai.pdf", base, by=SYSTEM, at=at)
        row.tail = b64decode(half["tail"])
        row.document_digest = bytes.fromhex(half["document_digest"])
        row.attributes = bytes.fromhex(half["attributes"])
        row.reserved_start, row.reserved_end = half["reserved_start"], half["reserved_end"]
        work.update(row, *_HALF)
