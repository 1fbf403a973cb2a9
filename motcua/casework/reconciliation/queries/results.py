"""What reconciling has come to: statements, a day's result, differences, candidates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, Sum

from motcua.casework.contracts import api as contracts
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel, OrderState
from motcua.casework.reconciliation.choices import LineState, MismatchKind, MismatchState
from motcua.casework.reconciliation.errors import NoSuchDifference, NoSuchStatement
from motcua.casework.reconciliation.models import Mismatch, Statement, StatementLine
from motcua.casework.reconciliation.permissions import agencies_seen
from motcua.lib.actor import Actor
from motcua.lib.text import fold

PAGE, MOST_CANDIDATES = 50, 5
_LOOKS_BACK, _A_DAY = timedelta(days=45), timedelta(days=1)
_SAME_SUM, _NAME = 3, 2
OPEN_STATES = (OrderState.OPEN, OrderState.PARTLY, OrderState.EXPIRED)


@dataclass(frozen=True, slots=True)
class Result:
    """What a statement has come to."""

    matched: int
    matched_vnd: int
    waiting: int
    counts: dict[str, int]
    open_count: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """An order that a transfer without its code may be for, and why."""

    order: payments.Order
    score: int
    why: str


def statements_for(actor: Actor, *, before: int | None = None) -> Sequence[Statement]:
    """Return statements of the actor's agencies, the latest first, a page of them."""
    rows = Statement.objects.filter(agency_id__in=agencies_seen(actor))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[:PAGE])


def reports_of_partner(actor: Actor, on: date) -> Sequence[Statement]:
    """Return the reports of a partner's channels within its contracts, the latest first.

    Raises: ShutOut. Costs: five queries.
    """
    wanted = Q(pk__in=[])
    reach = [one for one in contracts.reach_of(actor, on) if one.channel != Channel.TRANSFER]
    for one in reach:
        part = Q(channel=one.channel, first_on__gte=one.first)
        if one.agency_id != contracts.EVERY_AGENCY:
            part &= Q(agency_id=one.agency_id)
        wanted |= part
    rows = Statement.objects.filter(wanted).order_by("-pk")[:PAGE]
    return [
        row
        for row in rows
        if any(
            one.channel == row.channel and one.covers(row.agency_id, row.last_on) for one in reach
        )
    ]


def get_report_of_partner(code: str, actor: Actor, on: date) -> Statement:
    """Return one of these reports. Raises: ShutOut, NoSuchStatement."""
    found = [one for one in reports_of_partner(actor, on) if one.code == code]
    if not found:
        raise NoSuchStatement("Không có báo cáo này.")
    return found[0]


def differences_of_report(statement: Statement) -> Sequence[Mismatch]:
    """Return the differences of a partner's report, of its own agency's money only."""
    rows = Mismatch.objects.filter(statement_id=statement.pk).filter(
        Q(payment=None) | Q(payment__order__agency_id=statement.agency_id)
    )
    return list(rows.select_related("line", "payment").order_by("pk")[:PAGE])


def get_statement_for(actor: Actor, code: str) -> Statement:
    """Return a statement. Raises: NoSuchStatement."""
    found = Statement.objects.filter(code=code, agency_id__in=agencies_seen(actor)).first()
    if found is None:
        raise NoSuchStatement("Không có sao kê này.")
    return found


def result_of(statement: Statement) -> Result:
    """Return what a statement has come to. Costs: two queries."""
    lines = StatementLine.objects.filter(statement_id=statement.pk).aggregate(
        matched=Count("pk", filter=Q(state=LineState.MATCHED)),
        matched_vnd=Sum("amount_vnd", filter=Q(state=LineState.MATCHED)),
        waiting=Count("pk", filter=Q(state=LineState.WAITING)),
    )
    rows = (
        Mismatch.objects.filter(statement_id=statement.pk)
        .values("kind")
        .annotate(count=Count("pk"), open_count=Count("pk", filter=~Q(state=MismatchState.SETTLED)))
        .order_by("kind")
    )
    found = {str(row["kind"]): (row["count"], row["open_count"]) for row in rows}
    return Result(
        matched=lines["matched"],
        matched_vnd=lines["matched_vnd"] or 0,
        waiting=lines["waiting"],
        counts={str(kind): found.get(str(kind), (0, 0))[0] for kind in MismatchKind.values},
        open_count=sum(waiting for _, waiting in found.values()),
    )


@dataclass(frozen=True, slots=True)
class MismatchFilter:
    """Which differences are wanted; `after` is the last one of the page before."""

    statement_id: int | None = None
    on: date | None = None
    kind: str = ""
    only_open: bool = True
    after: int = 0


def mismatches_for(actor: Actor, wanted: MismatchFilter) -> Sequence[Mismatch]:
    """Return differences of the actor's agencies, the oldest first, a page of them."""
    rows = Mismatch.objects.filter(agency_id__in=agencies_seen(actor), pk__gt=wanted.after)
    if wanted.only_open:
        rows = rows.exclude(state=MismatchState.SETTLED)
    if wanted.statement_id is not None:
        rows = rows.filter(statement_id=wanted.statement_id)
    if wanted.on is not None:
        rows = rows.filter(on=wanted.on)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    return list(rows.select_related("line").order_by("pk")[:PAGE])


def get_mismatch_for(actor: Actor, code: str) -> Mismatch:
    """Return a difference with its line and payment. Raises: NoSuchDifference."""
    found = (
        Mismatch.objects.select_related("line", "payment", "statement")
        .filter(code=code, agency_id__in=agencies_seen(actor))
        .first()
    )
    if found is None:
        raise NoSuchDifference("Không có chênh lệch này.")
    return found


def candidates_for(found: Mismatch) -> Sequence[Candidate]:
    """Return orders that a line without a readable code may be for, the likeliest first.

    By amount still to be paid, the payer's name in the words, and the day. Costs: one query.
    """
    line = found.line
    if line is None or line.amount_vnd <= 0 or found.channel != Channel.TRANSFER:
        return []
    orders = payments.Order.objects.filter(
        agency_id=found.agency_id,
        state__in=OPEN_STATES,
        opened_at__lt=line.booked_at + _A_DAY,
        opened_at__gte=line.booked_at - _LOOKS_BACK,
    ).order_by("-opened_at")[:2000]
    said = f" {fold(f'{line.words} {line.payer}')} "
    scored = [_scored(order, line, said) for order in orders]
    likely = sorted((one for one in scored if one.score >= _NAME), key=lambda one: -one.score)
    return likely[:MOST_CANDIDATES]


def _scored(order: payments.Order, line: StatementLine, said: str) -> Candidate:
    score, why = 0, []
    if order.left_vnd == line.amount_vnd:
        score += _SAME_SUM
        why.append("đúng số tiền còn phải nộp")
    if fold(order.payer_name) in said:
        score += _NAME
        why.append("trùng tên người nộp")
    if order.opened_at.date() == line.on:
        score += 1
        why.append("lập cùng ngày")
    return Candidate(order, score, ", ".join(why))


def open_count_for(actor: Actor) -> int:
    """Return how many differences wait for the actor's agencies."""
    return (
        Mismatch.objects.filter(agency_id__in=agencies_seen(actor))
        .exclude(state=MismatchState.SETTLED)
        .count()
    )
