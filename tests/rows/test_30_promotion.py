"""Row 30: acknowledged at once, no paper outcome, ended by itself, and counted in time."""

from motcua.casework.dossiers import api as dossiers
from motcua.casework.indicators import api as indicators
from motcua.casework.indicators.api import PROVINCE
from motcua.foundation.organisation.api import PostRole
from motcua.lib.clock import local_day, now

from .acts import (
    KHANH,
    LAN,
    Request,
    carry_through,
    file_online,
    receive,
    receive_at_desk,
)
from .hall import Hall, dossier, whole

PROMOTION = "2.000033"


def test_who_files_is_told_at_once_that_all_is_done(hall: Hall) -> None:
    code = file_online(hall(KHANH), Request(PROMOTION))

    found = whole(code)
    assert found.dossier.status == "returned"
    assert (list(found.steps), list(found.outcomes)) == ([], [])
    assert [(one.act, one.status) for one in found.moves] == [
        ("file", "submitted"),
        ("acknowledge", "resolved"),
        ("acknowledge", "returned"),
    ]
    assert dossiers.verify_moves(found.moves) is None
    khanh = hall(KHANH).go(f"/ho-so/{code}/")
    assert khanh.fetch(f"/ho-so/{code}/giay/01/").startswith(b"%PDF")


def test_it_is_counted_as_received_and_settled_in_time(hall_of_its_own: Hall) -> None:
    hall = hall_of_its_own
    file_online(hall(KHANH), Request(PROMOTION))

    hall.work()

    day = local_day(now())
    counted = indicators.totals(
        [PROVINCE],
        ["dossiers.received_online", "dossiers.resolved", "dossiers.resolved_late"],
        day,
        day,
    )
    assert counted == {"dossiers.received_online": 1, "dossiers.resolved": 1}


def test_without_a_paper_result_it_counts_as_wholly_on_line_and_the_desk_does_not(
    hall_of_its_own: Hall,
) -> None:
    hall, day = hall_of_its_own, local_day(now())
    file_online(hall(KHANH), Request(PROMOTION))
    desk = hall.officer("H18.01", PostRole.DESK_OFFICER)
    receive_at_desk(desk, PROMOTION, "Hộ kinh doanh Khánh")
    paper = file_online(hall(LAN), Request("2.000635", answers={"so_ban": 1, "dien_mien": True}))
    receive(hall("binh"), paper)
    carry_through(hall, paper)

    hall.work()

    asked = [dossiers.RESOLVED, dossiers.RESOLVED_ONLINE, dossiers.RESOLVED_ONLINE_WHOLE]
    counted = indicators.totals([PROVINCE], asked, day, day)
    assert [counted[one] for one in asked] == [3, 2, 1]  # the extract was signed on paper
    hall.passer_by().go("/so-lieu/").reads("Trực tuyến, kết quả điện tử33,3 %")


def test_at_the_desk_the_slip_is_the_acknowledgement(hall: Hall) -> None:
    desk = hall.officer("H18.01", PostRole.DESK_OFFICER)

    code = receive_at_desk(desk, PROMOTION, "Hộ kinh doanh Khánh")

    assert dossier(code).status == "returned"
    assert [one.form for one in whole(code).issued] == ["01"]
    assert [one.status for one in whole(code).moves] == ["received", "resolved", "returned"]
