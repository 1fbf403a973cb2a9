import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Assignee, AssignmentWay, RuleIn
from motcua.casework.dossiers.models import DossierMove
from motcua.lib.errors import BadInput, NotAllowed

from .make import MONDAY, Commune, make_all, make_commune, make_received, make_resolved, open_step

pytestmark = pytest.mark.django_db
MAI, NAM = Assignee(2, "Quàng Thị Mai"), Assignee(31, "Lường Văn Nam")


def set_rules(commune: Commune, *rules: RuleIn) -> None:
    dossiers.set_assignment_rules(commune.justice_id, rules, by=commune.hoa, at=MONDAY)


def by(way: AssignmentWay, who: Assignee, *, area: str = "", is_away: bool = False) -> RuleIn:
    return RuleIn(way, who.id, who.name, area, is_away)


def assigned(*codes: str) -> list[str]:
    return [open_step(code).assignee_name for code in codes]


def test_without_rules_work_waits_to_be_taken() -> None:
    assert assigned(make_received(make_all())) == [""]


def test_by_turn_one_after_the_other_gets_new_work() -> None:
    commune = make_all()
    set_rules(commune, by(AssignmentWay.TURN, MAI), by(AssignmentWay.TURN, NAM))

    codes = [make_received(commune) for _ in range(3)]

    assert assigned(*codes) == [MAI.name, NAM.name, MAI.name]


def test_by_load_who_has_least_gets_new_work() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.take_step(code, open_step(code).seq, by=commune.mai, at=MONDAY)
    set_rules(commune, by(AssignmentWay.LOAD, MAI), by(AssignmentWay.LOAD, NAM))

    assert assigned(make_received(commune)) == [NAM.name]


def test_by_area_comes_first() -> None:
    commune = make_all()
    set_rules(
        commune,
        by(AssignmentWay.AREA, NAM, area="Bản Co Mị"),
        by(AssignmentWay.TURN, MAI),
    )
    submitter = dossiers.SubmitterIn(name="Lò Thị Lan", address="bản co mị, xã Mường Phăng")

    codes = [make_received(commune, submitter=submitter), make_received(commune)]

    assert assigned(*codes) == [NAM.name, MAI.name]


def test_who_is_away_gets_nothing_and_the_assigned_see_their_work() -> None:
    commune = make_all()
    set_rules(commune, by(AssignmentWay.TURN, NAM, is_away=True), by(AssignmentWay.TURN, MAI))

    code = make_received(commune)

    mine = dossiers.worklist_for(commune.mai, only=dossiers.WorkFilter(mine=True)).rows
    assert [row.code for row in mine] == [code]


def test_approvals_and_decisions_are_not_assigned() -> None:
    commune = make_all()
    set_rules(commune, by(AssignmentWay.TURN, MAI))
    code = make_received(commune)

    dossiers.complete_step(code, open_step(code).seq, by=commune.mai, at=MONDAY)

    assert assigned(code) == [""]


def test_new_rules_stand_in_place_of_the_earlier_ones() -> None:
    commune = make_all()
    set_rules(commune, by(AssignmentWay.TURN, MAI))
    set_rules(commune, by(AssignmentWay.LOAD, NAM))

    rules = dossiers.assignment_rules(commune.justice_id)

    assert [(rule.way, rule.name) for rule in rules] == [("load", NAM.name)]


def test_rules_are_set_by_the_head_and_make_sense() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    for stranger in (commune.mai, other.hoa):
        with pytest.raises(NotAllowed):
            dossiers.set_assignment_rules(commune.justice_id, (), by=stranger, at=MONDAY)

    with pytest.raises(BadInput, match="địa bàn"):
        set_rules(commune, by(AssignmentWay.AREA, MAI))
    with pytest.raises(BadInput, match="lần lượt"):
        set_rules(commune, by(AssignmentWay.TURN, MAI), by(AssignmentWay.LOAD, NAM))


def test_a_sick_officers_work_is_shared_among_others() -> None:
    commune = make_all()
    set_rules(commune, by(AssignmentWay.TURN, MAI))
    codes = [make_received(commune) for _ in range(3)]
    others = [NAM, Assignee(32, "Cà Thị Thu")]

    moved = dossiers.redistribute(
        MAI.id, others, unit_id=commune.justice_id, by=commune.hoa, at=MONDAY, note="Ốm"
    )

    move = DossierMove.objects.filter(dossier__code=codes[0]).latest("seq")
    assert (moved, assigned(*codes)) == (3, [NAM.name, "Cà Thị Thu", NAM.name])
    assert (move.act, move.note, move.detail) == (
        "assign",
        "Ốm",
        {"to": NAM.name, "from": MAI.name},
    )


def test_finished_work_stays_with_who_did_it() -> None:
    commune = make_all()
    make_resolved(commune)

    moved = dossiers.redistribute(
        MAI.id, [NAM], unit_id=commune.justice_id, by=commune.hoa, at=MONDAY
    )

    assert moved == 0


def test_redistributing_needs_the_head_and_somebody_else() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)

    with pytest.raises(NotAllowed):
        dossiers.redistribute(MAI.id, [NAM], unit_id=commune.justice_id, by=other.hoa, at=MONDAY)
    with pytest.raises(BadInput, match="người khác"):
        dossiers.redistribute(MAI.id, [MAI], unit_id=commune.justice_id, by=commune.hoa, at=MONDAY)
