"""Row 20: seen at home, a council votes, and what is known of somebody's health stays close."""

from datetime import timedelta

from motcua.casework.dossiers import api as dossiers
from motcua.foundation.organisation.api import PostRole
from motcua.lib.clock import now

from .acts import act, do_step, finish, take
from .field import at_desk, convened, seats_of, visited
from .hall import Hall, dossier, step_named, whole

CODE = "1.001699"
ANSWERS = {
    "ho_ten": "Quàng Thị Ơn",
    "ngay_sinh": "01/02/1960",
    "dia_chi": "Bản Noong Bua",
    "hoan_canh": "Đi lại khó sau tai biến",
}
SEEN = {"tu_phuc_vu": "can-giup", "di_lai": "khong", "nghe_noi": "duoc"}
SEATS = {f"seat_{number}": f"Thành viên {number}" for number in range(6)}
HEAVY, LIGHT = "nang", "nhe"


def at_council(hall: Hall) -> tuple[str, int]:
    """Return a dossier whose council meets now."""
    code = at_desk(hall, CODE, "Quàng Thị Ơn", ANSWERS)
    step = step_named(code, "tham-nha")
    take(hall.doer(step), code, step)
    visited(hall.doer(step_named(code, "tham-nha")), code, step, SEEN, "Đến nhà lúc 9 giờ.")
    step = step_named(code, "hoi-dong")
    take(hall.doer(step), code, step)
    meeting = convened(hall.doer(step), code, now() + timedelta(days=1), SEATS)
    hall.pass_on(timedelta(days=1, hours=2))
    return code, meeting


def votes(code: str, meeting: int, *cast: str) -> dict[str, object]:
    """Return who came and voted what; who casts nothing is not there."""
    seats = seats_of(code, meeting)
    said: dict[str, object] = {
        "minutes": "Xem hồ sơ y tế và phiếu tại nhà.",
        "dang_tat": "van-dong",
    }
    for number, vote in enumerate(cast):
        said[f"came_{seats[f'Thành viên {number}']}"] = True
        said[f"vote_{seats[f'Thành viên {number}']}"] = vote
    return said


def test_the_majority_of_the_council_says_the_degree(hall: Hall) -> None:
    code, meeting = at_council(hall)
    officer = hall.doer(step_named(code, "hoi-dong"))

    act(
        officer,
        code,
        "bien-ban-hop",
        votes(code, meeting, HEAVY, LIGHT, HEAVY, HEAVY),
        item=meeting,
    )
    finish(officer, code, step_named(code, "hoi-dong"))
    do_step(hall, code, step_named(code, "ky"))

    assert whole(code).facts["muc_do"] == HEAVY
    assert [one.name for one in whole(code).outcomes] == ["Giấy xác nhận khuyết tật"]


def test_at_a_tie_the_chair_decides_and_with_too_few_nothing_is(hall: Hall) -> None:
    code, meeting = at_council(hall)
    officer = hall.doer(step_named(code, "hoi-dong"))
    act(officer, code, "bien-ban-hop", votes(code, meeting, LIGHT, HEAVY, HEAVY), item=meeting)
    assert "muc_do" not in {k: v for k, v in whole(code).facts.items() if v is not None}

    again = convened(officer, code, now() + timedelta(hours=3), SEATS)
    hall.pass_on(timedelta(hours=4))
    officer = hall.doer(step_named(code, "hoi-dong"))
    tie = votes(code, again, LIGHT, HEAVY, HEAVY, LIGHT)
    act(officer, code, "bien-ban-hop", tie, item=again)

    assert whole(code).facts["muc_do"] == LIGHT
    assert [one.is_held for one in dossiers.field.field_work(dossier(code)).meetings] == [
        False,
        True,
    ]


def test_what_is_known_of_health_is_seen_by_those_at_work_only(hall: Hall) -> None:
    code, _ = at_council(hall)

    stranger = hall.officer("H18.135", PostRole.AGENCY_LEADER)
    stranger.go(f"/xu-ly/ho-so/{code}/", refused=True)
    land = hall("thang")
    land.go(f"/xu-ly/ho-so/{code}/", refused=True)

    hall.doer(step_named(code, "hoi-dong")).go(f"/xu-ly/ho-so/{code}/").reads("Thông tin nhạy cảm")
    hall.passer_by().go("/niem-yet/").does_not_read("Quàng Thị Ơn")
