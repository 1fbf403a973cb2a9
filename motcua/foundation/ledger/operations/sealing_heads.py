"""Let the province's seal sign heads, in the signer's process; nothing ever waits for it.

A head is made, signed by the ledger's own key and published at once by who seals the tree; the seal
lies in a device that only the signer opens, and joins its signature a moment later.

Source: docs/law/ledger.md
"""

import logging
from datetime import datetime
from hashlib import sha256

from motcua.foundation.jobs import api as jobs
from motcua.foundation.ledger.models import HeadSignature
from motcua.foundation.ledger.queries.heads import unsealed_heads
from motcua.foundation.ledger.rules.heads import is_signed
from motcua.foundation.signing import api as signing
from motcua.lib import work

from .heads import own_key
from .publishing import publish_signatures
from .stamping import MOST, WORTH_WHILE

logger = logging.getLogger(__name__)
SEAL = "ledger.seal_heads"


def want_seals(*, at: datetime) -> bool:
    """Call the signer if a head waits for the seal and there is one that signs by itself."""
    seal = signing.province_seal(at=at)
    if seal is None:
        return False
    mark = sha256(seal.public_key).hexdigest()
    is_wanted = bool(unsealed_heads(mark, at - WORTH_WHILE, limit=1))
    if is_wanted:
        jobs.hurry(SEAL, at=at)
    return is_wanted


def seal_heads(*, at: datetime) -> int:
    """Let the seal sign the newest heads that it has not signed; return how many.

    A key that is away is no fault: the next call asks again. What does not fit is not kept.
    """
    seal = signing.province_seal(at=at)
    if seal is None:
        return 0
    mark = sha256(seal.public_key).hexdigest()
    heads = unsealed_heads(mark, at - WORTH_WHILE, limit=MOST)
    texts = [head.text.encode() for head in heads]
    try:
        signatures = signing.seal_bytes(seal, texts) if texts else []
    except (signing.HolderAway, signing.HolderRefuses) as error:
        logger.warning("heads_not_sealed", extra={"reason": str(error)})
        return 0
    kept = [
        (head.size, raw)
        for head, text, raw in zip(heads, texts, signatures, strict=True)
        if is_signed(seal.public_key, raw, text)
    ]
    if len(kept) < len(heads):
        logger.error("head_seal_does_not_fit", extra={"heads": len(heads), "fit": len(kept)})
    _keep(seal, kept, at=at)
    for size, _ in kept:
        publish_signatures(size)
    return len(kept)


@work.story
def _keep(seal: signing.BareSeal, kept: list[tuple[int, bytes]], *, at: datetime) -> None:
    if not kept:
        return
    # A renewed certificate is another key; both are listed, so they need names of their own.
    key = own_key(f"{seal.name}, con dấu số {seal.serial[-8:]}", seal.public_key, at=at)
    for size, raw in kept:
        HeadSignature.objects.get_or_create(
            size=size, key=key, defaults={"signature": raw, "at": at}
        )
