"""Row 6: eight thousand a copy, back by post, from any desk, the same day."""

from motcua.foundation.organisation.api import PostRole

from .acts import (
    LAN,
    Request,
    carry_through,
    file_online,
    hand_out,
    receive,
    receive_at_desk,
)
from .hall import Hall, dossier, due, whole

EXTRACT = "2.000635"
POST = PostRole.DESK_OFFICER
THREE = {"so_ban": 3, "dien_mien": False}


def test_the_fee_goes_by_copies_and_whoever_is_exempt_pays_none(hall: Hall) -> None:
    lan = hall(LAN)
    code = file_online(lan, Request(EXTRACT, answers=THREE))
    lan.go(f"/ho-so/{code}/").reads("24.000")

    free = file_online(lan, Request(EXTRACT, answers={"so_ban": 3, "dien_mien": True}))
    lan.go(f"/ho-so/{free}/").does_not_read("24.000")


def test_another_commune_takes_it_in_and_posts_it_back(hall: Hall) -> None:
    desk = hall.officer("H18.135", POST)
    typed = {
        "agency": hall.agency("H18.101"),
        "return_way": "post",
        "return_address": "Bản Nà Tấu",
        "a_so_ban": "3",
        "a_loai_viec": "khai-sinh",
    }
    code = receive_at_desk(desk, EXTRACT, "Lò Thị Lan", typed)

    assert due(code) == "11/03 17:00"
    found = dossier(code)
    assert found.receiving_unit_id == found.return_unit_id
    assert found.agency_id != 0
    carry_through(hall, code)
    hand_out(hall.officer("H18.135", POST), code, {"checked": "post", "note": "EB123456789VN"})
    assert dossier(code).return_way == "post"
    assert "EB123456789VN" in whole(code).outcomes[0].handed_how
    assert [fee.amount_vnd for fee in whole(code).fees] == [24_000]


def test_whoever_pays_and_reads_on_line_goes_nowhere(hall: Hall) -> None:
    hall.passer_by().go(f"/thu-tuc/{EXTRACT}/").reads("Toàn trình")
    code = file_online(hall(LAN), Request(EXTRACT, answers={"so_ban": 1, "dien_mien": True}))
    receive(hall("binh"), code)
    carry_through(hall, code)

    lan = hall(LAN).go(f"/ho-so/{code}/")
    paper = next(link for link in lan.links("PDF") if "/ket-qua/" in link)

    assert lan.fetch(paper)[:5] == b"%PDF-"
    assert whole(code).outcomes[0].result_code == "KQ.G15.000342"
