"""Read heads, and say how the ledger stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from motcua.foundation.ledger.choices import SignerKind, StreamName, StreamState
from motcua.foundation.ledger.errors import NoSuchHead
from motcua.foundation.ledger.models import Head, HeadKey, HeadSignature, HeadStamp, Stream
from motcua.foundation.ledger.ports import head_signer
from motcua.foundation.ledger.rules.heads import signature_line
from motcua.lib import work

PROMISES = StreamName.PROMISES
_WAITING = """
SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(at)), 0) FROM (
  SELECT l.at FROM ledger_leaf l, ledger_stream s
  WHERE s.name = 'promises' AND (l.epoch, l.xid, l.id) > (s.epoch, s.xid::text::xid8, s.row_id)
  ORDER BY l.epoch, l.xid, l.id LIMIT 10000
) waiting
"""


@dataclass(frozen=True, slots=True)
class SignatureShown:
    """One signature under a head."""

    name: str
    kind: str
    public_key: bytes
    signature: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class LedgerState:
    """How the ledger stands: streams, the latest head, what waits, whether anybody signs."""

    streams: Sequence[Stream]
    head: Head | None
    signers: Sequence[SignatureShown]
    waiting: int
    has_key: bool

    @property
    def stopped(self) -> Sequence[Stream]:
        """Return the streams that are not sealed any more."""
        return [one for one in self.streams if one.state == StreamState.STOPPED]

    @property
    def promises(self) -> Stream:
        """Return the public stream."""
        return next(one for one in self.streams if one.name == PROMISES)


def latest_head() -> Head | None:
    """Return the latest head of the public stream, None before the first."""
    return Head.objects.filter(stream=PROMISES).order_by("-size").first()


def get_head(size: int) -> Head:
    """Return the public head of that size. Raises: NoSuchHead."""
    head = Head.objects.filter(stream=PROMISES, size=size).first()
    if head is None:
        message = f"Không có đầu sổ {size} lá."
        raise NoSuchHead(message)
    return head


def heads_before(size: int | None, *, limit: int) -> Sequence[Head]:
    """Return public heads, the newest first, below a size if one is given."""
    heads = Head.objects.filter(stream=PROMISES)
    if size is not None:
        heads = heads.filter(size__lt=size)
    return list(heads.order_by("-size")[:limit])


def signatures_of(sizes: Sequence[int]) -> Mapping[int, Sequence[SignatureShown]]:
    """Return the signatures under heads, our own first.

    Costs: one query.
    """
    rows = HeadSignature.objects.filter(size__in=sizes).select_related("key").order_by("size", "pk")
    found: dict[int, list[SignatureShown]] = {size: [] for size in sizes}
    for row in rows:
        shown = SignatureShown(
            row.key.name, row.key.kind, bytes(row.key.public_key), bytes(row.signature), row.at
        )
        found[row.size].append(shown)
    for signatures in found.values():
        signatures.sort(key=lambda one: one.kind != SignerKind.OWN)
    return found


def stamps_of(sizes: Sequence[int]) -> Mapping[int, bytes]:
    """Return the time stamps over heads, of those that have one. Costs: one query."""
    rows = HeadStamp.objects.filter(size__in=sizes).values_list("size", "token")
    return {size: bytes(token) for size, token in rows}


def unstamped_heads(since: datetime, *, limit: int) -> Sequence[Head]:
    """Return the newest heads without a time stamp. Costs: one query."""
    stamped = HeadStamp.objects.filter(size=OuterRef("size"))
    heads = Head.objects.filter(~Exists(stamped), stream=PROMISES, at__gte=since)
    return list(heads.order_by("-size")[:limit])


def unsealed_heads(mark: str, since: datetime, *, limit: int) -> Sequence[Head]:
    """Return the newest heads that one key has not signed, by the key's hash. Costs: one query."""
    signed = HeadSignature.objects.filter(size=OuterRef("size"), key__sha256=mark)
    heads = Head.objects.filter(~Exists(signed), stream=PROMISES, at__gte=since)
    return list(heads.order_by("-size")[:limit])


def checkpoint_of(head: Head) -> str:
    """Return a head with its signatures, as it is published."""
    signed = signatures_of([head.size])[head.size]
    lines = (signature_line(one.name, one.public_key, one.signature) for one in signed)
    return f"{head.text}\n{''.join(lines)}"


def known_keys() -> Sequence[HeadKey]:
    """Return every key that signs or signed heads, oldest first."""
    return list(HeadKey.objects.order_by("added_at", "pk"))


def ledger_state() -> LedgerState:
    """Return how the ledger stands.

    Costs: five statements.
    """
    head = latest_head()
    signed = signatures_of([head.size])[head.size] if head else []
    ((waiting, _),) = work.fetch(_WAITING, [])
    streams = list(Stream.objects.order_by("name"))
    return LedgerState(streams, head, signed, int(waiting), head_signer() is not None)
