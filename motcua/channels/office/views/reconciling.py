"""Reconciliation for accountants: hand in a statement, see what it came to, settle each difference.

What writes money off is proposed here by one person and approved here by another.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.cashbook import api as cashbook
from motcua.casework.contracts import api as contracts
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel
from motcua.casework.reconciliation import api as reconciliation
from motcua.casework.reconciliation.api import MismatchFilter, MismatchState, SettleIn, Way
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.frame import for_officers, page
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import now
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.text import whole_number

HERE = "reconciliation"
TONES = {MismatchState.OPEN: "late", MismatchState.PROPOSED: "soon", MismatchState.SETTLED: "ok"}
MOST_RECORDED = 300
Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a form that is shown again, and what is wrong with it."""

    values: dict[str, str]
    error: str = ""
    field: str = ""


def _check_seen(actor: Actor) -> None:
    if not reconciliation.agencies_seen(actor):
        raise NotAllowed("Trang này dành cho kế toán và lãnh đạo cơ quan.")


@require_GET
@for_officers("office:start")
def overview(request: ActorRequest) -> HttpResponse:
    """Show what waits to be settled, the statements, and where to hand one in."""
    _check_seen(request.actor)
    return _overview(request, Typed({}))


def _overview(request: ActorRequest, typed: Typed, status: int = 200) -> HttpResponse:
    after = whole_number(request.GET.get("after", "")) or 0
    kind = request.GET.get("loai", "")
    wanted = MismatchFilter(kind=kind, after=after)
    waiting = reconciliation.mismatches_for(request.actor, wanted)
    context = {
        "waiting": waiting,
        "tones": TONES,
        "next": waiting[-1].pk if len(waiting) == reconciliation.PAGE else 0,
        "kind": kind,
        "kinds": [("", "Mọi loại"), *reconciliation.MismatchKind.choices],
        "statements": reconciliation.statements_for(request.actor),
        "agencies": _agencies(request.actor),
        "channels": [(one.value, _channel_words(one)) for one in reconciliation.CHANNELS],
        "typed": typed,
    }
    return page(request, "reconciliation/overview", context, current=HERE, status=status)


def _agencies(actor: Actor) -> list[Option]:
    """Return the agencies for which the actor hands statements in, the own first."""
    known = reconciliation.agencies_reconciled(actor)
    ordered = sorted(known, key=lambda one: one != actor.agency_id)
    return [(f"{one}", organisation.name_of_agency(one)) for one in ordered]


def _channel_words(channel: Channel) -> str:
    if channel == Channel.TRANSFER:
        return "Sao kê tài khoản ngân hàng, kho bạc"
    return f"Báo cáo của {channel.label[:1].lower()}{channel.label[1:]}"


@require_POST
@for_officers("office:reconciliation")
def take(request: ActorRequest) -> HttpResponse:
    """Take the file that was handed in, and go to what it came to."""
    typed = {name: request.POST.get(name, "") for name in ("agency", "channel", "account")}
    try:
        given = _given(request, typed)
        statement = reconciliation.take_statement(given, by=request.actor, at=now())
    except BadInput as error:
        return _overview(request, Typed(typed, str(error), error.field or "file"), status=422)
    reconciliation.record_waiting(at=now(), most=MOST_RECORDED)
    result = reconciliation.result_of(statement)
    words = f"Đã đối soát {statement.code}: khớp {result.matched}, chênh lệch {result.open_count}."
    messages.success(request, words)
    return redirect("office:statement", statement.code)


def _given(request: ActorRequest, typed: dict[str, str]) -> reconciliation.StatementIn:
    """Return what was handed in. Raises: BadInput."""
    file = request.FILES.get("file")
    if file is None or not file.size:
        raise BadInput("Hãy chọn tệp sao kê.", field="file")
    if typed["channel"] not in reconciliation.CHANNELS:
        raise BadInput("Hãy chọn loại tệp.", field="channel")
    return reconciliation.StatementIn(
        agency_id=whole_number(typed["agency"]) or 0,
        channel=Channel(typed["channel"]),
        name=file.name or "",
        content=file,
        account=typed["account"].replace(" ", ""),
    )


@require_GET
@for_officers("office:reconciliation")
def statement(request: ActorRequest, code: str) -> HttpResponse:
    """Show what a statement has come to."""
    row = reconciliation.get_statement_for(request.actor, code)
    after = whole_number(request.GET.get("after", "")) or 0
    wanted = MismatchFilter(statement_id=row.pk, only_open=False, after=after)
    rows = reconciliation.mismatches_for(request.actor, wanted)
    result = reconciliation.result_of(row)
    context = {
        "statement": row,
        "agency": organisation.name_of_agency(row.agency_id),
        "result": result,
        "counts": [
            (reconciliation.MismatchKind(kind).label, count)
            for kind, count in result.counts.items()
        ],
        "rows": rows,
        "tones": TONES,
        "next": rows[-1].pk if len(rows) == reconciliation.PAGE else 0,
    }
    return page(request, "reconciliation/statement", context, current=HERE)


@require_http_methods(["GET", "POST"])
@for_officers("office:reconciliation")
def mismatch(request: ActorRequest, code: str) -> HttpResponse:
    """Show one difference with what may be done; settle it, or propose to."""
    found = reconciliation.get_mismatch_for(request.actor, code)
    if request.method != "POST":
        return _mismatch(request, found, Typed({}))
    names = ("way", "detail", "other", "partner", "list", "collector", "reason")
    typed = {name: request.POST.get(name, "").strip() for name in names}
    try:
        given = _settling(typed)
        done = reconciliation.settle_mismatch(code, given, by=request.actor, at=now())
    except BadInput as error:
        return _mismatch(request, found, Typed(typed, str(error), error.field), status=422)
    if done.state == MismatchState.PROPOSED:
        messages.success(request, f"Đã đề nghị xử lý {code}; chờ lãnh đạo duyệt.")
    else:
        messages.success(request, f"Đã xử lý {code}: {Way(done.way).label.lower()}.")
    return redirect("office:mismatch", code)


def _settling(typed: dict[str, str]) -> SettleIn:
    """Return how a difference is to be settled. Raises: BadInput."""
    if typed["way"] not in Way.values:
        raise BadInput("Hãy chọn cách xử lý.", field="way")
    way = Way(typed["way"])
    details = {
        Way.RECORD: typed["other"] or typed["detail"],
        Way.HAND_OVER: typed["partner"],
        Way.TREASURY_SLIP: typed["list"],
        Way.PARTNER_PAID: typed["collector"],
    }
    return SettleIn(way, typed["reason"], details.get(way, ""))


def _mismatch(
    request: ActorRequest, found: reconciliation.Mismatch, typed: Typed, status: int = 200
) -> HttpResponse:
    is_bank = found.channel == Channel.TRANSFER
    may_settle = found.agency_id in reconciliation.agencies_reconciled(request.actor)
    context = {
        "row": found,
        "tone": TONES[MismatchState(found.state)],
        "rows": _facts(found),
        "is_open": found.state == MismatchState.OPEN and may_settle,
        "can_approve": found.state == MismatchState.PROPOSED
        and found.proposed_by_id != request.actor.id
        and reconciliation.can_approve(found.agency_id, request.actor),
        "ways": _ways(found, is_bank=is_bank),
        "candidates": _candidates(found),
        "parts": {part for _, _, _, part in _ways(found, is_bank=is_bank)},
        "lists": _lists(found),
        "partners": [(one.value, one.label) for one in reconciliation.CHANNELS if one.is_gateway]
        + [(Channel.COD.value, Channel.COD.label)],
        "collectors": [(one.code, one.name) for one in contracts.partners()],
        "hand_ins": payments.hand_ins_for([found.agency_id], found.there_vnd or 0),
        "typed": typed,
    }
    return page(request, "reconciliation/mismatch", context, current=HERE, status=status)


def _ways(found: reconciliation.Mismatch, *, is_bank: bool) -> list[tuple[str, str, str, str]]:
    """Return the ways as options: value, words, hint, the part it reveals."""
    parts = {
        Way.RECORD: "chon-don",
        Way.HAND_OVER: "chon-doi-tac",
        Way.TREASURY_SLIP: "chon-bang-ke",
        Way.PARTNER_PAID: "chon-ben-nhan",
    }
    return [
        (
            one.value,
            one.label,
            "Cần người thứ hai duyệt." if one.needs_second else "",
            parts.get(one, ""),
        )
        for one in reconciliation.ways_for(found.kind, is_bank=is_bank)
    ]


def _lists(found: reconciliation.Mismatch) -> list[tuple[str, str]]:
    """Return lists for the treasury of just this amount, as a choice."""
    return [
        (one.code, f"{one.code}, giấy nộp tiền {one.slip_number} ngày {one.slip_on:%d/%m/%Y}")
        for one in cashbook.handings_of(found.agency_id)
        if one.state == cashbook.HandingState.DONE and -one.handed_vnd == found.there_vnd
    ]


def _candidates(found: reconciliation.Mismatch) -> list[tuple[str, str, str]]:
    """Return orders that may be meant as options, the likeliest first."""
    if found.order_code:
        return [(found.order_code, f"Đơn {found.order_code}", "theo mã tham chiếu")]
    return [
        (one.order.code, f"{one.order.code} – {one.order.payer_name}", one.why)
        for one in reconciliation.candidates_for(found)
    ]


def _kept_where(found: reconciliation.Mismatch) -> str:
    """Return the channel, of a transfer with its account: a gateway has no other name."""
    channel = Channel(found.channel)
    return f"{channel.label}, {found.account}" if channel == Channel.TRANSFER else channel.label


def _facts(found: reconciliation.Mismatch) -> list[dict[str, object]]:
    line, payment = found.line, found.payment
    is_bank = found.channel == Channel.TRANSFER
    facts: list[tuple[str, object]] = [
        ("Kênh, tài khoản", _kept_where(found)),
        ("Sao kê", found.statement.code),
    ]
    if line is not None:
        facts += [
            ("Số tham chiếu", line.ref),
            *([("Nội dung", line.words or "(trống)")] if is_bank else []),
            *([("Người chuyển", line.payer or "(không ghi)")] if is_bank else []),
        ]
    if payment is not None:
        facts.append(("Giao dịch đã ghi", payment.partner_ref))
    if found.order_code:
        facts.append(("Đơn nộp tiền", payments.explain(found.order_code)))
    if found.way:
        facts.append(("Cách xử lý", Way(found.way).label))
    if found.reason:
        facts.append(("Lý do", found.reason))
    facts += [("Người đề nghị", found.proposed_by_name)] if found.proposed_by_name else []
    facts += [("Người xử lý", found.settled_by_name)] if found.settled_by_name else []
    return [{"key": key, "value": value} for key, value in facts]


@require_POST
@for_officers("office:mismatch")
def decide(request: ActorRequest, code: str) -> HttpResponse:
    """Approve or refuse what another person proposed to write off."""
    if request.POST.get("act") == "approve":
        reconciliation.approve_write_off(code, by=request.actor, at=now())
        messages.success(request, f"Đã duyệt và ghi sổ {code}.")
    else:
        reason = request.POST.get("reason", "")
        reconciliation.refuse_write_off(code, reason, by=request.actor, at=now())
        messages.success(request, f"Đã trả lại {code} để kế toán xử lý cách khác.")
    return redirect("office:mismatch", code)
