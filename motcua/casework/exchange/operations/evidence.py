"""Keep evidence of what was exchanged: many messages in one container, under one seal.

Runs in the signer's process, the only one that opens keys.

Source: docs/law/exchange.md
"""

import json
from base64 import b64encode
from datetime import datetime
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from motcua.casework.exchange.models import Envelope, EnvelopeEvidence
from motcua.casework.exchange.queries.evidence import (
    is_evidence_due,
    receipts_of,
    without_evidence,
)
from motcua.casework.exchange.queries.intake import raw_of
from motcua.casework.exchange.queries.shown import whole_message
from motcua.casework.exchange.rules.edxml.contents import PIECE, Content, Spool
from motcua.casework.exchange.rules.edxml.writer import write_message
from motcua.foundation.files import api as files
from motcua.foundation.jobs import api as jobs
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import SYSTEM

JOB = "exchange.evidence"
MIME = "application/vnd.etsi.asic-e+zip"
MOST = 100
MOST_BYTES = 40_000_000  # of messages in one container; one that is larger has its own
MOST_CONTAINER = 1_000_000_000
_IN_MEMORY = 1_000_000


def want_evidence(*, at: datetime) -> None:
    """Wake the signer where messages wait for their evidence and the seal may sign it."""
    if is_evidence_due() and signing.seals_by_itself(at):
        jobs.hurry(JOB, at=at)


def keep_evidence(*, at: datetime, is_whole: bool = True) -> int:
    """Seal the messages that wait, the oldest first, as many as one container holds.

    Returns how many. What has waited for long is found only if the whole is looked at.

    Raises: HolderAway, HolderRefuses, NoCertificate.
    """
    if not signing.seals_by_itself(at):
        return 0
    held = _held(without_evidence(MOST, is_whole=is_whole), at)
    if not held:
        return 0
    sealer = signing.container_sealer()
    parts = [
        signing.HeldFile(_name(one), "application/xml", content.chunks) for one, content in held
    ]
    parts += _receipts([one for one, _ in held])
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as target:
        sealer(parts, target, subject=f"envelope:{held[0][0].code}", at=at)
        target.seek(0)
        _keep([one for one, _ in held], cast("BinaryIO", target), at=at)
    return len(held)


def _receipts(envelopes: list[Envelope]) -> list[signing.HeldFile]:
    """Return what partners signed when they took these messages, a file for each."""
    found = []
    for code, one in receipts_of(envelopes):
        content = json.dumps(
            {
                "said": one.said,
                "signature": b64encode(bytes(one.signature)).decode(),
                "certificate_sha256": one.certificate_sha256,
            }
        ).encode()
        name = f"bien-nhan/{code}-{one.pk}.json"
        found.append(signing.HeldFile(name, "application/json", partial(iter, [content])))
    return found


def _name(envelope: Envelope) -> str:
    return f"goi-tin/{envelope.code}.edxml"


def _held(envelopes: list[Envelope], at: datetime) -> list[tuple[Envelope, Content]]:
    """Return as many messages as one container holds, each as it went."""
    held: list[tuple[Envelope, Content]] = []
    whole = 0
    for envelope in envelopes:
        spool = Spool()
        _write(envelope, spool, at)
        whole += spool.size
        if held and whole > MOST_BYTES:
            spool.drop()
            return held
        held.append((envelope, spool.finish()))
    return held


def _write(envelope: Envelope, spool: Spool, at: datetime) -> None:
    """Write a message as it went, or as it came."""
    raw = raw_of(envelope.code)
    if raw is None:
        write_message(whole_message(envelope), spool, at=at)
        return
    with files.open_file(raw) as stream:
        while piece := stream.read(PIECE):
            spool.write(piece)


@work.story
def _keep(envelopes: list[Envelope], container: BinaryIO, *, at: datetime) -> None:
    kept = files.keep_raw(container, MIME, most=MOST_CONTAINER, by=SYSTEM, at=at, is_ours=True)
    rows = (
        EnvelopeEvidence(envelope_id=one.pk, file_id=kept.pk, name=_name(one), made_at=at)
        for one in envelopes
    )
    work.add(*rows)
