"""Keep evidence of what was exchanged: many messages in one container, under one seal.

Runs in the signer's process, the only one that opens keys.

Source: docs/law/exchange.md
"""

from datetime import datetime
from tempfile import SpooledTemporaryFile

from motcua.casework.exchange.models import Envelope, EnvelopeEvidence
from motcua.casework.exchange.queries.evidence import is_evidence_due, without_evidence
from motcua.casework.exchange.queries.shown import whole_message
from motcua.casework.exchange.rules.edxml.contents import Content, Spool
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
_IN_MEMORY = 1_000_000


def want_evidence(*, at: datetime) -> None:
    """Wake the signer where messages wait for their evidence and the seal may sign it."""
    if is_evidence_due() and signing.seals_by_itself(at):
        jobs.hurry(JOB, at=at)


def keep_evidence(*, at: datetime) -> int:
    """Seal the messages that wait, the oldest first; return how many.

    Raises: HolderAway, HolderRefuses, NoCertificate.
    """
    if not signing.seals_by_itself(at):
        return 0
    held = _held(without_evidence(MOST), at)
    if not held:
        return 0
    sealer = signing.container_sealer()
    parts = [
        signing.HeldFile(_name(one), "application/xml", content.chunks) for one, content in held
    ]
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as target:
        sealer(parts, target, subject=f"envelope:{held[0][0].code}", at=at)
        target.seek(0)
        container = target.read()
    _keep([one for one, _ in held], container, at=at)
    return len(held)


def _name(envelope: Envelope) -> str:
    return f"goi-tin/{envelope.code}.edxml"


def _held(envelopes: list[Envelope], at: datetime) -> list[tuple[Envelope, Content]]:
    """Return as many messages as one container holds, each as it went."""
    held: list[tuple[Envelope, Content]] = []
    whole = 0
    for envelope in envelopes:
        spool = Spool()
        write_message(whole_message(envelope), spool, at=at)
        whole += spool.size
        if held and whole > MOST_BYTES:
            spool.drop()
            return held
        held.append((envelope, spool.finish()))
    return held


@work.story
def _keep(envelopes: list[Envelope], container: bytes, *, at: datetime) -> None:
    kept = files.keep_bytes(container, MIME, by=SYSTEM, at=at)
    rows = (
        EnvelopeEvidence(envelope_id=one.pk, file_id=kept.pk, name=_name(one), made_at=at)
        for one in envelopes
    )
    work.add(*rows)
