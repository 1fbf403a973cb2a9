"""What partners see of money: their own channels, within their contracts; names only for the post.

Source: docs/law/contracts.md
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from motcua.casework.contracts import api as contracts
from motcua.casework.contracts.api import Reach
from motcua.casework.payments.choices import AttemptState, Channel, ParcelState
from motcua.casework.payments.errors import NoSuchParcel
from motcua.casework.payments.models import Attempt, CodHandIn, CodParcel, Payment
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI, local_day

MOST_ROWS = 200
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One payment, or an attempt nobody has paid yet, as its partner may see it."""

    ref: str
    order_code: str
    channel: str
    agency_id: int
    amount_vnd: int
    at: datetime
    is_paid: bool

    @property
    def channel_words(self) -> str:
        """Return the channel in words."""
        return str(Channel(self.channel).label)


def within(reach: Collection[Reach], *, agency: str, moment: str, channel: str = "channel") -> Q:
    """Return the condition that says which rows are a partner's business; nothing is none."""
    found = Q(pk__in=[])
    for one in reach:
        found |= Q(**{channel: one.channel}) & _within(one, agency, moment)
    return found


def _within(reach: Reach, agency: str, moment: str) -> Q:
    if reach.agency_id != contracts.EVERY_AGENCY:
        return Q(**{agency: reach.agency_id}) & _days(moment, reach.first, reach.last)
    rest = _days(moment, reach.first, reach.last)
    for agency_id, first, last in reach.but:
        rest &= ~(Q(**{agency: agency_id}) & _days(moment, first, last))
    return rest


def _days(moment: str, first: date, last: date | None) -> Q:
    begins = Q(**{f"{moment}__gte": datetime.combine(first, time.min, HANOI)})
    if last is None:
        return begins
    return begins & Q(**{f"{moment}__lt": datetime.combine(last + DAY, time.min, HANOI)})


def payments_of_partner(
    actor: Actor, first: date, last: date, *, most: int | None = MOST_ROWS, on: date
) -> list[PartnerRow]:
    """Return what came by the partner's channels on these days, the newest first.

    Raises: ShutOut. Costs: five statements.
    """
    reach = contracts.reach_of(actor, on)
    rows = Payment.objects.filter(
        within(reach, agency="order__agency_id", moment="paid_at"),
        _days("paid_at", first, last),
    ).order_by("-paid_at", "-id")
    values = rows.values_list(
        "partner_ref", "order__code", "channel", "order__agency_id", "amount_vnd", "paid_at"
    )
    return [PartnerRow(*one, is_paid=True) for one in (values[:most] if most else values)]


def waiting_of_partner(actor: Actor, at: datetime) -> list[PartnerRow]:
    """Return attempts by the partner's channels that wait for money now, the newest first.

    Raises: ShutOut. Costs: five statements.
    """
    reach = contracts.reach_of(actor, local_day(at))
    rows = Attempt.objects.filter(
        within(reach, agency="order__agency_id", moment="begun_at"),
        state=AttemptState.OPEN,
        expires_at__gt=at,
    ).exclude(channel=Channel.COD)
    values = rows.order_by("-begun_at", "-id").values_list(
        "ref", "order__code", "channel", "order__agency_id", "amount_vnd", "begun_at"
    )
    return [PartnerRow(*one, is_paid=False) for one in values[:MOST_ROWS]]


def parcels_within(reach: Collection[Reach]) -> QuerySet[CodParcel]:
    """Return the items that are a partner's business."""
    cod = [one for one in reach if one.channel == Channel.COD]
    return CodParcel.objects.filter(
        within(cod, agency="agency_id", moment="sent_at", channel="attempt__channel")
    )


def parcels_of_partner(
    actor: Actor, on: date, *, state: ParcelState | None = None, waits_for_hand_in: bool = False
) -> list[CodParcel]:
    """Return the partner's items, the newest first. Raises: ShutOut. Costs: five statements."""
    rows = parcels_within(contracts.reach_of(actor, on)).select_related("order", "hand_in")
    if state is not None:
        rows = rows.filter(state=state)
    if waits_for_hand_in:
        rows = rows.filter(state=ParcelState.COLLECTED, hand_in=None)
    return list(rows.order_by("-sent_at", "-id")[:MOST_ROWS])


def get_parcel_of_partner(item_number: str, actor: Actor, on: date) -> CodParcel:
    """Return one of the partner's items. Raises: ShutOut, NoSuchParcel."""
    rows = parcels_within(contracts.reach_of(actor, on)).select_related("order", "hand_in")
    found = rows.filter(item_number=item_number).first()
    if found is None:
        raise NoSuchParcel("Không tìm thấy bưu gửi này.")
    return found


def parcels_of_order(order_id: int) -> list[CodParcel]:
    """Return the items sent against an order, the newest first."""
    return list(CodParcel.objects.filter(order_id=order_id).order_by("-sent_at", "-id"))


def hand_ins_of_partner(actor: Actor, on: date) -> list[CodHandIn]:
    """Return what the partner said it handed in, the newest first. Raises: ShutOut."""
    told = parcels_within(contracts.reach_of(actor, on)).exclude(hand_in=None).values("hand_in")
    return list(CodHandIn.objects.filter(pk__in=told).order_by("-on", "-id")[:MOST_ROWS])


def hand_ins_for(agency_ids: Sequence[int], amount_vnd: int) -> list[CodHandIn]:
    """Return what the post said it handed in of this amount to these agencies, the newest first."""
    rows = CodHandIn.objects.filter(agency_id__in=agency_ids, amount_vnd=amount_vnd)
    return list(rows.order_by("-on", "-id")[:10])
