"""Partners outside, carriers to them, and messages that come from them."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

from motcua.casework.exchange.api import (
    CarrierAway,
    CarrierRefuses,
    CounterpartIn,
    CounterpartInfo,
    Delivery,
    DocumentMessage,
    Greeting,
    Handed,
    Line,
    MessageKind,
    Organ,
    Parcel,
    SignedReceipt,
    StatusMessage,
    TakenIn,
    Way,
    carry_to,
    counterpart_named,
    set_counterpart,
    take_in,
)
from motcua.casework.exchange.models import EnvelopeArrival, ExchangeReceipt
from motcua.casework.exchange.rules.edxml import writer
from motcua.casework.exchange.rules.edxml.contents import content_of
from motcua.casework.exchange.rules.edxml.messages import Attachment
from motcua.foundation.access.api import Power
from motcua.lib.clock import local_day

from .messages import make_message, make_status, read
from .sending import CLERK, LATER, THURSDAY

ADMIN = replace(CLERK, province_powers=frozenset({Power.EDIT_ORGANISATION}))
SENDER = Organ("H52.5", "Sở Nội vụ tỉnh Sơn La", "UBND tỉnh Sơn La")
RECEIVER = Organ("H18.101", "UBND xã Mường Phăng")
WORDS = Attachment("cid:1", "noi-dung.txt", content_of("Kính gửi".encode()), "Nội dung")


def make_partner(**changes: Any) -> CounterpartInfo:
    """Enter the installation of Sơn La as a partner."""
    given: dict[str, Any] = {
        "code": "tinh-son-la",
        "name": "Tỉnh Sơn La",
        "way": Way.PEER,
        "codes": ("H52",),
        "address": "https://lien-thong.sonla.example:8443",
        "delivery": Delivery.PUSH,
        "valid_from": date(2026, 1, 1),
    }
    set_counterpart(CounterpartIn(**{**given, **changes}), by=ADMIN, at=THURSDAY)
    found = counterpart_named(str(changes.get("code", "tinh-son-la")), local_day(THURSDAY))
    assert found is not None
    return found


class Recording:
    """A way that keeps what it is given, and answers as it is told."""

    name = Way.PEER.value

    def __init__(self, *answers: Handed | CarrierAway | CarrierRefuses) -> None:
        self.answers = list(answers)
        self.carried: list[tuple[Parcel, bytes]] = []

    def carry(self, parcel: Parcel) -> Handed:
        target = BytesIO()
        parcel.write(target)
        self.carried.append((parcel, target.getvalue()))
        answer = self.answers.pop(0) if self.answers else taken()
        if isinstance(answer, Handed):
            return answer
        raise answer

    def fetch(self, counterpart: CounterpartInfo, *, at: datetime) -> int:
        return len(counterpart.code) * at.year * 0

    def ask(self, counterpart: CounterpartInfo) -> Greeting:
        return Greeting(counterpart.name, (("H52.5", "Sở Nội vụ"), ("H99.1", "Ngoài tỉnh")))


def taken() -> Handed:
    """Return what a partner says that has something."""
    return Handed(is_delivered=True, receipt=SignedReceipt('{"n": 1}', b"signed", "ab" * 32))


def carry(partner: CounterpartInfo, carrier: Recording, *, at: datetime = LATER) -> int:
    """Carry what is due to a partner; return how much was."""
    return carry_to(partner, carrier, clock=lambda: at).count


def documents_kept() -> int:
    """Return how many documents came from outside, read or not."""
    return EnvelopeArrival.objects.filter(kind=MessageKind.DOCUMENT).count()


def receipts_said() -> list[str]:
    """Return what partners signed, the first first."""
    return [one.said for one in ExchangeReceipt.objects.order_by("id")]


def make_foreign(**changes: Any) -> DocumentMessage:
    """Return a document of Sơn La for Mường Phăng."""
    given: dict[str, Any] = {
        "sender": SENDER,
        "receivers": (RECEIVER,),
        "document_id": "H52.5,2026/10/01,0123/SNV-CCHC",
        "attachments": (WORDS,),
    }
    return replace(make_message(), **{**given, **changes})


def line(number: int | None = 1, **changes: Any) -> Line:
    """Return how something of Sơn La comes for Mường Phăng."""
    given: dict[str, Any] = {
        "counterpart": "tinh-son-la",
        "sender_code": "H52.5",
        "receiver_code": "H18.101",
        "number": number,
        "kind": MessageKind.DOCUMENT,
        "their_code": "GT-H52.5-2026-000009",
    }
    return Line(**{**given, **changes})


def come(
    message: DocumentMessage | StatusMessage | bytes,
    on: Line | None = None,
    *,
    at: datetime = LATER,
) -> TakenIn:
    """Let something come from outside."""
    content = message if isinstance(message, bytes) else unchecked(message)
    return take_in(BytesIO(content), on or line(), at=at)


def unchecked(message: DocumentMessage | StatusMessage) -> bytes:
    """Write a message as others write it: our own rules are not asked."""
    head = writer.unchecked_head(message)
    if isinstance(message, StatusMessage) or not message.attachments:
        return head
    return head.removesuffix(b"</edXML>\n") + b"".join(writer._files(message)) + b"</edXML>\n"  # noqa: SLF001 -- the strict way around them asks first


def make_said(code: str, document_ref: str, **changes: Any) -> StatusMessage:
    """Return a status that Sơn La sends about a document of ours."""
    made = make_status(code)
    about = replace(made.about, organ="H18.5", document_id=document_ref)
    return replace(made, sender=SENDER, about=about, **changes)


def heard(content: bytes | str) -> StatusMessage:
    """Read a status message that was sent."""
    message = read(content.encode() if isinstance(content, str) else content).message
    assert isinstance(message, StatusMessage)
    return message
