"""Which news a fact is, and what is said of it: codes, states and links, nothing personal."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.casework.documents import api as documents
from motcua.casework.dossiers import api as dossiers
from motcua.casework.payments import api as payments
from motcua.casework.webhooks.choices import Kind

_DOSSIER = {
    dossiers.Act.FILE: Kind.DOSSIER_FILED,
    dossiers.Act.RECEIVE: Kind.DOSSIER_RECEIVED,
    dossiers.Act.REFUSE: Kind.DOSSIER_REFUSED,
    dossiers.Act.COMPLETE: Kind.DOSSIER_STEP_DONE,
    dossiers.Act.APPROVE: Kind.DOSSIER_STEP_DONE,
    dossiers.Act.ASK_SUPPLEMENT: Kind.DOSSIER_SUPPLEMENT_ASKED,
    dossiers.Act.SUPPLY: Kind.DOSSIER_SUPPLIED,
    dossiers.Act.ASK_PAYMENT: Kind.DOSSIER_PAYMENT_ASKED,
    dossiers.Act.EXTEND: Kind.DOSSIER_PROMISED,
    dossiers.Act.APOLOGISE: Kind.DOSSIER_PROMISED,
    dossiers.Act.RESUME: Kind.DOSSIER_PROMISED,
    dossiers.Act.FOLLOW_CALENDAR: Kind.DOSSIER_PROMISED,
    dossiers.Act.DECIDE: Kind.DOSSIER_DECIDED,
    dossiers.Act.RETURN_OUTCOME: Kind.DOSSIER_RETURNED,
    dossiers.Act.WITHDRAW: Kind.DOSSIER_WITHDRAWN,
    dossiers.Act.STOP: Kind.DOSSIER_STOPPED,
}
_DOCUMENT = {
    documents.Act.ARRIVE: Kind.DOCUMENT_RECEIVED,
    documents.Act.ISSUE: Kind.DOCUMENT_SENT,
    documents.Act.SEND: Kind.DOCUMENT_SENT,
}
_ORDER = {
    payments.OrderPaid.topic: Kind.ORDER_PAID,
    payments.RefundDone.topic: Kind.ORDER_REFUNDED,
    payments.OrderChanged.topic: Kind.ORDER_CHANGED,
}
TOPICS = (dossiers.DossierMoved.topic, documents.DocumentMoved.topic, *_ORDER)
# Acts that nobody is disturbed by in the house, though others must hear of them.
_HEARD = frozenset({(dossiers.DossierMoved.topic, str(dossiers.Act.FOLLOW_CALENDAR))})
# What is passed on of a fact, under the names of the interface.
_SAID = {
    "dossier": ("act", "was", "status", "due_on", "is_late", "on"),
    "document": ("act", "was", "state", "direction", "on"),
    "order": ("act", "state", "paid_at", "amount_vnd"),
}


@dataclass(frozen=True, slots=True)
class News:
    """One fact as it may be told: of what kind, about which object, of which agency."""

    kind: Kind
    object: str
    code: str
    agency_id: int
    said: Mapping[str, Any]
    subjects: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """Return the object's name among all objects; its news stay in order."""
        return f"{self.object}:{self.code}"


def is_heard(topic: str, payload: Mapping[str, Any], *, is_silent: bool) -> bool:
    """Say whether a fact is told outside: what came from an old system or the demo is not."""
    return not is_silent or (topic, payload.get("act")) in _HEARD


def news_of(topic: str, payload: Mapping[str, Any]) -> News:
    """Return what a fact is to other systems."""
    if topic == dossiers.DossierMoved.topic:
        kind = _DOSSIER.get(dossiers.Act(payload["act"]), Kind.DOSSIER_CHANGED)
    elif topic == documents.DocumentMoved.topic:
        kind = _DOCUMENT.get(documents.Act(payload["act"]), Kind.DOCUMENT_CHANGED)
    else:
        kind = _ORDER[topic]
    thing = kind.partition(".")[0]
    said = {name: payload[name] for name in _SAID[thing] if name in payload}
    subjects = tuple(str(one) for one in payload.get("subjects", ()))
    return News(kind, thing, payload["code"], int(payload["agency_id"]), said, subjects)


def body_of(message_id: str, kind: str, timestamp: str, data: Mapping[str, Any]) -> str:
    """Return the bytes' text of a message: the same each time it is sent."""
    whole = {"id": message_id, "type": kind, "timestamp": timestamp, "data": dict(data)}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
