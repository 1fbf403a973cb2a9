from datetime import datetime, timedelta

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.choices import Status, SubState
from motcua.casework.dossiers.models import (
    AnswerField,
    DossierPaper,
    DossierWait,
    DueChange,
    SupplementItem,
    SupplementRequest,
)
from motcua.lib import work
from motcua.lib.clock import HANOI
from motcua.lib.errors import BadInput, NotAllowed

from .make import (
    DUNG,
    LAN,
    MONDAY,
    get_dossier,
    make_all,
    make_commune,
    make_filed,
    make_received,
    open_step,
)

pytestmark = pytest.mark.django_db
ITEMS = [dossiers.SupplementItemIn("Bản sao quyết định ly hôn", "Chưa rõ tình trạng hôn nhân")]
PAPERS = [dossiers.PaperIn("to-khai", "Tờ khai đã sửa")]
WEDNESDAY = MONDAY + timedelta(days=2)
FRIDAY = MONDAY + timedelta(days=4)


def closing(day: int) -> datetime:
    return datetime(2026, 3, day, 17, 0, tzinfo=HANOI)


def test_guiding_names_every_item_and_starts_no_clock() -> None:
    commune = make_all()
    code = make_filed(commune)

    dossiers.guide_applicant(code, ITEMS, by=commune.binh, at=MONDAY)

    dossier, item = get_dossier(code), SupplementItem.objects.get(dossier__code=code)
    assert (dossier.status, dossier.sub_state, dossier.due_at, item.reason) == (
        Status.AWAITING_APPLICANT,
        SubState.GUIDED,
        None,
        "Chưa rõ tình trạng hôn nhân",
    )


def test_a_guided_dossier_is_supplied_and_then_received() -> None:
    commune = make_all()
    code = make_filed(commune)
    dossiers.guide_applicant(code, ITEMS, by=commune.binh, at=MONDAY)

    dossiers.supply(code, PAPERS, by=LAN, at=WEDNESDAY)

    before = get_dossier(code)
    dossiers.receive_dossier(code, by=commune.binh, at=WEDNESDAY)
    after = get_dossier(code)
    assert (before.status, before.sub_state) == (Status.AWAITING_APPLICANT, SubState.SUPPLIED)
    assert (after.status, after.sub_state, after.due_at) == (Status.RECEIVED, "", closing(9))


def test_a_received_dossier_is_not_guided_but_asked() -> None:
    commune = make_all()
    code = make_received(commune)

    with pytest.raises(dossiers.DossierError, match="Yêu cầu bổ sung"):
        dossiers.guide_applicant(code, ITEMS, by=commune.binh, at=MONDAY)


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        ("rule: pause", closing(9)),
        ("rule: restart", closing(11)),
        ("{rule: reset, reset_to: 8 working_day}", closing(18)),
        ("rule: counts", closing(5)),
    ],
)
def test_the_version_says_what_a_supplement_does_to_the_promise(rule: str, due: datetime) -> None:
    term = rule if rule.startswith("{") else f"{{{rule}}}"
    waiting = f"waiting: {{{{supplement: {term.replace('{', '{{').replace('}', '}}')}}}}}\n"
    commune = make_all(text_change=("form:\n", f"{waiting}form:\n"))
    code = make_received(commune)
    dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=WEDNESDAY)

    dossiers.supply(code, PAPERS, by=LAN, at=FRIDAY)

    dossier = get_dossier(code)
    assert (dossier.status, dossier.due_at, dossier.due_originally_at, dossier.paused_at) == (
        Status.PROCESSING,
        due,
        closing(5),
        None,
    )


def test_while_the_applicant_is_asked_the_clock_stands() -> None:
    commune = make_all()
    code = make_received(commune)

    dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=WEDNESDAY)

    dossier = get_dossier(code)
    assert (dossier.status, dossier.paused_at, dossier.pause_ground, dossier.due_at) == (
        Status.AWAITING_APPLICANT,
        WEDNESDAY,
        "supplement",
        closing(5),
    )


def test_a_supplement_is_a_row_of_waiting_and_a_row_of_the_promise() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=WEDNESDAY)
    dossiers.supply(code, PAPERS, by=LAN, at=FRIDAY)

    wait = DossierWait.objects.get(dossier__code=code)
    changes = DueChange.objects.filter(dossier__code=code).order_by("seq")
    assert (wait.asked_at, wait.supplied_at) == (WEDNESDAY, FRIDAY)
    assert [(c.kind, c.due_now, c.ground) for c in changes] == [
        ("first", closing(5), ""),
        ("waited", closing(9), "chờ bổ sung hồ sơ"),
    ]


def test_open_steps_wait_with_the_dossier() -> None:
    commune = make_all()
    code = make_received(commune)
    before = open_step(code).due_at
    dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=MONDAY + timedelta(hours=1))

    dossiers.supply(code, PAPERS, by=LAN, at=MONDAY + timedelta(days=1, hours=1))

    assert (before, open_step(code).due_at) == (
        MONDAY + timedelta(days=1),
        MONDAY + timedelta(days=2),
    )


def test_what_is_supplied_belongs_to_its_request() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.ask_supplement(code, ITEMS, by=commune.binh, at=MONDAY)
    dossiers.supply(code, PAPERS, {"so_ban": 3}, by=commune.binh, at=WEDNESDAY)

    request = SupplementRequest.objects.get(dossier__code=code)
    paper = DossierPaper.objects.get(dossier__code=code, supplement_seq__isnull=False)
    whole = dossiers.whole(get_dossier(code))
    assert (request.supplied_at, request.number, paper.supplement_seq) == (
        WEDNESDAY,
        "01/HDHS",
        request.seq,
    )
    assert whole.answers["so_ban"] == 3


def test_a_second_request_needs_the_head_and_a_reason_and_is_marked() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=MONDAY)
    dossiers.supply(code, PAPERS, by=LAN, at=MONDAY)
    for by, reason in ((commune.mai, "Cần thêm"), (commune.hoa, " ")):
        with pytest.raises(dossiers.TooManySupplements):
            dossiers.ask_supplement(code, ITEMS, by=by, at=MONDAY, approval_reason=reason)

    dossiers.ask_supplement(code, ITEMS, by=commune.hoa, at=MONDAY, approval_reason="Sai sót mới")

    requests = SupplementRequest.objects.filter(dossier__code=code).order_by("seq")
    assert [(r.is_extra, r.approved_by_name) for r in requests] == [
        (False, ""),
        (True, "Nguyễn Thị Hoa"),
    ]


def test_a_first_request_after_the_window_needs_the_head() -> None:
    commune = make_all()
    code = make_received(commune)
    last = closing(5)
    with pytest.raises(dossiers.TooManySupplements):
        dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=last + timedelta(seconds=1))

    dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=last)

    assert not SupplementRequest.objects.get(dossier__code=code).is_extra


def test_a_version_may_allow_two_requests() -> None:
    commune = make_all(text_change=("form:\n", "supplements_allowed: 2\nform:\n"))
    code = make_received(commune)

    for _ in range(2):
        dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=MONDAY)
        dossiers.supply(code, PAPERS, by=LAN, at=MONDAY)

    assert get_dossier(code).supplements == 2


@pytest.mark.parametrize(
    "items", [[], [dossiers.SupplementItemIn("Bản sao", " ")], [dossiers.SupplementItemIn("", "x")]]
)
def test_every_item_needs_its_reason(items: list[dossiers.SupplementItemIn]) -> None:
    commune = make_all()
    code = make_received(commune)

    with pytest.raises(BadInput):
        dossiers.ask_supplement(code, items, by=commune.mai, at=MONDAY)


def test_nothing_is_asked_before_receipt_nor_supplied_unasked() -> None:
    commune = make_all()
    code = make_filed(commune)

    with pytest.raises(dossiers.DossierError, match="chưa yêu cầu được"):
        dossiers.ask_supplement(code, ITEMS, by=commune.binh, at=MONDAY)
    with pytest.raises(dossiers.DossierError, match="không chờ bổ sung"):
        dossiers.supply(code, PAPERS, by=LAN, at=MONDAY)


def test_an_empty_supplement_or_a_wrong_answer_is_refused() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=MONDAY)

    with pytest.raises(BadInput, match="ít nhất một"):
        dossiers.supply(code, [], by=LAN, at=MONDAY)
    with pytest.raises(dossiers.AnswersWrong) as caught:
        dossiers.supply(code, [], {"so_ban": 99}, by=LAN, at=MONDAY)

    assert list(caught.value.complaints) == ["so_ban"]


def test_people_of_another_commune_and_other_citizens_may_do_none_of_it() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    filed, received = make_filed(commune), make_received(commune)
    with pytest.raises(NotAllowed):
        dossiers.guide_applicant(filed, ITEMS, by=other.binh, at=MONDAY)
    with pytest.raises(NotAllowed):
        dossiers.ask_supplement(received, ITEMS, by=other.mai, at=MONDAY)
    dossiers.ask_supplement(received, ITEMS, by=commune.mai, at=MONDAY)
    with pytest.raises(NotAllowed):
        dossiers.supply(received, PAPERS, by=other.binh, at=MONDAY)

    with pytest.raises(dossiers.NoSuchDossier):
        dossiers.supply(received, PAPERS, by=DUNG, at=MONDAY)


def test_asking_and_supplying_stay_inside_their_budget() -> None:
    commune = make_all()
    code = make_received(commune)
    with work.metered() as asking:
        dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=MONDAY)
    with work.metered() as supplying:
        dossiers.supply(code, PAPERS, by=LAN, at=WEDNESDAY)

    assert [(m.statements <= 14, m.round_trips <= 5) for m in (asking, supplying)] == [
        (True, True),
        (True, True),
    ]


def test_corrected_answers_are_found_and_the_earlier_ones_no_more() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=MONDAY)

    dossiers.supply(code, [], {"ho_ten": "Lò Thị Lan Anh"}, by=LAN, at=WEDNESDAY)

    found = AnswerField.objects.filter(dossier__code=code).values_list("field", "text")
    assert list(found) == [("ho_ten", "Lò Thị Lan Anh")]


def test_papers_alone_leave_the_answers_as_they_are_found() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=MONDAY)

    dossiers.supply(code, PAPERS, by=LAN, at=WEDNESDAY)

    assert AnswerField.objects.get(dossier__code=code).text == "Lò Thị Lan"
