"""The ward has tasks at every stage and a published week; a second filling adds none."""

from datetime import datetime

from demo import accounts
from demo.cast import Cast, founder, gather
from demo.duties import DUTIES, SAFETY, SLOTS, set_tasks, set_weeks
from motcua.casework.agendas import api as agendas
from motcua.casework.tasks import api as tasks
from motcua.casework.tasks.api import Task, TaskPart
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import HANOI, local_day

from .provinces import AT

NOW = datetime(2026, 9, 21, 10, 0, tzinfo=HANOI)


def test_the_ward_has_tasks_at_every_stage_and_a_week(cast: Cast) -> None:
    assert cast.seats
    accounts.open_accounts(by=founder(), at=AT)
    players = gather(NOW)
    ward = organisation.tree().agency_by_code("H18.101")
    assert ward is not None

    counts = [set_tasks(players, NOW), set_tasks(players, NOW)]
    weeks = [set_weeks(players, NOW), set_weeks(players, NOW)]

    states = set(Task.objects.filter(agency_id=ward.id).values_list("state", flat=True))
    assert counts == [len(DUTIES) + 1, 0]
    assert weeks == [len(SLOTS), 0]
    assert states == {"accepted", "working", "reported", "refused", "given", "done"}
    assert TaskPart.objects.filter(task__title=SAFETY).count() == 45
    hoa = players.at_post("H18.101.LD-01")
    assert tasks.given_tasks_for(hoa, at=NOW).rows[0].late == 1
    week = agendas.public_week(ward.id, local_day(NOW))
    assert week is not None
    assert sum(len(day.entries) for day in week.days) == sum(slot.is_public for slot in SLOTS)
