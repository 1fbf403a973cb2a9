"""Say to clients what was done for them, and to agents what changed; called in the worker."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from motcua.foundation.mandates.choices import Word
from motcua.foundation.mandates.models import ConsentCode, Mandate, MandateEntry
from motcua.foundation.mandates.queries import accounts_of_members, live
from motcua.foundation.mandates.rules import WARN_BEFORE
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Kind, Message
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local_day

from .entering import enter

CLIENT_PAGE = "/nguoi-lam-thay/"
ACTED = notifications.declare(
    Kind(
        "mandates.acted",
        "Có người làm thay việc của tôi",
        "{agent}: {act}",
        "{agent} – {act} {about} thay {client}. Không phải do ông/bà cho phép thì rút lại ngay ở"
        " trang “Người làm thay tôi”.",
    )
)
CHANGED = notifications.declare(
    Kind(
        "mandates.changed",
        "Người tôi làm thay đổi ý kiến, sắp hết hạn",
        "{client}: {act}",
        "{client}: {act} {about}",
    )
)
_TO_AGENT = frozenset({Word.GIVEN, Word.TAKEN_BACK, Word.CHANGED, Word.ENDING})


def tell_clients_and_agents(facts: Sequence[outbox.ReadFact]) -> int:
    """Tell each side what the other did; nobody hears of an own act.

    Costs: two statements, one for firms, and those of the notices.
    """
    entries = {
        one.pk: one
        for one in MandateEntry.objects.filter(
            pk__in={fact.aggregate_id for fact in facts}
        ).select_related("mandate__helper", "mandate__firm", "mandate__body")
    }
    messages = [one for fact in facts for one in _told(entries[fact.aggregate_id], fact.at)]
    return notifications.notify_all(messages, by=SYSTEM)


def _told(entry: MandateEntry, at: datetime) -> Iterator[Message]:
    mandate = entry.mandate
    act = Word(entry.word)
    values = {
        "agent": entry.by_name if act not in (Word.GIVEN, Word.ENDING) else agent_of(mandate),
        "client": mandate.client_name,
        "act": act.label,
        "about": about_of(entry, mandate),
    }
    if entry.by_account_id != mandate.principal_id:
        yield Message([mandate.principal_id], ACTED, values, at, CLIENT_PAGE)
    if act in _TO_AGENT:
        others = [one for one in agents(mandate, at) if one != entry.by_account_id]
        yield Message(others, CHANGED, values, at, page_of(mandate))


def agent_of(mandate: Mandate) -> str:
    """Return who may act."""
    if mandate.helper is not None:
        return mandate.helper.full_name
    return mandate.firm.name if mandate.firm else ""


def about_of(entry: MandateEntry, mandate: Mandate) -> str:
    """Return what it was about, or the last day of the consent."""
    if entry.subject:
        return entry.subject.partition(":")[2] or entry.subject
    return f"(đến hết {mandate.valid_to:%d/%m/%Y})" if mandate.valid_to else ""


def agents(mandate: Mandate, at: datetime) -> list[int]:
    """Return the accounts of who acts: the helper's, or those of the firm's people."""
    if mandate.helper is not None:
        return [mandate.helper.account_id]
    rows = accounts_of_members([mandate.firm_id or 0], local_day(at))
    return [account_id for _, account_id in rows]


def page_of(mandate: Mandate) -> str:
    """Return where the agent sees the client."""
    return f"/dai-dien/{mandate.firm.tax_code}/" if mandate.firm else "/giup-dan/"


@work.story
def warn_of_ends(*, at: datetime) -> int:
    """Tell both sides of mandates that end within two weeks, once; return of how many."""
    today = local_day(at)
    ending = (
        live(today)
        .filter(warned_at=None, valid_to__lte=today + WARN_BEFORE)
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("pk")[:500]
    )
    found = list(ending)
    for mandate in found:
        mandate.warned_at = at
        work.update(mandate, "warned_at")
        enter(mandate.pk, Word.ENDING, by=SYSTEM, at=at)
    return len(found)


@work.story
def purge_codes(*, before: datetime) -> int:
    """Forget codes nobody can type any more; the trail keeps that they were used."""
    gone, _ = ConsentCode.objects.filter(expires_at__lt=before).delete()
    return gone
