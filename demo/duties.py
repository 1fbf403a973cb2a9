"""Tasks at every stage and two weeks of calendar for the ward one can sign in to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from motcua.casework.agendas import api as agendas
from motcua.casework.tasks import api as tasks
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyKind
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI, local_day

from .cast import Cast
from .moments import closing_after, morning_before

WARD, PROVINCE_OFFICE = "H18.101", "H18.01"
_MARK = "demo:nhiem-vu"
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Stage:
    """The ward's people and the moment of the start."""

    cast: Cast
    at: datetime

    def who(self, post: str) -> Actor:
        """Return who holds a post of the ward."""
        return self.cast.at_post(f"{WARD}.{post}")

    def unit(self, tail: str) -> int:
        """Return a unit of the ward. Raises: LookupError."""
        found = organisation.tree().unit_by_code(f"{WARD}.{tail}")
        if found is None:
            raise LookupError(tail)
        return found.id

    def ago(self, days: int) -> datetime:
        """Return a morning so many working days ago."""
        return morning_before(self.at, days, 30)


class Duty(NamedTuple):
    """One task of the ward: what, from what, whose, since and until when, and what became of it."""

    title: str
    origin: tasks.Origin
    basis: str
    unit: str
    doer: str
    given_days_ago: int
    days: int
    then: Callable[["Stage", str, int, Actor, Actor], None]


def _assigned(stage: Stage, code: str, seq: int, head: Actor, doer: Actor) -> None:
    part = tasks.TaskPart.objects.get(task__code=code, seq=seq)
    at = stage.ago(2)
    tasks.assign_part(code, seq, part.unit_id, doer.id, by=head, at=max(at, part.given_at))


def _working(stage: Stage, code: str, seq: int, head: Actor, doer: Actor) -> None:
    _assigned(stage, code, seq, head, doer)
    words = "Đã rà soát xong 9/16 tổ dân phố, bản; còn các bản vùng cao, hẹn xong trong tuần."
    tasks.report_progress(code, seq, 60, words, by=doer, at=stage.ago(1))


def _reported(stage: Stage, code: str, seq: int, head: Actor, doer: Actor) -> None:
    _assigned(stage, code, seq, head, doer)
    words = "Đã niêm yết đủ tại trụ sở và ba nhà văn hóa, có ảnh và biên bản lưu tại văn phòng."
    tasks.ask_to_finish(code, seq, words, by=doer, at=stage.ago(1))


def _asking(stage: Stage, code: str, seq: int, head: Actor, doer: Actor) -> None:
    _assigned(stage, code, seq, head, doer)
    until = closing_after(stage.at, 8)
    words = "Hai nhà thầu chưa gửi khối lượng nghiệm thu, xin thêm thời gian đối chiếu."
    tasks.ask_extension(code, seq, until, words, by=doer, at=stage.ago(1))


def _refused(stage: Stage, code: str, seq: int, head: Actor, doer: Actor) -> None:  # noqa: ARG001 -- same shape as the others
    words = "Không đúng thẩm quyền: việc kiểm định thuộc Sở Khoa học và Công nghệ."
    tasks.refuse_part(code, seq, words, by=head, at=stage.ago(1))


def _done(stage: Stage, code: str, seq: int, head: Actor, doer: Actor) -> None:
    part = tasks.TaskPart.objects.get(task__code=code, seq=seq)
    since = part.given_at + timedelta(days=1)
    tasks.assign_part(code, seq, part.unit_id, doer.id, by=head, at=since)
    tasks.ask_to_finish(
        code,
        seq,
        "Đã gửi báo cáo kèm biểu số 2 về Sở Nông nghiệp và Môi trường.",
        by=doer,
        at=since + timedelta(days=2),
    )
    tasks.approve_part(code, seq, by=stage.who("LD-01"), at=since + timedelta(days=3))


def _left(stage: Stage, code: str, seq: int, head: Actor, doer: Actor) -> None:
    """Leave it as it was given."""


_MEETING, _PLAN, _SPOKEN = tasks.Origin.MEETING, tasks.Origin.PLAN, tasks.Origin.SPOKEN
DUTIES = (
    Duty("Rà soát hộ nghèo, hộ cận nghèo năm nay", _PLAN, "Kế hoạch 15/KH-UBND", "VHXH",
         "VHXH-02", 9, 2, _working),
    Duty("Báo cáo tiến độ giải ngân vốn đầu tư công", _MEETING, "Giao ban đầu tháng", "KT",
         "KT-02", 12, -2, _assigned),
    Duty("Niêm yết lại thủ tục hành chính tại trụ sở và nhà văn hóa", _SPOKEN, "", "VP",
         "VP-02", 6, 3, _reported),
    Duty("Thanh lý hợp đồng sửa đường nội bản", _MEETING, "Giao ban đầu tháng", "KT",
         "KT-02", 8, 1, _asking),
    Duty("Kiểm định cân tại chợ trung tâm", _SPOKEN, "", "VHXH", "VHXH-02", 3, 5, _refused),
    Duty("Chuẩn bị hội nghị đối thoại với nhân dân", _PLAN, "Chương trình công tác năm", "VP",
         "VP-02", 1, 12, _left),
    Duty("Báo cáo kết quả phòng, chống rét cho gia súc", _MEETING, "Giao ban tháng trước", "KT",
         "KT-02", 30, -18, _done),
)  # fmt: skip
SAFETY = "Tổng kiểm tra an toàn hồ đập, điểm có nguy cơ sạt lở"


def set_tasks(cast: Cast, at: datetime) -> int:
    """Give the ward its tasks, and every commune one of the province; once. Return how many."""
    if tasks.tasks_of(_MARK):
        return 0
    stage = Stage(cast, at)
    for duty in DUTIES:
        _give(stage, duty)
    _give_communes(stage)
    return len(DUTIES) + 1


def _give(stage: Stage, duty: Duty) -> None:
    hoa, head, doer = (stage.who(post) for post in ("LD-01", f"{duty.unit}-01", duty.doer))
    given = stage.ago(duty.given_days_ago)
    due = closing_after(stage.at, duty.days)
    facts = tasks.TaskIn(
        title=duty.title,
        agency_id=hoa.agency_id or 0,
        lead_unit_id=stage.unit(duty.unit),
        origin_kind=duty.origin,
        origin_words=duty.basis,
        due_at=due,
    )
    task = tasks.give_task(facts, by=hoa, at=given)
    seq = tasks.TaskPart.objects.get(task=task).seq
    duty.then(stage, task.code, seq, head, doer)


def _give_communes(stage: Stage) -> None:
    """Let the office of the province give one task to every commune; some are through with it."""
    tree = organisation.tree()
    giver = stage.cast.at_post(f"{PROVINCE_OFFICE}.LD-01")
    communes = [one for one in tree.agencies() if one.kind == AgencyKind.COMMUNE_COMMITTEE]
    facts = tasks.TaskIn(
        title=SAFETY,
        agency_id=giver.agency_id or 0,
        more_leads=[tasks.PartIn(one.root_unit_id) for one in communes],
        words="Kiểm tra từng hồ, đập, điểm dân cư dưới chân đồi; báo cáo kèm ảnh và đề xuất.",
        origin_kind=_MEETING,
        origin_ref=_MARK,
        origin_words="Kết luận họp UBND tỉnh về phòng, chống thiên tai",
        due_at=closing_after(stage.at, 2),
    )
    task = tasks.give_task(facts, by=giver, at=stage.ago(7))
    parts = tasks.TaskPart.objects.filter(task=task).order_by("seq")
    for place, part in enumerate(parts):
        code = tree.agency(part.agency_id).code
        if code == WARD or place % 3:
            continue
        head = stage.cast.at_post(f"{code}.LD-01")
        words = "Đã kiểm tra các điểm trên địa bàn, đã cắm biển cảnh báo và phân công trực."
        tasks.ask_to_finish(task.code, part.seq, words, by=head, at=stage.ago(2))
        if place % 2:
            tasks.approve_part(task.code, part.seq, by=giver, at=stage.ago(1))


class Slot(NamedTuple):
    """One entry of the ward's week."""

    day: int
    starts: int
    ends: int
    title: str
    place: str
    chair: str
    who: str = ""
    is_public: bool = True


SLOTS = (
    Slot(0, 7, 9, "Chào cờ, giao ban đầu tuần", "Hội trường UBND phường", "LD-01",
         "Lãnh đạo, trưởng các phòng"),
    Slot(0, 14, 16, "Nghe báo cáo tiến độ giải ngân vốn đầu tư công", "Phòng họp tầng 2", "LD-01",
         is_public=False),
    Slot(1, 8, 11, "Kiểm tra công tác phòng, chống thiên tai tại các bản", "Bản Noong Bua",
         "LD-02"),
    Slot(2, 8, 11, "Tiếp công dân định kỳ", "Trụ sở tiếp công dân phường", "LD-01"),
    Slot(3, 8, 10, "Họp Hội đồng xét duyệt trợ cấp xã hội", "Phòng họp tầng 2", "LD-02",
         "Thành viên Hội đồng"),
    Slot(3, 14, 17, "Dự hội nghị trực tuyến với UBND tỉnh", "Hội trường UBND phường", "LD-01"),
    Slot(4, 14, 16, "Giao ban cuối tuần", "Phòng họp tầng 2", "LD-01", is_public=False),
)  # fmt: skip


def set_weeks(cast: Cast, at: datetime) -> int:
    """Publish the ward's week and propose for the next; once for each week. Return how many."""
    agency = organisation.tree().agency_by_code(WARD)
    monday = agendas.monday_of(local_day(at))
    if agency is None or agendas.public_week(agency.id, monday) is not None:
        return 0
    stage = Stage(cast, at)
    minh = stage.who("VP-01")
    before = datetime.combine(monday - timedelta(days=3), time(9), HANOI)
    for slot in SLOTS:
        _enter(stage, slot, monday, by=minh, at=before)
    agendas.publish_week(agency.id, monday, by=minh, at=before + timedelta(hours=6), is_public=True)
    for slot in SLOTS[::3]:
        _enter(stage, slot, monday + _WEEK, by=stage.who("KT-01"), at=stage.ago(1))
    return len(SLOTS)


def _enter(stage: Stage, slot: Slot, monday: date, *, by: Actor, at: datetime) -> None:
    chair = stage.who(slot.chair)
    facts = agendas.EntryIn(
        day=monday + timedelta(days=slot.day),
        starts=time(slot.starts, 30),
        ends=time(slot.ends, 30),
        title=slot.title,
        place=slot.place,
        chair_account_id=chair.id,
        chair_name=f"{chair.name}, {chair.title}",
        who=slot.who,
        prepared_by="Văn phòng",
        is_public=slot.is_public,
    )
    agendas.propose_entry(by.unit_ids[0], facts, by=by, at=at)
