"""The second site of the demo: a small office of the neighbouring province, to exchange with."""

from datetime import datetime
from itertools import count

from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyKind, PostRole, UnitKind
from motcua.lib import work
from motcua.lib.actor import Actor

from .accounts import ADMINISTRATOR, PASSWORD, Player, open_officer, protect
from .cast import gather
from .offices import CLERK, HANDLER, HEAD, Body, Office, leaders
from .organisation import Builder

PROVINCE, NAME = "H52", "tỉnh Sơn La (mẫu)"
FIRST, SECOND = "dien-bien", "son-la"  # how each names the other as a partner


def bodies(code: str, of: str = "tỉnh Sơn La", place: str = "14") -> tuple[Body, Body]:
    """Return a government and one department of it."""
    government = Body(
        code,
        f"Ủy ban nhân dân {of}",
        AgencyKind.PROVINCE_COMMITTEE,
        [
            leaders("Chủ tịch UBND tỉnh"),
            Office("VT", "Văn thư UBND tỉnh", UnitKind.REGISTRY, [CLERK]),
            Office(
                "CDS",
                "Trung tâm Chuyển đổi số",
                UnitKind.CENTRE,
                [("Quản trị hệ thống", PostRole.ADMINISTRATOR)],
            ),
        ],
        parent="",
        place_code=place,
        short_name="UBND tỉnh",
    )
    head = ("Chánh Văn phòng", PostRole.UNIT_HEAD)
    department = Body(
        f"{code}.02",
        f"Sở Nội vụ {of}",
        AgencyKind.DEPARTMENT,
        [
            leaders("Giám đốc"),
            Office("VP", "Văn phòng Sở", UnitKind.OFFICE, [head, CLERK]),
            Office("P1", "Phòng Cải cách hành chính", UnitKind.DIVISION, [HEAD, HANDLER]),
        ],
        parent=code,
        place_code=place,
        short_name="SNV",
    )
    return government, department


PLAYERS = (
    Player("vanthu", "H52.02.VP-02", "văn thư Sở Nội vụ", "nhận, đăng ký, gửi văn bản"),
    Player("giamdoc", "H52.02.LD-01", "giám đốc Sở Nội vụ", "chỉ đạo, ký"),
    Player("chuyenvien", "H52.02.P1-02", "phòng Cải cách hành chính", "soạn, xử lý văn bản"),
    Player("vanthutinh", "H52.VT-01", "văn thư UBND tỉnh", "nhận, đăng ký văn bản"),
    Player(ADMINISTRATOR, "H52.CDS-01", "trung tâm chuyển đổi số", "đối tác liên thông"),
)


@work.story
def build(*, by: Actor, at: datetime) -> None:
    """Build both agencies; a second time does nothing."""
    if organisation.tree().agency_by_code(PROVINCE) is not None:
        return
    builder = Builder(by, at, count(1))
    for body in bodies(PROVINCE):
        builder.add(body)


def open_accounts(*, by: Actor, at: datetime) -> None:
    """Open what accounts are missing; a second time does nothing."""
    cast = gather(at)
    for player in PLAYERS:
        if identity.find_account(player.username) is None:
            seat = next(seat for seat in cast.seats if seat.post_code == player.post_code)
            open_officer(player, seat, by=by, at=at)
    protect(ADMINISTRATOR)


def guide() -> str:
    """Return the words printed at the start of the second site."""
    lines = [
        "",
        f"Hệ thống thứ hai: {NAME}. Mật khẩu chung: {PASSWORD}",
        *(f"  {one.username:<12}{one.place}: {one.tries}" for one in PLAYERS),
        "Gửi thử: ở Điện Biên soạn một văn bản, chọn nơi nhận “Sở Nội vụ tỉnh Sơn La”, phát hành,",
        "gửi; mở ở đây bằng vanthu, đăng ký hoặc từ chối; nơi gửi thấy trạng thái sau vài giây.",
        "",
    ]
    return "\n".join(lines)
