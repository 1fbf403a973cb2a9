"""What an examination says, in plain values: the shape is stable, other programs read it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum


class Indication(StrEnum):
    """The three answers of ETSI EN 319 102-1, and that there is nothing to judge."""

    PASSED = "TOTAL-PASSED"
    INDETERMINATE = "INDETERMINATE"
    FAILED = "TOTAL-FAILED"
    UNSIGNED = "UNSIGNED"


_WORST_FIRST = (Indication.FAILED, Indication.INDETERMINATE, Indication.PASSED)


@dataclass(frozen=True, slots=True)
class World:
    """Whom to believe, what was revoked, and the moment to judge at."""

    at: datetime
    anchors: Mapping[bytes, str]
    others: Sequence[bytes] = ()
    crls: Sequence[bytes] = ()
    ocsps: Sequence[bytes] = ()
    revoked: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One answer with its reason in ETSI's terms and in plain words."""

    indication: Indication
    sub: str
    words: str


@dataclass(frozen=True, slots=True)
class SignatureShown:
    """One signature of a document: who, when, what it covers, and what it is worth."""

    field_name: str
    signer: str
    organisation: str
    issuer: str
    serial: str
    certificate_sha256: str
    valid_from: datetime
    valid_to: datetime
    claimed_at: datetime | None
    proven_at: datetime | None
    algorithm: str
    covers: str
    changes: str
    anchor: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to say of one file."""

    sha256: str
    size: int
    verdict: Verdict
    signatures: Sequence[SignatureShown] = ()
    unreadable: str = ""

    def plain(self) -> dict[str, object]:
        """Return the report as JSON carries it."""
        return asdict(self)


def worst_of(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict that counts for the whole file."""
    return min(verdicts, key=lambda one: _WORST_FIRST.index(one.indication))
