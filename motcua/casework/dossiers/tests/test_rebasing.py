"""Running dossiers move onto a new version by decision: looked at first, each in its own story."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.choices import Act, DueChangeKind, RebasedState, RebasingState
from motcua.casework.dossiers.models import DossierMove, DossierStep, DueChange, RebasedDossier
from motcua.casework.dossiers.operations.handling import complete_step
from motcua.casework.dossiers.operations.rebasing import (
    RebasingIn,
    begin_rebasing,
    go_on_rebasing,
)
from motcua.casework.dossiers.queries.promised import Dossiers
from motcua.casework.dossiers.queries.rebasing import Choice, look_at, rebased_dossiers
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import EDITOR, TEXT
from motcua.foundation.access.api import Power
from motcua.foundation.ledger import api as ledger
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, Conflict, NotAllowed

from .make import MONDAY, Commune, get_dossier, make_all, make_received, make_second_step, open_step
from .test_reactions import file_as, make_lan
from .test_reactions import told as heard

pytestmark = pytest.mark.django_db
CODE = "1.004873"
TUESDAY = MONDAY + timedelta(days=1)
STRANGER = Actor(8, "Người Lạ", powers={Power.PUBLISH_PROCEDURES: frozenset({5})})
STEP = "code: tham-dinh, name: Thẩm định, duty: justice"
ASKS = "- {{name: cap_lai, label: Xin cấp lại, kind: yes_no, required: false}}"


@pytest.fixture
def commune() -> Commune:
    procedures.forget_kept()
    return make_all()


def publish(*changes: tuple[str, str]) -> Choice:
    """Put a changed text in force from Tuesday; return the choice of all dossiers before it."""
    was = procedures.find_in_force(CODE, MONDAY.date())
    assert was is not None
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    version = procedures.save_draft(
        text.format(code=CODE), by=EDITOR, at=MONDAY, valid_from=TUESDAY.date()
    )
    procedures.publish_version(version.pk, by=EDITOR, at=MONDAY)
    return Choice(was.version_id, version.pk)


def decide(choice: Choice, **step_map: str) -> dossiers.Rebasing:
    """Decide and let the worker carry it out."""
    mapping = {old.replace("_", "-"): new for old, new in step_map.items()}
    given = RebasingIn(choice, "12/QĐ-UBND", date(2026, 3, 3), "Luật mới", mapping)
    rebasing = begin_rebasing(CODE, given, by=EDITOR, at=TUESDAY)
    go_on_rebasing(at=TUESDAY)
    go_on_rebasing(at=TUESDAY)
    rebasing.refresh_from_db()
    return rebasing


def result(rebasing: dossiers.Rebasing) -> tuple[str, str]:
    (row,) = rebased_dossiers(rebasing)
    return str(row[0].state), row[0].why


def why_kept(commune: Commune, *changes: tuple[str, str]) -> str:
    """Return why a dossier at its first step is kept, seen beforehand and when carried out."""
    code = make_received(commune)
    choice = publish(*changes)
    (looked,) = look_at(choice, {}, by=EDITOR, at=TUESDAY)
    state, why = result(decide(choice))
    assert (state, why) == (RebasedState.KEPT, " ".join(looked.plan.obstacles))
    assert get_dossier(code).procedure_version_id == choice.version_was_id
    return why


def test_a_dossier_stays_on_its_version_until_somebody_decides(commune: Commune) -> None:
    code = make_received(commune)
    choice = publish(("Thẩm định", "Xem xét"))

    assert get_dossier(code).procedure_version_id == choice.version_was_id
    rebasing = decide(choice)

    dossier = get_dossier(code)
    move = DossierMove.objects.filter(dossier=dossier).latest("seq")
    assert dossier.procedure_version_id == choice.version_now_id
    assert (move.act, move.by_name) == (Act.REBASE, "Vũ Thị Quản")
    assert move.note == "Theo 12/QĐ-UBND ngày 03/03/2026: Luật mới"
    assert (rebasing.state, rebasing.ended_at) == (RebasingState.DONE, TUESDAY)
    complete_step(code, open_step(code).seq, by=commune.mai, at=TUESDAY)
    assert open_step(code).code == "duyet"


def test_a_longer_limit_never_makes_the_promise_worse(commune: Commune) -> None:
    code = make_received(commune)
    before = get_dossier(code)
    decide(publish(("3 working_day", "9 working_day")))

    after = get_dossier(code)
    change = DueChange.objects.filter(dossier=after).latest("seq")
    assert (after.due_at, after.due_originally_at) == (before.due_at, before.due_originally_at)
    assert (change.kind, change.due_now) == (DueChangeKind.REBASED, before.due_at)
    assert after.reappointed_at is None


def test_a_longer_limit_does_not_come_back_after_a_wait(commune: Commune) -> None:
    code = make_received(commune)
    due = get_dossier(code).due_at
    assert due is not None
    decide(publish(("3 working_day", "9 working_day")))
    item = dossiers.SupplementItemIn(what="Tờ khai", reason="mờ", spec_code="to-khai")
    dossiers.ask_supplement(code, [item], by=commune.binh, at=TUESDAY)
    paper = dossiers.PaperIn("to-khai", "Tờ khai")
    dossiers.supply(code, [paper], by=commune.binh, at=TUESDAY + timedelta(days=1))

    after = get_dossier(code).due_at
    assert after is not None
    assert after <= due + timedelta(days=1)


def test_a_shorter_limit_brings_the_promise_forward(commune: Commune) -> None:
    code = make_received(commune)
    first = get_dossier(code).due_at
    rebasing = decide(publish(("3 working_day", "2 working_day")))

    after = get_dossier(code)
    assert after.due_at is not None
    assert first is not None
    assert after.due_at < first == after.due_originally_at
    assert result(rebasing) == (RebasedState.MOVED, "Hẹn trả sớm hơn")


def test_papers_outcomes_and_fees_that_change_are_told(commune: Commune) -> None:
    make_received(commune)
    choice = publish(
        ("name: Tờ khai theo mẫu, originals: 1", "name: Tờ khai mới, originals: 1"),
        ("giay-to-tuy-than, name: Giấy tờ tùy thân", "anh-the, name: Ảnh thẻ"),
        ("amount_vnd: 15000", "amount_vnd: 20000"),
    )

    (looked,) = look_at(choice, {}, by=EDITOR, at=TUESDAY)

    assert looked.plan.words() == [
        "Cần thêm giấy tờ: Ảnh thẻ",
        "Không cần nữa: Giấy tờ tùy thân",
        "Phí, lệ phí đã tính 30.000 đồng giữ nguyên (phiên bản mới tính 40.000 đồng)",
    ]
    assert looked.plan.is_news


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (
            [
                ("code: tham-dinh,", "code: xem-xet,"),
                ("return_to: tham-dinh", "return_to: xem-xet"),
            ],
            "Đang ở bước “Thẩm định” mà phiên bản mới không có",
        ),
        ([("code: thuong\n", "code: khac\n")], "không có trường hợp “Cấp lần đầu”"),
        ([(ASKS, ASKS.replace(", required: false", ""))], "chưa trả lời: Xin cấp lại"),
        (
            [(STEP, STEP.replace("duty", "kind: field_visit, duty"))],
            "là việc loại khác",
        ),
    ],
)
def test_what_cannot_be_moved_says_why(
    commune: Commune, changes: list[tuple[str, str]], why: str
) -> None:
    assert why in why_kept(commune, *changes)


def test_a_dossier_that_waits_is_kept_until_the_wait_is_over(commune: Commune) -> None:
    code = make_received(commune)
    item = dossiers.SupplementItemIn(what="Tờ khai", reason="mờ", spec_code="to-khai")
    dossiers.ask_supplement(code, [item], by=commune.binh, at=MONDAY)

    state, why = result(decide(publish(("Thẩm định", "Xem xét"))))

    assert (state, "Thời hạn đang dừng" in why) == (RebasedState.KEPT, True)


def test_a_step_that_is_no_more_is_put_in_place_of(commune: Commune) -> None:
    code = make_received(commune)
    choice = publish(
        ("code: tham-dinh,", "code: xem-xet,"), ("return_to: tham-dinh", "return_to: xem-xet")
    )

    rebasing = decide(choice, tham_dinh="xem-xet")

    steps = DossierStep.objects.filter(dossier__code=code).order_by("seq")
    assert [(one.code, one.result) for one in steps] == [
        ("tham-dinh", "overruled"),
        ("xem-xet", ""),
    ]
    assert result(rebasing)[0] == RebasedState.MOVED
    complete_step(code, open_step(code).seq, by=commune.mai, at=TUESDAY)
    assert open_step(code).code == "duyet"


def test_a_step_that_is_new_and_due_now_is_opened(commune: Commune) -> None:
    code = make_second_step(commune)
    new = "process:\n  - {{code: do-dac, name: Đo đạc, duty: justice, role: handler}}\n"
    decide(publish(("process:\n", new), (STEP, f"{STEP}, after: []")))

    still = DossierStep.objects.filter(dossier__code=code, closed_at=None).order_by("code")
    assert [one.code for one in still] == ["do-dac", "duyet"]


def test_what_somebody_did_in_between_is_not_lost(commune: Commune) -> None:
    code = make_received(commune)
    choice = publish(("Thẩm định", "Xem xét"))
    given = RebasingIn(choice, "12/QĐ-UBND", date(2026, 3, 3), "Luật mới")
    begin_rebasing(CODE, given, by=EDITOR, at=TUESDAY)
    complete_step(code, open_step(code).seq, by=commune.mai, at=TUESDAY)

    go_on_rebasing(at=TUESDAY)

    acts = list(DossierMove.objects.filter(dossier__code=code).order_by("seq"))
    assert [one.act for one in acts][-2:] == [Act.COMPLETE, Act.REBASE]
    assert open_step(code).code == "duyet"


@pytest.mark.parametrize(
    ("limit", "told"), [("2 working_day", ["dossiers.rebased"]), ("9 working_day", [])]
)
def test_who_filed_is_told_only_when_something_changes(
    commune: Commune, limit: str, told: list[str]
) -> None:
    lan = make_lan()
    code = file_as(lan, commune)
    dossiers.receive_dossier(code, by=commune.binh, at=MONDAY)
    earlier = heard(lan.id)

    decide(publish(("3 working_day", limit)))

    assert heard(lan.id)[2 * len(earlier) :] == told


def test_the_public_ledger_still_agrees(commune: Commune) -> None:
    code = make_received(commune)
    before = Dossiers().testimony(code)
    decide(publish(("3 working_day", "2 working_day")))

    after = Dossiers().testimony(code)

    assert before is not None
    assert after is not None
    assert after.wrong == ""
    assert after.leaves[: len(before.leaves)] == before.leaves
    assert after.leaves[-1].kind == ledger.LeafKind.REDATED
    versions = {leaf.record["version"] for leaf in after.leaves}
    assert len(versions) == 2


def test_only_who_publishes_everywhere_looks_or_decides(commune: Commune) -> None:
    make_received(commune)
    choice = publish(("Thẩm định", "Xem xét"))
    given = RebasingIn(choice, "12/QĐ-UBND", date(2026, 3, 3), "Luật mới")

    with pytest.raises(NotAllowed):
        look_at(choice, {}, by=STRANGER, at=TUESDAY)
    with pytest.raises(NotAllowed):
        begin_rebasing(CODE, given, by=STRANGER, at=TUESDAY)


def test_a_decision_is_one_at_a_time_and_whole(commune: Commune) -> None:
    make_received(commune)
    choice = publish(("Thẩm định", "Xem xét"))
    given = RebasingIn(choice, "12/QĐ-UBND", date(2026, 3, 3), "Luật mới")

    for wrong in (
        RebasingIn(choice, " ", date(2026, 3, 3), "Luật mới"),
        RebasingIn(Choice(choice.version_now_id, choice.version_was_id), "1", MONDAY.date(), "x"),
        RebasingIn(Choice(*_ids(choice), codes=("khong-co",)), "1", MONDAY.date(), "x"),
        RebasingIn(Choice(*_ids(choice), agency_id=999), "1", MONDAY.date(), "x"),
    ):
        with pytest.raises(BadInput):
            begin_rebasing(CODE, wrong, by=EDITOR, at=TUESDAY)
    begin_rebasing(CODE, given, by=EDITOR, at=TUESDAY)
    with pytest.raises(Conflict):
        begin_rebasing(CODE, given, by=EDITOR, at=TUESDAY)


def _ids(choice: Choice) -> tuple[int, int]:
    return choice.version_was_id, choice.version_now_id


def cost(commune: Commune, how_many: int) -> tuple[int, int]:
    """Return how many queries it takes to look at, and to move, so many dossiers."""
    for _ in range(how_many):
        make_received(commune)
    choice = publish(("3 working_day", f"{how_many + 10} working_day"))
    look_at(choice, {}, by=EDITOR, at=TUESDAY)
    with CaptureQueriesContext(connection) as looking:
        look_at(choice, {}, by=EDITOR, at=TUESDAY)
    given = RebasingIn(choice, "12/QĐ-UBND", date(2026, 3, 3), "Luật mới")
    begin_rebasing(CODE, given, by=EDITOR, at=TUESDAY)
    with CaptureQueriesContext(connection) as moving:
        go_on_rebasing(at=TUESDAY, most_s=60)
    moved = RebasedDossier.objects.filter(state=RebasedState.MOVED)
    assert moved.count() == how_many
    return len(looking), len(moving)


def test_looking_costs_the_same_for_few_and_many(commune: Commune) -> None:
    assert cost(commune, 8)[0] <= 8


@pytest.mark.parametrize("how_many", [2, 20])
def test_each_dossier_costs_the_same(commune: Commune, how_many: int) -> None:
    _, moving = cost(commune, how_many)

    assert moving / how_many <= 35
