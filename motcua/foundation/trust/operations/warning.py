"""Tell holders, clerks and administrators that a certificate comes to its end.

Source: docs/law/signatures.md
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Kind, Message
from motcua.foundation.organisation import api as organisation
from motcua.foundation.trust.choices import CertificateState, HolderKind
from motcua.foundation.trust.models import Certificate
from motcua.foundation.trust.rules.ending import WARNED, days_left, is_due, step_of
from motcua.lib import work
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local, local_day

ENDING = notifications.declare(
    Kind(
        "trust.ending",
        "Chứng thư số sắp hết hạn",
        "Chứng thư số của {name} {left}",
        "Chứng thư số {serial} của {name}, nơi cấp {issuer}, có hiệu lực đến {end}. {advice}",
        for_officers=True,
    )
)
_RENEW = "Hãy đề nghị cấp lại trước ngày này; hết hạn thì không ký, không đóng dấu được."
_STOPPED = "Từ nay không ký, không đóng dấu được bằng chứng thư này."


@dataclass(frozen=True, slots=True)
class Hearers:
    """Who hears of everything, and whose account is whose."""

    administrators: frozenset[int]
    accounts: Mapping[int, int]


@work.story
def warn_ending(*, at: datetime) -> int:
    """Tell of every certificate that has come closer to its end: 60, 30, 7 days before, and then.

    Each alarm is given once. Returns how many certificates were told of.
    """
    due = [
        (one, step)
        for one in _ending(at)
        if is_due(step := step_of(days_left(one.not_after, at)), one.alarmed_days)
    ]
    hearers = hearers_of([one for one, _ in due], at) if due else None
    if hearers is not None:
        told = [_message(one, hear(one, hearers, at), at) for one, _ in due]
        notifications.notify_all(told, by=SYSTEM)
    for one, step in due:
        Certificate.objects.filter(pk=one.pk).update(alarmed_days=step)
    return len(due)


def _ending(at: datetime) -> Sequence[Certificate]:
    """Return certificates in use that end within the days of the first alarm, or have ended."""
    used = Certificate.objects.filter(state=CertificateState.ACTIVE, not_after__lte=at + WARNED)
    return list(used.exclude(holder_kind=HolderKind.CITIZEN).order_by("not_after", "id"))


def hearers_of(certificates: Sequence[Certificate], at: datetime) -> Hearers:
    """Return who administers, and whose account is whose. Costs: two queries."""
    administrators = access.province_holders_of(Power.ADMINISTER_SIGNING, on=local_day(at))
    officers = {one.officer_id for one in certificates if one.officer_id is not None}
    every = officers | {one.officer_id for one in administrators}
    accounts = identity.accounts_of_officers(every)
    ours = {accounts[one.officer_id] for one in administrators if one.officer_id in accounts}
    return Hearers(frozenset(ours), accounts)


def hear(one: Certificate, hearers: Hearers, at: datetime) -> list[int]:
    """Return the accounts that hear of a certificate. Costs: up to three queries."""
    found = set(hearers.administrators)
    if one.officer_id is not None and one.officer_id in hearers.accounts:
        found.add(hearers.accounts[one.officer_id])
    for agency_id in _agencies_of(one, at):
        found |= _clerks_of(agency_id, at)
    return sorted(found)


def _agencies_of(one: Certificate, at: datetime) -> Iterator[int]:
    if one.agency_id is not None:
        yield one.agency_id
    elif one.officer_id is not None:
        held = organisation.posts_held_by(one.officer_id, local_day(at))
        yield from sorted({post.agency_id for post in held})


def _clerks_of(agency_id: int, at: datetime) -> set[int]:
    units = [unit.id for unit in organisation.tree().units_of(agency_id)]
    held = access.holders_of(Power.SEAL_DOCUMENTS, on=local_day(at), unit_ids=units)
    return set(identity.accounts_of_officers([one.officer_id for one in held]).values())


def _message(one: Certificate, hearers: Sequence[int], at: datetime) -> Message:
    left = days_left(one.not_after, at)
    values = {
        "name": one.subject_name,
        "left": f"còn {left} ngày" if left >= 0 else "đã hết hạn",
        "serial": one.serial,
        "issuer": one.issuer_name,
        "end": f"{local(one.not_after):%d/%m/%Y %H:%M}",
        "advice": _RENEW if left >= 0 else _STOPPED,
    }
    return Message(hearers, ENDING, values, at)
