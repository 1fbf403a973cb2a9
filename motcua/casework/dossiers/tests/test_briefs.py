from datetime import timedelta

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.lib import work

from .make import MONDAY, get_dossier, make_all, make_received, open_step

pytestmark = pytest.mark.django_db


def test_a_brief_says_the_latest_opinion_and_what_is_proposed() -> None:
    commune = make_all()
    code = make_received(commune)
    proposal = dossiers.Proposal(kind=dossiers.OutcomeKind.REFUSED, reason="Đã đăng ký kết hôn.")
    dossiers.complete_step(
        code,
        open_step(code).seq,
        by=commune.mai,
        at=MONDAY,
        comment="Không đủ điều kiện.",
        proposal=proposal,
    )
    key = get_dossier(code).pk

    brief = dossiers.briefs_of([key])[key]

    assert (brief.opinion_by, brief.opinion, brief.outcome_kind, brief.outcome_reason) == (
        commune.mai.name,
        "Không đủ điều kiện.",
        "refused",
        "Đã đăng ký kết hôn.",
    )


def test_briefs_of_many_dossiers_cost_one_statement() -> None:
    commune = make_all()
    keys = [get_dossier(make_received(commune)).pk for _ in range(3)]

    with work.metered() as meter:
        briefs = dossiers.briefs_of(keys)

    assert (meter.statements, sorted(briefs)) == (1, sorted(keys))


def test_loads_tell_who_has_how_much_and_how_much_is_late() -> None:
    commune = make_all()
    code, _ = make_received(commune), make_received(commune)
    dossiers.take_step(code, open_step(code).seq, by=commune.mai, at=MONDAY)

    loads = dossiers.loads_of([commune.justice_id], MONDAY + timedelta(days=30))

    assert [(load.assignee_name, load.open, load.late) for load in loads] == [
        ("", 1, 1),
        (commune.mai.name, 1, 1),
    ]


def test_a_work_list_is_narrowed_to_one_officer() -> None:
    commune = make_all()
    code, _ = make_received(commune), make_received(commune)
    dossiers.take_step(code, open_step(code).seq, by=commune.mai, at=MONDAY)

    only = dossiers.WorkFilter(assignee_id=commune.mai.id)

    assert [row.code for row in dossiers.worklist_for(commune.hoa, only=only).rows] == [code]
