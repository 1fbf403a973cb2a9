"""BPMN files: what each element becomes, and the way there and back."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from motcua.casework.processes.api import (
    BadProcess,
    Process,
    StepDef,
    StepKind,
    is_finished,
    openable,
    parse_process,
    read_bpmn,
    write_bpmn,
)
from motcua.casework.processes.rules.bpmn_names import BPMNDI, DC, MODEL

from .make import END, SIGN, START, bpmn, flow, gateway, step, task

CONDITIONS = ("", "", "a = 1", "not(a = 1)", "b = 2")


def read(*elements: str) -> dict[str, StepDef]:
    return {one.code: one for one in read_bpmn(bpmn(START, END, SIGN, *elements)).steps}


def test_a_start_a_task_and_an_end_are_a_process() -> None:
    steps = read(task("xem"), flow("s", "xem"), flow("xem", "ky"), flow("ky", "e"))

    assert [(one.code, one.kind, one.after) for one in steps.values()] == [
        ("xem", StepKind.TASK, ()),
        ("ky", StepKind.DECISION, ("xem",)),
    ]


def test_a_user_task_says_who_works_how_long_and_why_one_waits() -> None:
    own = {"role": "unit_head", "budget": "3 working_day", "pauseGround": "posting"}
    steps = read(task("xem", "posting", **own), *line("s", "xem", "ky", "e"))

    found = steps["xem"]
    assert (found.role, found.pause_ground) == ("unit_head", "posting")
    assert found.budget is not None
    assert (found.budget.amount, found.budget.unit) == (3, "working_day")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("payment", StepKind.PAYMENT),
        ("Chờ cơ quan khác", StepKind.OUTSIDE_WAIT),
        ("applicant-confirms", StepKind.APPLICANT_CONFIRMS),
    ],
)
def test_a_service_task_is_known_by_its_name(name: str, kind: StepKind) -> None:
    service = f'<serviceTask id="cho" name="{name}" motcua:duty="land"/>'

    assert read(service, *line("s", "cho", "ky", "e"))["cho"].kind == kind


def line(*codes: str) -> list[str]:
    """Return the flows from one to the next."""
    return [flow(one, other) for one, other in pairwise(codes)]


def test_an_exclusive_gateway_takes_the_first_condition_that_holds_or_the_default() -> None:
    steps = read(
        *(task("nho"), task("vua"), task("lon")),
        *(gateway("x", "exclusive", "x.lon"), gateway("y", "exclusive")),
        *(flow("s", "x"), flow("x", "nho", "a < 1"), flow("x", "vua", "a < 5"), flow("x", "lon")),
        *(flow("nho", "y"), flow("vua", "y"), flow("lon", "y"), flow("y", "ky"), flow("ky", "e")),
    )

    assert {code: one.when for code, one in steps.items()} == {
        "nho": "a < 1",
        "vua": "not(a < 1) and a < 5",
        "lon": "not(a < 1) and not(a < 5)",
        "ky": "",
    }


def test_parallel_gateways_open_together_and_wait_for_all() -> None:
    steps = read(
        *(task("mot"), task("hai"), gateway("x", "parallel"), gateway("y", "parallel")),
        *(flow("s", "x"), flow("x", "mot"), flow("x", "hai")),
        *(flow("mot", "y"), flow("hai", "y"), flow("y", "ky"), flow("ky", "e")),
    )

    assert (steps["mot"].after, steps["hai"].after, steps["ky"].after) == ((), (), ("mot", "hai"))


def test_inclusive_gateways_wait_for_the_branches_that_were_taken() -> None:
    file = bpmn(
        *(START, END, SIGN, task("mot"), task("hai")),
        *(gateway("x", "inclusive", "x.y"), gateway("y", "inclusive")),
        *(flow("s", "x"), flow("x", "mot", "a = 1"), flow("x", "hai", "b = 1"), flow("x", "y")),
        *(flow("mot", "y"), flow("hai", "y"), flow("y", "ky"), flow("ky", "e")),
    )
    process = read_bpmn(file)

    told = [
        ([s.code for s in openable(process, set(), set(), facts)], then)
        for facts, then in (({"a": 1, "b": 1}, 2), ({"b": 1}, 1), ({}, 0))
    ]
    assert told == [(["mot", "hai"], 2), (["hai"], 1), (["ky"], 0)]
    assert openable(process, {"hai"}, {"mot"}, {"a": 1, "b": 1}) == []


@pytest.mark.parametrize(
    ("duration", "amount", "unit"),
    [("P15D", 15, "calendar_day"), ("P2W", 14, "calendar_day"), ("P1M", 1, "month")],
)
def test_a_timer_event_is_a_step_that_ends_by_itself(duration: str, amount: int, unit: str) -> None:
    inside = f"<timerEventDefinition><timeDuration>{duration}</timeDuration></timerEventDefinition>"
    timer = (
        f'<intermediateCatchEvent id="cho" name="Chờ" motcua:duty="land">{inside}'
        "</intermediateCatchEvent>"
    )

    found = read(timer, *line("s", "cho", "ky", "e"))["cho"]

    assert found.kind == StepKind.TIMER
    assert found.budget is not None
    assert (found.budget.amount, found.budget.unit) == (amount, unit)


SILENCE = (
    '<boundaryEvent id="het" attachedToRef="hoi">'
    '<timerEventDefinition motcua:budget="7 working_day">'
    "<timeDuration>P7D</timeDuration></timerEventDefinition></boundaryEvent>"
)


def test_a_timer_at_the_edge_of_a_task_lets_silence_be_consent() -> None:
    found = read(
        task("hoi", "consultation"), SILENCE, *line("s", "hoi", "ky", "e"), flow("het", "ky")
    )

    assert found["hoi"].silence_is_consent is True
    assert found["hoi"].budget is not None
    assert (found["hoi"].budget.amount, found["hoi"].budget.unit) == (7, "working_day")


def test_lanes_say_who_works_by_duty_or_by_its_name() -> None:
    lanes = (
        '<laneSet id="l"><lane id="l1" motcua:duty="to-dan-pho">'
        "<flowNodeRef>mot</flowNodeRef></lane>"
        '<lane id="l2" name="Đất đai"><flowNodeRef>hai</flowNodeRef></lane></laneSet>'
    )
    tasks = ('<userTask id="mot" name="Một"/>', '<userTask id="hai" name="Hai"/>')

    steps = read(lanes, *tasks, *line("s", "mot", "hai", "ky", "e"))

    assert [one.duty for one in steps.values()] == ["to-dan-pho", "land", "justice"]


PART = (
    '<subProcess id="p1" name="Thẩm định tại chỗ"><startEvent id="ps"/>'
    f"{task('hen')}{task('di')}<endEvent id='pe'/>"
    f"{flow('ps', 'hen')}{flow('hen', 'di')}{flow('di', 'pe')}</subProcess>"
)


def test_a_sub_process_is_a_part_with_a_name() -> None:
    steps = read(PART, *line("s", "p1", "ky", "e"))

    assert [(one.code, one.part, one.after) for one in steps.values()] == [
        ("hen", "Thẩm định tại chỗ", ()),
        ("di", "Thẩm định tại chỗ", ("hen",)),
        ("ky", "", ("di",)),
    ]


def test_a_flow_back_from_a_step_is_where_work_is_sent_back_to() -> None:
    back = flow("x", "p1", 'result = "returned"', "back")
    steps = read(
        *(PART, gateway("x", "exclusive", "x.e"), flow("s", "p1"), flow("p1", "ky")),
        *(flow("ky", "x"), flow("x", "e"), back),
    )

    assert steps["ky"].return_to == "hen"


def test_ids_of_other_software_become_codes_made_of_the_names() -> None:
    tasks = [
        f'<userTask id="Activity_{number}" name="Xem xét" motcua:duty="land"/>' for number in (1, 2)
    ]

    steps = read(*tasks, *line("s", "Activity_1", "Activity_2", "ky", "e"))

    assert list(steps) == ["xem-xet", "xem-xet-2", "ky"]


def test_conditions_are_s_feel() -> None:
    steps = read(
        *(task("mot"), gateway("x", "exclusive", "x.y"), gateway("y", "exclusive")),
        *(flow("s", "x"), flow("x", "mot", '=list contains(loai, "A") or tuoi in [14..16]')),
        *(flow("x", "y"), flow("mot", "y"), flow("y", "ky"), flow("ky", "e")),
    )

    assert steps["mot"].when == 'list contains(loai, "A") or tuoi in [14..16]'


def test_a_file_without_a_picture_gets_one() -> None:
    process = read_bpmn(bpmn(START, END, SIGN, task("xem"), *line("s", "xem", "ky", "e")))

    root = etree.fromstring(write_bpmn(process, "Thử"))
    drawn = {one.get("bpmnElement") for one in root.iter(f"{{{BPMNDI}}}BPMNShape")}
    nodes = {
        one.get("id")
        for tag in ("userTask", "startEvent")
        for one in root.iter(f"{{{MODEL}}}{tag}")
    }
    places = [(one.get("x"), one.get("y")) for one in root.iter(f"{{{DC}}}Bounds")][2:]
    assert nodes <= drawn
    assert len(set(places)) == len(places)


@st.composite
def processes(draw: st.DrawFn) -> Process:
    """Draw a process of any shape the engine takes, each step waiting for no one twice."""
    count = draw(st.integers(1, 7))
    before: list[set[int]] = []
    data: list[dict[str, Any]] = []
    for place in range(count):
        asked = draw(st.sets(st.integers(0, place - 1), max_size=3)) if place else set()
        after = {k for k in asked if not any(k in before[other] for other in asked)}
        before.append(after.union(*(before[k] for k in after)))
        data.append(drawn_step(draw, place, sorted(after), sorted(before[place])))
    data.append(step("ky", kind="decision", after=[f"b{count - 1}"]))
    try:
        return parse_process(data)
    except BadProcess:
        assume(condition=False)
        raise


def drawn_step(draw: st.DrawFn, place: int, after: list[int], before: list[int]) -> dict[str, Any]:
    more: dict[str, Any] = {"duty": draw(st.sampled_from(["land", "justice"]))}
    more["kind"] = draw(st.sampled_from(["task", "approval", "payment", "timer", "consultation"]))
    if draw(st.booleans()) or more["kind"] == "timer":
        unit = draw(st.sampled_from(["working_day", "month", "half_day"]))
        more["budget"] = {"amount": draw(st.integers(1, 9)), "unit": unit}
    more["silence_is_consent"] = more["kind"] == "consultation" and draw(st.booleans())
    if before and more["kind"] == "approval":
        more["return_to"] = f"b{draw(st.sampled_from(before))}"
    more["part"] = draw(st.sampled_from(["", "", "Phần một"]))
    return step(
        f"b{place}", after=[f"b{k}" for k in after], when=draw(st.sampled_from(CONDITIONS)), **more
    )


@settings(max_examples=30, deadline=None)
@given(processes())
def test_a_process_comes_back_from_its_file_as_it_was(process: Process) -> None:
    written = write_bpmn(process, "Thử")

    again = read_bpmn(written)

    assert again == process
    assert write_bpmn(again, "Thử") == written


@settings(max_examples=50, deadline=None)
@given(
    processes(),
    st.fixed_dictionaries({"a": st.integers(0, 2), "b": st.integers(1, 3)}),
    st.randoms(),
)
def test_every_process_ends_and_no_step_opens_before_its_time_or_twice(
    process: Process, facts: dict[str, int], chance: Any
) -> None:
    done, opened, ever = set[str](), set[str](), list[str]()
    for _ in range(2 * len(process.steps)):
        ready = openable(process, done, opened, facts)
        assert all(not (set(one.after) & opened) for one in ready)
        ever += [one.code for one in ready]
        opened |= {one.code for one in ready}
        if not opened:
            break
        closing = chance.choice(sorted(opened))
        opened.remove(closing)
        done.add(closing)
    assert is_finished(process, done, opened, facts) is True
    assert len(ever) == len(set(ever))
