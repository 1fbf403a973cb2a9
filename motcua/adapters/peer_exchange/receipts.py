"""What is signed when a parcel was taken, and whether such a receipt fits what was sent."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from motcua.casework.exchange.api import CounterpartInfo, MessageKind, SignedReceipt

from .identity import is_signed_by, our_identity

KIND = "motcua-exchange-receipt-v1"


@dataclass(frozen=True, slots=True)
class Label:
    """What is written on a parcel: whose it is, its number, and the bytes of the message."""

    kind: MessageKind
    sender: str
    receiver: str
    number: int
    sha256: str
    size: int
    code: str = ""
    about: str = ""

    def as_json(self) -> str:
        """Return the label as it goes over the wire, in ASCII."""
        return json.dumps({name: getattr(self, name) for name in self.__slots__}, sort_keys=True)


class BadLabel(Exception):
    """The label cannot be read."""


def read_label(text: str) -> Label:
    """Raises: BadLabel."""
    try:
        said = json.loads(text)
        label = Label(
            MessageKind(said["kind"]),
            str(said["sender"])[:35],
            str(said["receiver"])[:35],
            int(said["number"]),
            str(said["sha256"]),
            int(said["size"]),
            str(said.get("code", ""))[:60],
            str(said.get("about", ""))[:60],
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadLabel("the label cannot be read") from error
    if not 0 < label.number < 1 << 31 or not label.receiver or label.size < 0:
        raise BadLabel("the label says what cannot be")
    return label


def write_receipt(label: Label, *, at: datetime) -> dict[str, str]:
    """Return a signed receipt for what was taken."""
    said = json.dumps(
        {
            "type": KIND,
            "kind": str(label.kind),
            "sender": label.sender,
            "receiver": label.receiver,
            "number": label.number,
            "sha256": label.sha256,
            "size": label.size,
            "taken_at": at.isoformat(),
        },
        sort_keys=True,
    )
    return {"said": said, "signature": b64encode(our_identity().sign(said.encode())).decode()}


class BadReceipt(Exception):
    """The receipt does not fit; says why, in Vietnamese."""


def read_receipt(
    answer: Mapping[str, Any], label: Label, partner: CounterpartInfo
) -> SignedReceipt:
    """Return the receipt in an answer, if it is the partner's and about this parcel.

    Raises: BadReceipt.
    """
    try:
        text = str(answer["said"])
        said, signature = json.loads(text), b64decode(str(answer["signature"]), validate=True)
        told = {name: said[name] for name in ("kind", "sender", "receiver", "number", "sha256")}
        is_receipt = said["type"] == KIND
    except (ValueError, KeyError, TypeError) as error:
        raise BadReceipt("trả lời không có biên nhận") from error
    wanted = {name: getattr(label, name) for name in told}
    if not is_receipt or told != wanted:
        raise BadReceipt("biên nhận nói về gói tin khác")
    for der in partner.certificates:
        if is_signed_by(der, text.encode(), signature):
            return SignedReceipt(text, signature, sha256(der).hexdigest())
    raise BadReceipt("biên nhận không do đối tác ký")
