"""What a person of a partner may see: the partner's own contracts, and which money is under them.

Source: docs/law/contracts.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from motcua.casework.contracts.errors import NoSuchContract, ShutOut
from motcua.casework.contracts.models import (
    EVERY_AGENCY,
    CollectionPartner,
    Contract,
    ContractChannel,
    PartnerSeat,
    Settlement,
    SettlementMove,
)
from motcua.lib.actor import Actor, ActorKind

from .contracts import ContractShown, shown_of

Span = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Seat:
    """For whom somebody of a partner sits here, and by which contracts."""

    partner: CollectionPartner
    contract_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Reach:
    """Money that is a partner's business: of a channel, on days, of one agency or (0) of all.

    `but` are agencies that have a contract of their own for the channel, and on which days.
    """

    channel: str
    agency_id: int
    first: date
    last: date | None
    but: tuple[tuple[int, date, date | None], ...] = ()

    def covers(self, agency_id: int, on: date) -> bool:
        """Say whether money of that agency and day is the partner's business."""
        if not _within(on, (self.first, self.last)):
            return False
        if self.agency_id != EVERY_AGENCY:
            return agency_id == self.agency_id
        return not any(one == agency_id and _within(on, span) for one, *span in self.but)


def _within(on: date, span: "Sequence[date | None]") -> bool:
    first, last = span
    return first is not None and first <= on and (last is None or on <= last)


def seat_of(actor: Actor, on: date) -> Seat:
    """Return for whom the actor sits here today.

    An account that was ended, or whose partner has no contract left, sees nothing from that moment.

    Raises: ShutOut. Costs: two statements.
    """
    if actor.kind != ActorKind.PARTNER:
        raise ShutOut("Trang này dành cho tài khoản của đối tác thu hộ.")
    seat = (
        PartnerSeat.objects.filter(account_id=actor.id, ended_at=None)
        .select_related("partner")
        .first()
    )
    if seat is None:
        raise ShutOut("Tài khoản này đã thôi đại diện cho đối tác thu hộ.")
    live = frozenset(_live(seat.partner_id, on).values_list("pk", flat=True))
    if not live:
        message = (
            f"{seat.partner.name} không còn hợp đồng thu hộ nào đang có hiệu lực; việc còn lại xin"
            " làm bằng văn bản với bên giao."
        )
        raise ShutOut(message)
    return Seat(seat.partner, live)


def _live(partner_id: int, on: date) -> QuerySet[Contract]:
    """Return the contracts that have not ended, also those whose first day is to come."""
    return Contract.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), partner_id=partner_id)


def contracts_of_partner(actor: Actor, on: date) -> list[ContractShown]:
    """Return the partner's contracts, the newest first. Raises: ShutOut."""
    return _contracts(seat_of(actor, on))


def _contracts(seat: Seat) -> list[ContractShown]:
    rows = Contract.objects.filter(pk__in=seat.contract_ids).select_related("partner")
    return shown_of(list(rows.order_by("-valid_from", "-id")))


def get_contract_of_partner(code: str, actor: Actor, on: date) -> ContractShown:
    """Return one contract of the partner. Raises: ShutOut, NoSuchContract."""
    found = [one for one in contracts_of_partner(actor, on) if one.row.code == code]
    if not found:
        raise NoSuchContract("Không tìm thấy hợp đồng này.")
    return found[0]


def settlements_of_partner(actor: Actor, on: date) -> list[Settlement]:
    """Return the months to which our side agreed, the newest first. Raises: ShutOut."""
    return list(_settlements(seat_of(actor, on)).order_by("-month", "contract_id"))


def _settlements(seat: Seat) -> QuerySet[Settlement]:
    rows = Settlement.objects.filter(contract__in=seat.contract_ids, agreed_at__isnull=False)
    return rows.select_related("contract__partner")


def get_settlement_of_partner(code: str, month: date, actor: Actor, on: date) -> Settlement:
    """Return one month to which our side agreed. Raises: ShutOut, NoSuchContract."""
    rows = _settlements(seat_of(actor, on)).filter(contract__code=code, month=month)
    found = rows.first()
    if found is None:
        raise NoSuchContract("Bên giao chưa gửi bảng quyết toán của tháng này.")
    return found


def moves_of(settlement: Settlement) -> list[SettlementMove]:
    """Return what was done about a month, in order. Costs: one statement."""
    return list(SettlementMove.objects.filter(settlement=settlement).order_by("seq"))


def reach_of(actor: Actor, on: date) -> list[Reach]:
    """Return which money is the partner's business. Raises: ShutOut. Costs: four statements."""
    seat = seat_of(actor, on)
    own = list(ContractChannel.objects.filter(contract__in=seat.contract_ids).order_by("id"))
    others = (
        ContractChannel.objects.filter(channel__in={one.channel for one in own})
        .exclude(agency_id=EVERY_AGENCY)
        .order_by("id")
    )
    special = list(others)
    return [_reach(one, special) for one in own]


def _reach(row: ContractChannel, special: Sequence[ContractChannel]) -> Reach:
    but: tuple[tuple[int, date, date | None], ...] = ()
    if row.agency_id == EVERY_AGENCY:
        but = tuple(
            (one.agency_id, one.valid_from, one.valid_to)
            for one in special
            if one.channel == row.channel and one.contract_id != row.contract_id
        )
    return Reach(row.channel, row.agency_id, row.valid_from, row.valid_to, but)


def seats_of(partner_code: str) -> list[PartnerSeat]:
    """Return who has or had an account for a partner, those of now first."""
    rows = PartnerSeat.objects.filter(partner__code=partner_code).select_related("account")
    return sorted(rows.order_by("pk"), key=lambda one: one.ended_at is not None)
