"""Let the seal of the collecting body sign receipts; runs in the signer's process.

Money and numbers do not wait for the seal: a receipt without it is issued, and says so.

Source: docs/law/receipts.md
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from motcua.casework.receipts.choices import Act
from motcua.casework.receipts.events import ReceiptSigned
from motcua.casework.receipts.models import Receipt
from motcua.casework.receipts.queries.receipts import is_signing_due, xml_of
from motcua.foundation.files import api as files
from motcua.foundation.jobs import api as jobs
from motcua.foundation.signing import api as signing
from motcua.foundation.trust import api as trust
from motcua.lib import work
from motcua.lib.actor import SYSTEM

from .telling import tell

logger = logging.getLogger(__name__)
JOB = "receipts.sign"
XML = "application/xml"
MOST_AT_ONCE, MOST_A_RUN = 50, 200
LEASE = timedelta(minutes=2)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(minutes=10)
_MOST_DOUBLINGS = 8
_CLAIM = """
UPDATE receipts_receipt SET next_sign_at = %s, sign_tries = least(sign_tries + 1, 1000)
WHERE id IN (
  SELECT id FROM receipts_receipt WHERE next_sign_at <= %s
  ORDER BY next_sign_at, id LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING id
"""


def want_signatures(*, at: datetime) -> None:
    """Wake the signer where receipts wait for their seal."""
    if is_signing_due(at):
        jobs.hurry(JOB, at=at)


def sign_due(*, at: datetime) -> int:
    """Let the seals sign what waits, the oldest first; return how many have theirs.

    Not all at once: nobody who reads what happened is to wait for one long transaction.
    """
    done = tried = 0
    while tried < MOST_A_RUN and (claimed := _claim(at)):
        tried += len(claimed)
        by_agency = sorted(claimed, key=attrgetter("agency_id", "pk"))
        for agency_id, group in groupby(by_agency, key=attrgetter("agency_id")):
            done += _sign(agency_id, list(group), at=at)
    return done


def _claim(at: datetime) -> Sequence[Receipt]:
    """Take what waits longest; a killed signer's is free again after two minutes."""
    keys = [row[0] for row in work.fetch(_CLAIM, [at + LEASE, at, MOST_AT_ONCE])]
    return list(Receipt.objects.filter(pk__in=keys).select_related("series", "related__series"))


def _sign(agency_id: int, receipts: Sequence[Receipt], *, at: datetime) -> int:
    documents = [xml_of(one) for one in receipts]
    try:
        sealed = signing.xml_sealer()(
            documents, agency_id=agency_id, subject=f"receipt:{receipts[0].code}", at=at
        )
    except (
        trust.NoCertificate,
        signing.HolderAway,
        signing.HolderRefuses,
        signing.SigningError,
    ) as error:
        _put_off(receipts, str(error), at=at)
        return 0
    _keep(receipts, sealed, at=at)
    return len(receipts)


@work.story
def _keep(receipts: Sequence[Receipt], sealed: signing.SealedXml, *, at: datetime) -> None:
    """Keep the signed files; who paid by an account hears of it.

    What happened to them while the seal was asked is counted before.
    """
    rows = Receipt.objects.select_for_update().filter(pk__in=[one.pk for one in receipts])
    versions = dict(rows.order_by("id").values_list("pk", "version"))
    for one, document in zip(receipts, sealed.documents, strict=True):
        one.version = versions[one.pk]
        one.file = files.keep_bytes(document, XML, by=SYSTEM, at=at)
        one.signed_at, one.signed_by = at, sealed.signer[:300]
        one.next_sign_at, one.sign_error = None, ""
        changed = ("file", "signed_at", "signed_by", "next_sign_at", "sign_error")
        one.save(update_fields=changed)
        event = ReceiptSigned(one.pk, one.version + 1, one.code, one.order_code)
        tell(one, Act.SIGNED, event, by=SYSTEM, at=at)


@work.story
def _put_off(receipts: Sequence[Receipt], error: str, *, at: datetime) -> None:
    """Try again later, after a pause that grows from seconds to ten minutes; say why."""
    for one in receipts:
        pause = FIRST_PAUSE * 2 ** min(max(one.sign_tries - 1, 0), _MOST_DOUBLINGS)
        one.next_sign_at, one.sign_error = at + min(pause, LONGEST_PAUSE), error[:300]
        one.save(update_fields=["next_sign_at", "sign_error"])
    logger.warning("receipts_unsigned", extra={"how_many": len(receipts), "error": error})


@work.story
def sign_again(*, agency_id: int, at: datetime) -> int:
    """Let the seal be asked at once for what waits at an agency; return how many wait."""
    waiting = Receipt.objects.filter(agency_id=agency_id, next_sign_at__isnull=False)
    return waiting.update(next_sign_at=at)
