"""What the province sends to its communes and what becomes of it there; letters of neighbours.

One order is followed by all, one letter is recalled, one replaced.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import (
    Direction,
    DirectiveIn,
    Document,
    DraftBody,
    DraftIn,
    LineIn,
    RecipientIn,
    RouteIn,
    ScopeRole,
    State,
    StepKind,
    Way,
)
from motcua.casework.exchange import api as exchange
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyInfo, AgencyKind
from motcua.foundation.papers import api as papers
from motcua.foundation.papers.api import DocumentKind as Kind
from motcua.lib.actor import Actor

from .cast import Cast, aloud
from .duties import WARD, Stage
from .moments import closing_after
from .offices import BODIES, PROVINCE
from .writing import issue_by_pen, step_of

GROUP = "Các xã, phường trong tỉnh"
NEIGHBOUR = "H18.135"
MINUTES = 15
SENT_DAYS_AGO = 6  # working days since the communes had the letters of the province
ORDER = "Tổng kiểm tra hồ đập, điểm có nguy cơ sạt lở trước mùa mưa"
RECALLED = "Lịch họp trực tuyến sơ kết công tác chuyển đổi số"
WRONG = "Biểu mẫu báo cáo tình hình sử dụng đất công ích"
DEPUTY = "Phó Chủ tịch UBND tỉnh"


class Writer(NamedTuple):
    """Who writes, signs and numbers for an agency, and in whose name."""

    agency: AgencyInfo
    drafter: Actor
    signer: Actor
    clerk: Actor
    title: str
    capacity: str


def set_directives(cast: Cast, at: datetime, communes: Sequence[AgencyInfo] | None = None) -> int:
    """Let the province send its three letters; once. Return how many were sent."""
    stage = Stage(cast, at)
    writer = _province(cast)
    if Document.objects.filter(agency_id=writer.agency.id, direction=Direction.OUTGOING).exists():
        return 0
    places = list(communes or _communes())
    codes = [one.code for one in places]
    group = documents.keep_group
    group(writer.agency.id, GROUP, codes, by=writer.drafter, at=stage.ago(9))
    _replace(stage, writer, [one for one in places if one.code in (WARD, NEIGHBOUR)])
    _order(stage, writer, places)
    _recall(stage, writer, places)
    return 3


def _communes() -> list[AgencyInfo]:
    found = organisation.tree().agencies()
    return [one for one in found if one.kind == AgencyKind.COMMUNE_COMMITTEE]


def _province(cast: Cast) -> Writer:
    agency = organisation.tree().agency_by_code(PROVINCE)
    if agency is None:
        raise LookupError(PROVINCE)
    tam, son, cuc = (
        aloud(cast.at_post(f"{PROVINCE}.{tail}")) for tail in ("TH-01", "LD-02", "VT-01")
    )
    return Writer(agency, tam, son, cuc, DEPUTY, "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH")


def _order(stage: Stage, writer: Writer, places: Sequence[AgencyInfo]) -> None:
    """Send the order; most communes are on their way with it, some are through."""
    sent = issue(
        writer, Kind.INSTRUCTION, ORDER, places, stage.ago(SENT_DAYS_AGO + 1) + timedelta(hours=2)
    )
    send(writer, sent, stage.ago(SENT_DAYS_AGO + 1) + timedelta(hours=4))
    for place, agency in enumerate(places):
        if agency.code == WARD or place % 6:
            _follow(stage, sent, agency, place)


def _follow(stage: Stage, sent: Document, agency: AgencyInfo, place: int) -> None:
    """Let a commune register the order, direct it, and perhaps be through."""
    held = _register(stage, sent, agency, stage.ago(SENT_DAYS_AGO) + timedelta(minutes=60 + place))
    if agency.code != WARD and (agency.code == NEIGHBOUR or place % 3 == 0):
        return
    leader, economy = aloud(stage.cast.at_post(f"{agency.code}.LD-01")), _unit(f"{agency.code}.KT")
    due, is_known = closing_after(stage.at, 3), bool(place % 2)
    part = ScopeRole.KNOW if is_known else ScopeRole.LEAD
    lines = [LineIn(part, economy.id, name=economy.name, due_at=None if is_known else due)]
    directive = DirectiveIn("Kiểm tra từng điểm, báo cáo trước hạn.", lines)
    at = stage.ago(5) + timedelta(minutes=place)
    documents.direct(held.code, step_of(held.code), directive, by=leader, at=at)
    if is_known:
        head = aloud(stage.cast.at_post(f"{agency.code}.KT-01"))
        documents.mark_read(held.code, step_of(held.code), by=head, at=at + timedelta(hours=1))


def _register(stage: Stage, sent: Document, agency: AgencyInfo, at: datetime) -> Document:
    clerk, leader = (
        aloud(stage.cast.at_post(f"{agency.code}.{tail}")) for tail in ("VP-03", "LD-01")
    )
    held = received(sent, agency, at)
    to = RouteIn(leader.unit_ids[0], _account(leader), leader.name, "Kính trình")
    documents.register(held.code, by=clerk, at=at, to=to)
    return held


def _account(actor: Actor) -> int | None:
    """Return the account of an officer who has one; else it waits for the whole unit."""
    return actor.id if actor.id < NO_ACCOUNT else None


NO_ACCOUNT = 10**9


def _unit(code: str) -> organisation.UnitInfo:
    found = organisation.tree().unit_by_code(code)
    if found is None:
        raise LookupError(code)
    return found


def issue(
    writer: Writer,
    kind: Kind,
    subject: str,
    places: Sequence[AgencyInfo],
    at: datetime,
    *,
    replaces: str = "",
) -> Document:
    """Let somebody write, a leader sign by pen, and the clerk number it."""
    profile = papers.profile_for(writer.agency.kind)
    draft = DraftIn(
        agency_id=writer.agency.id,
        unit_id=writer.drafter.unit_ids[0],
        kind=kind,
        subject=subject,
        body=DraftBody(
            f"{writer.agency.name} yêu cầu các địa phương, đơn vị:\n"
            "1. Tổ chức thực hiện ngay sau khi nhận được văn bản.\n"
            "2. Báo cáo kết quả theo thời hạn ghi trong văn bản./.",
            addressees=("Các xã, phường",),
            recipients=("Như trên", "Lưu: VT"),
            capacity=writer.capacity,
            bases=("Luật Tổ chức chính quyền địa phương",),
            authority=writer.title,
        ),
        profile=profile,
        recipients=[RecipientIn(one.name, Way.INSIDE, one.id, one.code) for one in places]
        if not replaces
        else (),
        replaces=replaces,
        change_reason="Biểu mẫu kèm theo sai đơn vị tính." if replaces else "",
    )
    document = documents.begin_draft(draft, by=writer.drafter, at=at)
    signer = writer.signer
    to = RouteIn(signer.unit_ids[0], _account(signer), signer.name, "Kính trình ký")
    step = timedelta(minutes=MINUTES)
    documents.submit(document.code, to, by=writer.drafter, at=at + step)
    documents.approve(
        document.code,
        step_of(document.code),
        "",
        to=to,
        is_last=True,
        by=signer,
        at=at + 2 * step,
    )
    fresh = Document.objects.get(pk=document.pk)
    return issue_by_pen(fresh, signer, writer.title, by=writer.clerk, at=at + 3 * step)


def send(writer: Writer, document: Document, at: datetime) -> None:
    """Let the clerk send it; what goes inside the province is there at once."""
    documents.send(document.code, by=writer.clerk, at=at)
    exchange.carry_due(at=at + timedelta(minutes=1))


def received(sent: Document, agency: AgencyInfo, at: datetime) -> Document:
    """Return what an agency holds of a document that was sent to it.

    The running site may have taken it in at the same moment.
    """
    envelope = documents.Recipient.objects.get(document=sent, agency_id=agency.id).envelope
    with suppress(IntegrityError):
        documents.take_message(envelope, agency.id, at=at)
    return Document.objects.get(agency_id=agency.id, envelope=envelope)


def _recall(stage: Stage, writer: Writer, places: Sequence[AgencyInfo]) -> None:
    """Send an invitation with a wrong day and take it back; not everybody has answered."""
    sent = issue(
        writer, Kind.INVITATION, RECALLED, places, stage.ago(SENT_DAYS_AGO + 1) + timedelta(hours=5)
    )
    send(writer, sent, stage.ago(SENT_DAYS_AGO + 1) + timedelta(hours=7))
    at = stage.ago(SENT_DAYS_AGO) + timedelta(hours=3)
    for agency in places:
        if agency.code == WARD:
            _register(stage, sent, agency, at)
        else:
            received(sent, agency, at)
    why = "Ghi nhầm ngày họp; sẽ gửi giấy mời khác."
    documents.recall(sent.code, why, by=writer.clerk, at=stage.ago(1))
    _tell(sent, stage.ago(1) + timedelta(minutes=1))
    for place, agency in enumerate(places):
        if agency.code in (WARD, NEIGHBOUR) or place % 3 == 0:
            continue
        held = received(sent, agency, at)
        _agree(stage, held, agency, stage.ago(1) + timedelta(hours=1, minutes=place))


def _tell(sent: Document, at: datetime) -> None:
    """Let the newest message about a document reach everybody it goes to."""
    exchange.carry_due(at=at)
    shown = exchange.envelopes_of(f"document:{sent.code}")[-1]
    for one in shown.recipients:
        if one.agency_id is not None:
            with suppress(IntegrityError):
                documents.take_message(shown.code, one.agency_id, at=at)


def _agree(stage: Stage, held: Document, agency: AgencyInfo, at: datetime) -> None:
    steps = documents.DocumentStep.objects.filter(
        document=held, kind=StepKind.RECALL, closed_at=None
    )
    clerk = aloud(stage.cast.at_post(f"{agency.code}.VP-03"))
    for step in steps:
        documents.answer_recall(held.code, step.seq, agrees=True, reason="", by=clerk, at=at)


def _replace(stage: Stage, writer: Writer, places: Sequence[AgencyInfo]) -> None:
    """Send a letter with a wrong form to two communes, and another in its place."""
    first = issue(writer, Kind.OFFICIAL_LETTER, WRONG, places, stage.ago(SENT_DAYS_AGO + 1))
    send(writer, first, stage.ago(SENT_DAYS_AGO + 1) + timedelta(hours=1))
    for agency in places:
        _register(stage, first, agency, stage.ago(SENT_DAYS_AGO))
    newer = issue(
        writer,
        Kind.OFFICIAL_LETTER,
        f"{WRONG} (bản thay thế)",
        places,
        stage.ago(1),
        replaces=first.code,
    )
    send(writer, newer, stage.ago(1) + timedelta(hours=1))
    for agency in places:
        received(newer, agency, stage.ago(1) + timedelta(hours=2))
    home = [one for one in places if one.code == WARD]
    for agency in home:
        _agree(stage, received(first, agency, stage.at), agency, stage.at - timedelta(hours=1))


CAPACITIES = {
    AgencyKind.PARTY: ("T/M BAN THƯỜNG VỤ", "Bí thư", Kind.NOTICE),
    AgencyKind.PEOPLES_COUNCIL: ("TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN", "Chủ tịch", Kind.PLAN),
    AgencyKind.FRONT: ("TM. BAN THƯỜNG TRỰC", "Chủ tịch", Kind.PLAN),
    AgencyKind.YOUTH_UNION: ("TM. BAN THƯỜNG VỤ ĐOÀN PHƯỜNG", "Bí thư", Kind.OFFICIAL_LETTER),
}
SUBJECTS = {
    AgencyKind.PARTY: "Phân công cấp ủy viên phụ trách chi bộ",
    AgencyKind.PEOPLES_COUNCIL: "Giám sát việc giải quyết kiến nghị của cử tri",
    AgencyKind.FRONT: "Giám sát, phản biện xã hội năm",
    AgencyKind.YOUTH_UNION: "Phối hợp ra quân ngày Chủ nhật xanh",
}


def set_neighbours(cast: Cast, at: datetime) -> int:
    """Let the ward's Party committee, council, Front and Youth Union each send a letter; once."""
    stage, tree = Stage(cast, at), organisation.tree()
    home = tree.agency_by_code(WARD)
    done = 0
    for body in BODIES if home is not None else ():
        agency = tree.agency_by_code(body.code)
        if agency is None or home is None or _has_written(agency):
            continue
        tails = ("VP-01", "LD-01", "VP-02")
        drafter, signer, clerk = (aloud(cast.at_post(f"{body.code}.{tail}")) for tail in tails)
        capacity, title, kind = CAPACITIES[AgencyKind(agency.kind)]
        writer = Writer(agency, drafter, signer, clerk, title, capacity)
        sent = issue(writer, kind, SUBJECTS[AgencyKind(agency.kind)], [home], stage.ago(1))
        send(writer, sent, stage.ago(1) + timedelta(hours=1))
        received(sent, home, stage.ago(1) + timedelta(hours=2))
        done += 1
    return done


def _has_written(agency: AgencyInfo) -> bool:
    written = Document.objects.filter(agency_id=agency.id, direction=Direction.OUTGOING)
    return written.filter(state=State.ISSUED).exists()
