"""Tell people what became of what they proposed, and of changes to what was published.

Called in the worker; silent facts never come here.
"""

from collections.abc import Sequence

from motcua.casework.agendas.choices import Act
from motcua.casework.agendas.models import AgendaEntry, EntryGuest, EntryMove
from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Kind, Message
from motcua.foundation.outbox import api as outbox
from motcua.lib.actor import SYSTEM

_PROPOSER = {
    Act.APPROVE: notifications.declare(
        Kind(
            "agendas.approved",
            "Lịch công tác được duyệt",
            "Đã duyệt lịch: {title}",
            "{by} đã duyệt lịch {when}: {title}.",
            for_officers=True,
        )
    ),
    Act.DECLINE: notifications.declare(
        Kind(
            "agendas.declined",
            "Lịch công tác không được duyệt",
            "Không đưa vào lịch: {title}",
            "{by} không đưa vào lịch {when}: {title}. Lý do: {note}.",
            for_officers=True,
        )
    ),
}
_CHANGED = notifications.declare(
    Kind(
        "agendas.changed",
        "Lịch công tác thay đổi",
        "Lịch thay đổi: {title}",
        "{what} lịch {when}: {title}. {note}",
        for_officers=True,
    )
)
_LATE_ACTS = (Act.CHANGE, Act.CANCEL, Act.APPROVE, Act.PROPOSE)


def tell_people(facts: Sequence[outbox.ReadFact]) -> int:
    """Tell who proposed an entry, and in a published week who takes part in it."""
    return notifications.notify_all([one for fact in facts for one in _messages(fact)], by=SYSTEM)


def _messages(fact: outbox.ReadFact) -> list[Message]:
    act = Act(str(fact.payload["act"]))
    entry = AgendaEntry.objects.get(pk=fact.aggregate_id)
    move = EntryMove.objects.get(entry=entry, seq=fact.seq)
    values = {
        "title": entry.title,
        "when": f"{entry.starts:%H:%M} ngày {entry.day:%d/%m/%Y}",
        "by": move.by_name,
        "what": act.label,
        "note": move.note,
    }
    link = f"/van-ban/lich/?ngay={entry.day}"
    found = []
    if act in _PROPOSER:
        told = _living([entry.proposed_by_id], fact)
        found.append(Message(told, _PROPOSER[act], values, fact.at, link))
    if fact.payload.get("was_published") and act in _LATE_ACTS and entry.state != "proposed":
        found.append(Message(_living(_people(entry), fact), _CHANGED, values, fact.at, link))
    return found


def _people(entry: AgendaEntry) -> list[int]:
    guests = EntryGuest.objects.filter(entry=entry, account_id__isnull=False)
    chair = [entry.chair_account_id] if entry.chair_account_id else []
    return [*chair, *(one for one in guests.values_list("account_id", flat=True) if one)]


def _living(account_ids: Sequence[int], fact: outbox.ReadFact) -> list[int]:
    accounts = identity.Account.objects.filter(pk__in=account_ids, disabled_at=None)
    found = accounts.exclude(pk=fact.by_id).order_by("pk")
    return list(found.values_list("pk", flat=True))
