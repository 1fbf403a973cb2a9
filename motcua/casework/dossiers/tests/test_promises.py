from datetime import datetime, timedelta

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import DueChange, IssuedPaper
from motcua.casework.dossiers.queries.papers import official_paper
from motcua.foundation.papers import api as papers
from motcua.lib import work
from motcua.lib.errors import BadInput, NotAllowed

from .make import (
    LAN,
    MONDAY,
    Commune,
    get_dossier,
    make_all,
    make_commune,
    make_filed,
    make_received,
    open_step,
)
from .test_supplements import ITEMS, PAPERS, closing

pytestmark = pytest.mark.django_db
REASON = "Chờ xác minh ở nơi cư trú cũ"
EXTENSION = ("form:\n", "extension: 5 working_day\nextension_ground: cần xác minh\nform:\n")


def make_apologised(commune: Commune, *, at: datetime = MONDAY) -> str:
    """Return the code of a dossier due on the 5th and appointed anew for the 10th."""
    code = make_received(commune)
    dossiers.apologise(code, closing(10), REASON, by=commune.hoa, at=at)
    return code


def test_both_promises_stay_visible_after_an_apology() -> None:
    code = make_apologised(make_all())

    dossier = get_dossier(code)
    change = DueChange.objects.get(dossier=dossier, kind="reappointed")
    assert (dossier.due_originally_at, dossier.due_at, dossier.reappointed_late) == (
        closing(5),
        closing(10),
        False,
    )
    assert (change.due_was, change.due_now, change.ground, change.document_number) == (
        closing(5),
        closing(10),
        REASON,
        "01/PXL",
    )


def test_an_apology_is_in_time_until_the_day_before() -> None:
    commune = make_all()
    moments = (closing(4), closing(4) + timedelta(seconds=1))

    codes = [make_apologised(commune, at=moment) for moment in moments]

    assert [get_dossier(code).reappointed_late for code in codes] == [False, True]


def test_an_apology_after_the_due_moment_is_still_possible() -> None:
    code = make_apologised(make_all(), at=closing(6))

    assert (get_dossier(code).due_at, get_dossier(code).reappointed_late) == (closing(10), True)


def test_nobody_is_appointed_anew_twice() -> None:
    commune = make_all()
    code = make_apologised(commune)

    with pytest.raises(dossiers.ReappointedBefore, match="không hẹn lại lần nữa"):
        dossiers.apologise(code, closing(12), REASON, by=commune.hoa, at=MONDAY)


@pytest.mark.parametrize(
    ("new", "reason", "message"),
    [
        (closing(5), REASON, "sau ngày hẹn cũ"),
        (closing(7), REASON, "ngày làm việc"),
        (closing(10), " ", "lý do chậm"),
    ],
)
def test_a_new_moment_must_be_later_worked_and_explained(
    new: datetime, reason: str, message: str
) -> None:
    commune = make_all()
    code = make_received(commune)

    with pytest.raises(BadInput, match=message):
        dossiers.apologise(code, new, reason, by=commune.hoa, at=MONDAY)


def test_only_a_head_of_the_deciding_unit_apologises() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    code = make_received(commune)

    for by in (commune.mai, other.hoa):
        with pytest.raises(NotAllowed):
            dossiers.apologise(code, closing(10), REASON, by=by, at=MONDAY)


def test_what_was_never_promised_needs_no_apology() -> None:
    commune = make_all()
    code = make_filed(commune)

    with pytest.raises(dossiers.DossierError, match="không có hẹn trả"):
        dossiers.apologise(code, closing(10), REASON, by=commune.hoa, at=MONDAY)


def test_paper_04_says_both_moments() -> None:
    code = make_apologised(make_all())
    issued = IssuedPaper.objects.get(dossier__code=code, form="04")

    paper = official_paper(get_dossier(code), issued)

    assert isinstance(paper, papers.ApologyPaper)
    assert (paper.due_originally_at, paper.due_at, paper.reason, paper.signer.name) == (
        closing(5),
        closing(10),
        REASON,
        "Nguyễn Thị Hoa",
    )
    assert dossiers.paper_pdf(LAN, code, "04")[:5] == b"%PDF-"


def test_a_supplement_after_an_apology_moves_the_new_promise() -> None:
    commune = make_all()
    code = make_apologised(commune)
    dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=MONDAY + timedelta(days=1))

    dossiers.supply(code, PAPERS, by=LAN, at=MONDAY + timedelta(days=2))

    assert get_dossier(code).due_at == closing(11)


def test_a_version_with_an_extension_allows_it_once_with_its_ground() -> None:
    commune = make_all(text_change=EXTENSION)
    code = make_received(commune)

    dossiers.extend(code, "Cần xác minh", by=commune.hoa, at=MONDAY)

    change = DueChange.objects.get(dossier__code=code, kind="extended")
    assert (change.due_was, change.due_now, change.amount, change.ground) == (
        closing(5),
        closing(12),
        5,
        "Cần xác minh",
    )
    with pytest.raises(dossiers.DossierError, match="đã được gia hạn"):
        dossiers.extend(code, "Cần xác minh", by=commune.hoa, at=MONDAY)


def test_an_extension_is_no_apology() -> None:
    commune = make_all(text_change=EXTENSION)
    code = make_received(commune)
    dossiers.extend(code, "Cần xác minh", by=commune.hoa, at=MONDAY)

    dossiers.apologise(code, closing(20), REASON, by=commune.hoa, at=MONDAY)

    assert (get_dossier(code).due_at, get_dossier(code).due_originally_at) == (
        closing(20),
        closing(5),
    )


def test_an_extension_comes_before_the_end_by_law_and_with_a_ground() -> None:
    plain = make_all()
    code = make_received(plain)
    with pytest.raises(dossiers.DossierError, match="không cho gia hạn"):
        dossiers.extend(code, "Cần xác minh", by=plain.hoa, at=MONDAY)
    with pytest.raises(BadInput, match="căn cứ gia hạn"):
        dossiers.extend(code, " ", by=plain.hoa, at=MONDAY)
    with pytest.raises(NotAllowed):
        dossiers.extend(code, "Cần xác minh", by=plain.mai, at=MONDAY)


def test_an_extension_after_the_end_is_refused() -> None:
    commune = make_all(text_change=EXTENSION)
    code = make_received(commune)

    with pytest.raises(dossiers.DossierError, match="Xin lỗi và hẹn lại"):
        dossiers.extend(code, "Cần xác minh", by=commune.hoa, at=closing(5) + timedelta(seconds=1))


def test_steps_without_a_time_of_their_own_follow_the_promise() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.complete_step(code, open_step(code).seq, by=commune.mai, at=MONDAY)

    dossiers.apologise(code, closing(10), REASON, by=commune.hoa, at=MONDAY)

    assert open_step(code).due_at == closing(10)


def test_apologising_stays_inside_its_budget() -> None:
    commune = make_all()
    code = make_received(commune)

    with work.metered() as meter:
        dossiers.apologise(code, closing(10), REASON, by=commune.hoa, at=MONDAY)

    assert (meter.statements <= 14, meter.round_trips <= 5) == (True, True)
