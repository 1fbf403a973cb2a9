"""What came from outside and how it stands; what is missing in the count of a pair."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.casework.exchange.choices import ArrivalState, MessageKind
from motcua.casework.exchange.errors import Finding, NoSuchArrival, Severity
from motcua.casework.exchange.models import EnvelopeArrival
from motcua.casework.exchange.rules.line import Line
from motcua.foundation.files import api as files
from motcua.lib import work


@dataclass(frozen=True, slots=True)
class ArrivalShown:
    """One thing that came from outside, for those who see to what cannot be taken as it is."""

    id: int
    kind: str
    counterpart: str
    sender_code: str
    receiver_code: str
    number: int | None
    size: int
    state: ArrivalState
    words: str
    findings: tuple[Finding, ...]
    code: str
    taken_at: datetime
    closed_at: datetime | None
    closed_by_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class PairCount:
    """How far the count from one agency to another has come."""

    kind: MessageKind
    sender_code: str
    receiver_code: str
    latest: int


RECENT = 1_000
_MISSING = """
SELECT n FROM generate_series(%(since)s::int, %(latest)s) AS n
WHERE (
  SELECT count(*) FROM exchange_envelopearrival WHERE kind = %(kind)s
    AND sender_code = %(sender)s AND receiver_code = %(receiver)s
    AND number BETWEEN %(since)s AND %(latest)s
) <= %(latest)s - %(since)s AND NOT EXISTS (
  SELECT 1 FROM exchange_envelopearrival WHERE kind = %(kind)s AND sender_code = %(sender)s
    AND receiver_code = %(receiver)s AND number = n
)
ORDER BY n LIMIT %(most)s
"""
_LATEST = """
SELECT max(number) FROM exchange_envelopearrival
WHERE kind = %s AND sender_code = %s AND receiver_code = %s
"""
_SENT = """
SELECT 'document', sender_code, routed_code, max(number) FROM exchange_enveloperecipient
WHERE counterpart = %(code)s AND arrival_id IS NULL AND number IS NOT NULL GROUP BY 1, 2, 3
UNION ALL
SELECT 'status', sender_code, receiver_code, max(number) FROM exchange_statusnotice
WHERE counterpart = %(code)s AND number IS NOT NULL GROUP BY 1, 2, 3
"""
_CAME = """
SELECT kind, sender_code, receiver_code, max(number) FROM exchange_envelopearrival
WHERE counterpart = %s AND number IS NOT NULL GROUP BY 1, 2, 3
"""


def known_arrivals(lines: Sequence[Line]) -> list[EnvelopeArrival | None]:
    """Return what came before under the number of each, or its way's same name.

    Costs: one round trip.
    """
    found = work.fetch_together(*[_earlier(line) for line in lines])
    return [work.from_row(EnvelopeArrival, rows[0]) if rows else None for rows in found]


def _earlier(line: Line) -> work.Statement:
    row = f"SELECT {work.columns(EnvelopeArrival, 'a')} FROM exchange_envelopearrival a WHERE "  # noqa: S608 -- names of our own columns
    if line.number is not None and line.kind is not None:
        place = [line.kind, line.sender_code, line.receiver_code, line.number]
        return row + _SAME_NUMBER, place
    return row + _SAME_REF, [line.counterpart, line.ref]


_SAME_NUMBER = "kind = %s AND sender_code = %s AND receiver_code = %s AND number = %s"
_SAME_REF = "counterpart = %s AND ref = %s AND ref <> ''"


def findings_from(kept: Sequence[dict[str, object]]) -> tuple[Finding, ...]:
    """Return findings as they were kept."""
    return tuple(
        Finding(
            Severity(str(one["severity"])),
            str(one["rule"]),
            int(str(one["line"])),
            str(one["element"]),
            str(one["words"]),
        )
        for one in kept
    )


def findings_of(envelope_code: str) -> tuple[Finding, ...]:
    """Return what was wrong with a message that came from outside. Costs: one query."""
    rows = EnvelopeArrival.objects.filter(envelope__code=envelope_code).exclude(findings=[])
    first = rows.order_by("id").first()
    return findings_from(first.findings) if first is not None else ()


def raw_of(envelope_code: str) -> files.StoredFile | None:
    """Return a message from outside as it came, byte by byte. Costs: one query."""
    rows = EnvelopeArrival.objects.filter(envelope__code=envelope_code, file__isnull=False)
    first = rows.select_related("file").order_by("id").first()
    return first.file if first is not None else None


def arrivals_in_trouble(*, most: int = 100) -> list[ArrivalShown]:
    """Return what came and cannot be taken as it is, the latest first. Costs: one query."""
    rows = EnvelopeArrival.objects.filter(state=ArrivalState.TROUBLE).select_related("envelope")
    return [_shown(one) for one in rows.order_by("-id")[:most]]


def get_arrival(arrival_id: int) -> ArrivalShown:
    """Raises: NoSuchArrival."""
    rows = EnvelopeArrival.objects.select_related("envelope").filter(pk=arrival_id)
    found = rows.first()
    if found is None:
        raise NoSuchArrival("Không có gói tin này.")
    return _shown(found)


def missing_of(
    counts: Iterable[PairCount], *, most: int = 100, within: int | None = None
) -> dict[PairCount, list[int]]:
    """Return the numbers that never came, up to how far the sender says it has counted.

    `within` looks no further back than so many numbers.

    Costs: one query for each pair.
    """
    missing = {}
    for pair in counts:
        asked = {
            "since": max(pair.latest - within, 0) + 1 if within is not None else 1,
            "latest": pair.latest,
            "kind": pair.kind,
            "sender": pair.sender_code,
            "receiver": pair.receiver_code,
            "most": most,
        }
        numbers = [int(row[0]) for row in work.fetch(_MISSING, asked)]
        if numbers:
            missing[pair] = numbers
    return missing


def missing_before(line: Line, *, most: int = 100) -> list[int]:
    """Return the numbers of a line's pair that never came, shortly below the highest known.

    It is asked with every message; what is missing further back is found by `missing_of`.
    """
    if line.number is None or line.kind is None:
        return []
    place = [line.kind, line.sender_code, line.receiver_code]
    latest = work.fetch(_LATEST, place)[0][0] or 0
    pair = PairCount(line.kind, line.sender_code, line.receiver_code, int(latest))
    return missing_of([pair], most=most, within=RECENT).get(pair, [])


def sent_counts(counterpart: str) -> list[PairCount]:
    """Return how far we have counted what goes to a partner, pair by pair. Costs: one query."""
    return [_count(row) for row in work.fetch(_SENT, {"code": counterpart})]


def came_counts(counterpart: str) -> list[PairCount]:
    """Return how far what came from a partner has been counted. Costs: one query."""
    return [_count(row) for row in work.fetch(_CAME, [counterpart])]


def _count(row: Sequence[object]) -> PairCount:
    kind, sender, receiver, latest = row
    return PairCount(MessageKind(str(kind)), str(sender), str(receiver), int(str(latest)))


def _shown(row: EnvelopeArrival) -> ArrivalShown:
    return ArrivalShown(
        id=row.pk,
        kind=row.kind,
        counterpart=row.counterpart,
        sender_code=row.sender_code,
        receiver_code=row.receiver_code,
        number=row.number,
        size=row.size,
        state=ArrivalState(row.state),
        words=row.words,
        findings=findings_from(row.findings),
        code=row.envelope.code if row.envelope is not None else "",
        taken_at=row.taken_at,
        closed_at=row.closed_at,
        closed_by_name=row.closed_by_name,
        reason=row.reason,
    )
