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


# What a certificate is to a signature.
SIGNER, ISSUER, STAMPER = "người ký", "nơi cấp", "dấu thời gian"
_WORST_FIRST = (Indication.FAILED, Indication.INDETERMINATE, Indication.PASSED)


_UNTOLD = frozenset({"numbers", "holder"})


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
class TrustShown:
    """Whether the chain of a certificate ends in an anchor of ours, in which, and why (not)."""

    is_trusted: bool
    anchor: str
    why: str


@dataclass(frozen=True, slots=True)
class CertificateShown:
    """How one certificate of a chain stood when it signed, and stands at the moment of judging.

    `known_by` says from which word of its authority that is known, and of when. `der` is for
    whoever asks the authority; nothing that is shown or sent on carries it.
    """

    role: str
    name: str
    sha256: str
    then: str
    now: str
    known_by: str
    der: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class SignatureShown:
    """One signature of a document: who, when, what it covers, and what it is worth.

    `then` and `now` tell the state of the certificate when it signed and at the moment of judging;
    `changes` is what came into the file after this signature, allowed or not. `numbers` are the
    holder's, on their way out of the process that read them; what is kept is `holder`, the same as
    keyed marks (`people.mark_of_number`), None where nobody has looked. Neither is told to anybody.
    """

    field_name: str
    role: str
    signer: str
    organisation: str
    issuer: str
    serial: str
    certificate_sha256: str
    valid_from: datetime
    valid_to: datetime
    then: str
    now: str
    claimed_at: datetime | None
    proven_at: datetime | None
    proven_by: str
    level: str
    algorithm: str
    covers: str
    changes: tuple[str, ...]
    warnings: tuple[str, ...]
    trust: TrustShown
    verdict: Verdict
    certificates: tuple[CertificateShown, ...] = ()
    numbers: tuple[str, ...] = field(default=(), repr=False)
    holder: tuple[str, ...] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to say of one file.

    `form` is "pdf" or "xml", empty where it is neither; `unreadable` names the signatures which
    are there and cannot be read, one entry for each; `added_later` is what came after the last.
    `asked` tells which authorities were asked over the network for this report, and what came.
    """

    sha256: str
    size: int
    verdict: Verdict
    signatures: tuple[SignatureShown, ...] = ()
    unreadable: tuple[str, ...] = ()
    pages: int = 0
    added_later: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    form: str = ""
    asked: tuple[str, ...] = ()

    def plain(self) -> dict[str, object]:
        """Return the report as JSON carries it, moments in ISO 8601.

        Shape: docs/reference/examination.md
        """
        return asdict(self, dict_factory=_told)

    def kept(self) -> dict[str, object]:
        """Return the same with what is only kept here: whose certificates these are."""
        return asdict(self, dict_factory=_as_json)

    def whole(self) -> dict[str, object]:
        """Return the report with all it carries, as the program that examines answers."""
        return asdict(self, dict_factory=_whole)


def _whole(pairs: list[tuple[str, object]]) -> dict[str, object]:
    return {name: v.isoformat() if isinstance(v, datetime) else v for name, v in pairs}


def _as_json(pairs: list[tuple[str, object]]) -> dict[str, object]:
    return {name: value for name, value in _whole(pairs).items() if name != "der"}


def _told(pairs: list[tuple[str, object]]) -> dict[str, object]:
    return _as_json([(name, value) for name, value in pairs if name not in _UNTOLD])


def worst_of(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict that counts for the whole file."""
    return min(verdicts, key=lambda one: _WORST_FIRST.index(one.indication))
