"""One line of a mandate's history; the client is told of it by the worker."""

from datetime import datetime

from motcua.foundation.audit import api as audit
from motcua.foundation.mandates.choices import Word
from motcua.foundation.mandates.events import MandateEntered
from motcua.foundation.mandates.models import MandateEntry
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import Actor


def enter(mandate_id: int, word: Word, *, by: Actor, at: datetime, subject: str = "") -> None:
    """Hand over a line of history, its trace and the fact; call inside a story."""
    entry = MandateEntry(
        id=work.new_id(MandateEntry),
        mandate_id=mandate_id,
        at=at,
        word=word,
        by_account_id=by.doer_id,
        by_name=by.doer_name,
        subject=subject,
    )
    work.add(entry)
    detail = {"about": subject} if subject else {}
    audit.record(f"mandates.{word}", f"mandate:{mandate_id}", by=by, at=at, detail=detail)
    outbox.announce(MandateEntered(aggregate_id=entry.pk, seq=1), by=by, at=at)


def note_act(word: Word, subject: str, *, by: Actor, at: datetime) -> None:
    """Note what an agent did for a client; nothing where somebody acts for himself.

    Source: docs/law/acting-for-others.md
    """
    if by.agent is not None:
        enter(by.agent.mandate_id, word, by=by, at=at, subject=subject)
