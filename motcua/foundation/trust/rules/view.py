"""What a judge of signatures is told of the world: values only, so that judging is pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from motcua.foundation.trust.choices import Purpose


@dataclass(frozen=True, slots=True)
class AnchorInfo:
    """One anchor believed on that day."""

    name: str
    purpose: Purpose
    sha256: str
    der: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class TrustView:
    """Whom we believe at a moment: anchors, authorities between, what was revoked.

    `revoked` names certificates by SHA-256 that were reported to us as revoked, and since when.
    """

    at: datetime
    anchors: tuple[AnchorInfo, ...]
    others: tuple[bytes, ...] = field(repr=False, default=())
    crls: tuple[bytes, ...] = field(repr=False, default=())
    ocsps: tuple[bytes, ...] = field(repr=False, default=())
    revoked: Mapping[str, datetime] = field(default_factory=dict, hash=False)
