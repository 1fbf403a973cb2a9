"""What visits and councils of the demo find: complete by the version's own list, and plausible."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.casework.dossiers import api as dossiers
from motcua.casework.forms.api import Field, FieldKind
from motcua.lib.actor import Actor

field = dossiers.field
CHOSEN: Mapping[str, str] = {"ket_qua": "khong-thanh", "phan_loai": "ngheo", "muc_do": "nang"}
WRITTEN: Mapping[str, str] = {
    "tom_tat": "Hai hộ tranh chấp dải đất rộng khoảng 2 m giữa hai vườn.",
    "y_kien_hoi_dong": "Ranh giới theo bản đồ năm 1997 là bờ mương cũ.",
    "thoa_thuan": "Không có.",
    "khong_thoa_thuan": "Ranh giới phía nam của thửa đất.",
    "cac_thua": "thửa 211: 120 m²; thửa 212: 98 m²",
    "y_kien": "Lắp đồng hồ đo, quan trắc mực nước hằng tháng.",
    "hien_trang": "Đang làm nhà ở và vườn.",
    "lien_ke": "Nhà liền kề không nứt, không lún.",
}
NUMBERS: Mapping[str, int] = {"diem_b1": 120, "diem_b2": 40, "dien_tich_do": 240, "khoang_lui": 3}
MEMBERS = (
    "Lò Văn Hặc",
    "Quàng Thị Inh",
    "Vì Văn Sơn",
    "Cà Thị Lả",
    "Lường Văn Pản",
    "Tòng Thị Nọi",
)
MINUTES = "Đã nghe các bên trình bày, xem giấy tờ và thảo luận từng nội dung."


def found_at(dossier: dossiers.Dossier, step_code: str) -> dict[str, Any]:
    """Return what is found at a step: everything as it should be."""
    return {
        one.name: value
        for one in field.asked_at(dossier, step_code)
        if (value := _found(one)) is not None
    }


def _found(one: Field) -> Any:
    if one.kind == FieldKind.CHOICE:
        return CHOSEN.get(one.name, one.options[0].value)
    if one.kind == FieldKind.YES_NO:
        return True
    if one.kind in (FieldKind.NUMBER, FieldKind.MONEY):
        return NUMBERS.get(one.name, one.minimum or 1)
    return WRITTEN.get(one.name)


def call_council(
    dossier: dossiers.Dossier, step_code: str, when: datetime, by: Actor, at: datetime
) -> int:
    """Call the council of a step together and return the meeting's number."""
    spec = field.council_of(dossier, step_code)
    roles = [field.SeatRole.CHAIR, field.SeatRole.SECRETARY]
    roles += [field.SeatRole.MEMBER] * len(spec.members)
    seats = [
        field.SeatIn(role, name, title)
        for role, name, title in zip(roles, MEMBERS, spec.members, strict=False)
    ]
    if spec.both_parties:
        answers = dossiers.whole(dossier).answers
        others = [str(answers.get(name) or "Bên kia") for name in spec.parties]
        party, names = field.SeatRole.PARTY, (dossier.applicant_name, *others)
        seats += [field.SeatIn(party, name, "bên tranh chấp") for name in names]
    place = "Hội trường Ủy ban nhân dân"
    field.convene(dossier.code, when, place, seats, "Xem xét hồ sơ và kết luận", by=by, at=at)
    return field.field_work(dossier).meetings[-1].seq


def hold_council(
    dossier: dossiers.Dossier, step_code: str, seq: int, by: Actor, at: datetime
) -> None:
    """Let everybody come, vote alike, and write the minutes."""
    spec = field.council_of(dossier, step_code)
    found = found_at(dossier, step_code)
    vote = str(found.get(spec.vote_on, "")) if spec.vote_on else ""
    came = {
        seat.seq: field.CameIn(
            is_present=True, vote=vote if field.SeatRole(seat.role).votes else ""
        )
        for seat in field.field_work(dossier).seats
        if seat.meeting_seq == seq
    }
    field.record_meeting(dossier.code, seq, came, MINUTES, found, by=by, at=at)
