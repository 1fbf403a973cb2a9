"""Have the time of heads confirmed by somebody else; nothing ever waits for it.

Source: docs/law/ledger.md
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from motcua.foundation.jobs import api as jobs
from motcua.foundation.ledger.models import Head, HeadStamp
from motcua.foundation.ledger.queries.heads import unstamped_heads
from motcua.foundation.trust import api as trust
from motcua.lib.errors import Anticipated

from .publishing import publish_signatures

logger = logging.getLogger(__name__)
STAMP = "ledger.stamp"
MOST = 20
# A stamp that comes a day later says nothing that the next head's stamp does not say.
WORTH_WHILE = timedelta(days=1)


def want_stamps(*, at: datetime) -> bool:
    """Call the signer if a head waits for a stamp and somebody is entered who gives them."""
    is_wanted = bool(unstamped_heads(at - WORTH_WHILE, limit=1)) and bool(
        trust.time_stamp_services()
    )
    if is_wanted:
        jobs.hurry(STAMP, at=at)
    return is_wanted


def stamp_heads(*, at: datetime) -> int:
    """Have the newest heads stamped that have none, and publish the stamps; return how many.

    All are asked for before anything is written. Nobody answering is no fault: the next call asks
    again, and heads go on being made and published meanwhile.
    """
    stamp = trust.stamper()
    if stamp is None:
        return 0
    stamped = list(_stamped(unstamped_heads(at - WORTH_WHILE, limit=MOST), stamp, at))
    for head, token in stamped:
        HeadStamp.objects.get_or_create(size=head.size, defaults={"token": token, "at": at})
        publish_signatures(head.size)
    return len(stamped)


def _stamped(
    heads: Sequence[Head], stamp: trust.Stamp, at: datetime
) -> Iterator[tuple[Head, bytes]]:
    """Yield heads with their stamps until somebody does not answer as he should."""
    for head in heads:
        try:
            yield head, stamp(sha256(head.text.encode()).digest(), "sha256", at=at)
        except (trust.LineDown, Anticipated) as error:
            logger.warning("head_not_stamped", extra={"size": head.size, "reason": str(error)})
            return
