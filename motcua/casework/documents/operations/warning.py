"""Warn of steps near their limit and past it, and of messages whose clocks have run out.

Each once; one message a day to each person. Called in the worker.

Source: docs/law/documents.md
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from motcua.casework.documents.choices import AlarmKind
from motcua.casework.documents.models import DocumentAlarm
from motcua.casework.documents.queries.alarms import StepAlarm, newly_late, newly_soon, not_told
from motcua.casework.documents.rules.names import in_words
from motcua.casework.exchange import api as exchange
from motcua.foundation.calendar import api as calendar
from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Kind, Message
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.lib import work
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import HANOI, local_day

from . import message_kinds as kinds

HEADS = (PostRole.UNIT_HEAD, PostRole.AGENCY_LEADER, PostRole.REGISTRY_CLERK)
_START, _ARRIVALS, _SENT = "/van-ban/", "/van-ban/den/", "/van-ban/di/"
_SHOWN = 5
_KEPT = timedelta(days=420)
_LOOK_AHEAD = 14


@dataclass(slots=True)
class _Load:
    """What is to be said to one person."""

    late: list[str] = field(default_factory=list)
    soon: list[str] = field(default_factory=list)

    def add(self, title: str, *, is_late: bool) -> None:
        """Note one step."""
        (self.late if is_late else self.soon).append(title)

    def message(self, account: int, kind: Kind, at: datetime) -> Message:
        """Return the message that says it all."""
        values = {
            "late": len(self.late),
            "soon": len(self.soon),
            "titles": few([*self.late, *self.soon]),
        }
        return Message([account], kind, values, at, _START)


@work.story
def warn_of_steps(*, at: datetime) -> int:
    """Warn who has a step that is newly late or due until tomorrow, and who heads the unit.

    On working days only. What nobody was named for concerns the heads of its unit, in a registry
    its clerks. Returns how many steps were warned of.

    Costs: two statements, two for the people, and those of the notices.
    """
    if not calendar.is_working_day(local_day(at), calendar.national_facts()):
        return 0
    late, soon = newly_late(at), newly_soon(at, _end_of_next_working_day(at))
    if not late and not soon:
        return 0
    own, units = _loads(late, soon, on=local_day(at))
    alive = living([*own, *units])
    messages = [own[one].message(one, kinds.DIGEST, at) for one in sorted(alive & own.keys())]
    messages += [
        units[one].message(one, kinds.UNIT_DIGEST, at) for one in sorted(alive & units.keys())
    ]
    notifications.notify_all(messages, by=SYSTEM)
    work.add(*_rows(AlarmKind.LATE, [one.key for one in late], at))
    work.add(*_rows(AlarmKind.SOON, [one.key for one in soon], at))
    DocumentAlarm.objects.filter(at__lt=at - _KEPT).delete()
    return len(late) + len(soon)


def _end_of_next_working_day(at: datetime) -> datetime:
    facts = calendar.national_facts()
    days = (local_day(at) + timedelta(days=one) for one in range(1, _LOOK_AHEAD))
    day = next((one for one in days if calendar.is_working_day(one, facts)), local_day(at))
    return datetime.combine(day + timedelta(days=1), time(), HANOI)


def _loads(
    late: Sequence[StepAlarm], soon: Sequence[StepAlarm], *, on: date
) -> tuple[dict[int, _Load], dict[int, _Load]]:
    """Return what is said to each holder, and to each head of what others of the unit hold."""
    heads = heads_of_each({one.unit_id for one in (*late, *soon)}, on=on)
    own: dict[int, _Load] = {}
    units: dict[int, _Load] = {}
    for found, is_late in ((late, True), (soon, False)):
        for one in found:
            title, leading = _title(one), heads.get(one.unit_id, [])
            holders = leading if one.account_id is None else [one.account_id]
            for account in holders:
                own.setdefault(account, _Load()).add(title, is_late=is_late)
            for account in set(leading) - set(holders):
                units.setdefault(account, _Load()).add(title, is_late=is_late)
    return own, units


def _title(one: StepAlarm) -> str:
    named = in_words(one.number, one.notation) or one.kind_name
    return f"{named} {one.subject}"[:120].strip()


def _rows(kind: AlarmKind, subjects: Iterable[str], at: datetime) -> list[DocumentAlarm]:
    return [DocumentAlarm(subject=one, kind=kind, at=at) for one in subjects]


@work.story
def watch_exchange(*, at: datetime) -> int:
    """Tell the clerks of messages that should have been sent, or registered, by now; each once.

    Returns how many messages were newly told of.

    Costs: two statements; for each agency that is late, some four more.
    Source: docs/law/exchange.md
    """
    late = exchange.late_agencies(at=at)
    told = 0
    tree = organisation.tree()
    for code in sorted(late.senders):
        agency = tree.agency_by_code(code)
        if agency is not None:
            found = exchange.not_sent_in_time(code, at=at)
            told += _tell(agency.id, AlarmKind.NOT_SENT, found, at)
    for agency_id in sorted(late.receivers):
        found = exchange.not_registered_in_time(agency_id, at=at)
        told += _tell(agency_id, AlarmKind.NOT_REGISTERED, found, at)
    return told


def _tell(
    agency_id: int, kind: AlarmKind, found: Sequence[exchange.EnvelopeShown], at: datetime
) -> int:
    keys = {f"{one.code}@{agency_id}": one for one in found}
    new = not_told(kind, keys)
    if not new:
        return 0
    named = [
        f"{keys[key].document_ref} {keys[key].subject}"[:120].strip() for key in keys if key in new
    ]
    values = {"count": len(new), "titles": few(named)}
    message, link = (
        (kinds.NOT_SENT, _SENT) if kind == AlarmKind.NOT_SENT else (kinds.NOT_REGISTERED, _ARRIVALS)
    )
    clerks = sorted(living(clerks_of(agency_id, on=local_day(at))))
    notifications.notify(clerks, message, values, by=SYSTEM, at=at, link=link)
    work.add(*_rows(kind, sorted(new), at))
    return len(new)


# --- Who is told ---


def clerks_of(agency_id: int, *, on: date) -> list[int]:
    """Return the accounts of an agency's registry clerks; without one, of its leaders.

    Costs: two queries.
    """
    units = [unit.id for unit in organisation.tree().units_of(agency_id)]
    found = _accounts(units, [PostRole.REGISTRY_CLERK, PostRole.AGENCY_LEADER], on=on)
    clerks = [account for _, role, account in found if role == PostRole.REGISTRY_CLERK]
    return clerks or [account for _, _, account in found]


def heads_of_each(unit_ids: Collection[int], *, on: date) -> dict[int, list[int]]:
    """Return who answers for each unit: its heads; in a unit without one, its agency's leaders.

    Costs: two queries, or none.
    """
    if not unit_ids:
        return {}
    tree = organisation.tree()
    roots = {unit: tree.agency_of(unit).root_unit_id for unit in unit_ids}
    by_unit: dict[int, list[int]] = {}
    for unit_id, _, account in _accounts({*unit_ids, *roots.values()}, HEADS, on=on):
        by_unit.setdefault(unit_id, []).append(account)
    return {unit: by_unit.get(unit) or by_unit.get(root, []) for unit, root in roots.items()}


def _accounts(
    unit_ids: Collection[int], roles: Iterable[PostRole], *, on: date
) -> list[tuple[int, str, int]]:
    """Return unit, role and account of who holds such posts there."""
    seats = organisation.seats_of_units(list(unit_ids), on, roles=roles)
    accounts = identity.accounts_of_officers({one.officer_id for one in seats if one.officer_id})
    return [
        (one.unit_id, str(one.role), accounts[one.officer_id])
        for one in seats
        if one.officer_id in accounts
    ]


def living(account_ids: Collection[int]) -> frozenset[int]:
    """Return the accounts that are still open: nobody writes to one that has ended."""
    if not account_ids:
        return frozenset()
    accounts = identity.Account.objects.filter(pk__in=list(account_ids), disabled_at=None)
    return frozenset(accounts.values_list("pk", flat=True))


def few(titles: Sequence[str]) -> str:
    """Return the first titles in one line, and how many more there are."""
    more = f" và {len(titles) - _SHOWN} văn bản khác" if len(titles) > _SHOWN else ""
    return "; ".join(titles[:_SHOWN]) + more
