"""What may go wrong in exchange and is expected to."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from motcua.lib.errors import Anticipated, BadInput, Conflict, NotFound


class Severity(StrEnum):
    """Whether a message cannot be used as it is, or merely is not as the standard wants it."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def label(self) -> str:
        """Return the Vietnamese word."""
        return "Lỗi" if self is Severity.ERROR else "Lưu ý"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be; line 0 where it is about the whole file."""

    severity: Severity
    rule: str
    line: int
    element: str
    words: str

    def plain(self) -> dict[str, object]:
        """Return the finding as JSON carries it."""
        return asdict(self)


class CannotWrite(BadInput):
    """A message that would not be valid is not written; `findings` says why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        first = findings[0]
        place = f"{first.element}: " if first.element else ""
        more = f" (và {len(findings) - 1} lỗi nữa)" if len(findings) > 1 else ""
        super().__init__(f"Không lập được gói tin. {place}{first.words}{more}")
        self.findings = tuple(findings)


class NoSuchEnvelope(NotFound):
    """There is no such message, or not for this agency."""


class SentBefore(Conflict):
    """The same was sent before under another content."""


class MoveNotAllowed(Anticipated):
    """A state may not follow the one there is."""


class NotToBeRouted(BadInput):
    """Nobody can be found, or several, where one receiver is wanted."""


class CarrierAway(Exception):
    """A way of transport does not answer; tried again later.

    `is_line_down`: nobody was reached at all, so that other messages need not be tried now.
    """

    def __init__(self, words: str, *, is_line_down: bool = False) -> None:
        super().__init__(words)
        self.is_line_down = is_line_down


class CarrierRefuses(Exception):
    """A way of transport will never take this message; somebody must see to it."""


class NoSuchCounterpart(NotFound):
    """There is no such partner."""


class NoSuchArrival(NotFound):
    """Nothing came under this number."""


class TooLarge(BadInput):
    """More bytes than a message may have."""
