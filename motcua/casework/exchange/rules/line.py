"""What a line says of a message, and whether the message agrees with it.

Source: docs/law/exchange.md
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from motcua.casework.exchange.choices import MessageKind
from motcua.casework.exchange.errors import Finding
from motcua.casework.exchange.ports import CounterpartInfo

from .edxml.findings import finding
from .edxml.messages import DocumentMessage, Message
from .edxml.values import todays_code
from .partners import closest, does_speak_for


@dataclass(frozen=True, slots=True)
class Line:
    """How something came: through whom, and what the way itself says of it.

    `number` counts what went from this sender to this receiver; where a way has no numbers, `ref`
    is its own name of the message. `their_code` is the sender's name of it, `about` the name of
    the message that a status speaks of. `sha256` is what the sender says of the bytes.
    """

    counterpart: str
    sender_code: str = ""
    receiver_code: str = ""
    number: int | None = None
    ref: str = ""
    kind: MessageKind | None = None
    about: str = ""
    their_code: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of something that came; `code` is the message's here, if it is one."""

    arrival_id: int
    code: str
    kind: MessageKind | None
    is_new: bool
    is_valid: bool
    findings: tuple[Finding, ...] = ()


def same_code(one: str, other: str) -> bool:
    """Say whether two codes name one agency, in whatever form they are written."""
    return (todays_code(one) or one) == (todays_code(other) or other)


def line_findings(
    message: Message, line: Line, partners: Iterable[CounterpartInfo], ours: Collection[str]
) -> Iterator[Finding]:
    """Yield what a message says otherwise than the line it came on."""
    sender, known = message.sender.code, list(partners)
    partner = next((one for one in known if one.code == line.counterpart), None)
    if (todays_code(sender) or sender) in ours:
        yield finding("sender-is-ours", 0, "From", found=sender)
    elif partner is None or not does_speak_for(partner, sender):
        rule = "sender-not-of-line" if closest(known, sender) else "sender-unknown"
        name = partner.name if partner is not None else line.counterpart
        yield finding(rule, 0, "From", found=sender, name=name)
    if line.sender_code and not same_code(line.sender_code, sender):
        yield finding("sender-differs", 0, "From", found=sender, name=line.sender_code)
    if isinstance(message, DocumentMessage) and line.receiver_code:
        named = any(same_code(one.code, line.receiver_code) for one in message.receivers)
        if not named:
            yield finding("receiver-not-listed", 0, "To", found=line.receiver_code)
