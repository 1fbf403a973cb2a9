"""BPMN files that are refused: by element, id and line, in words that say what to do."""

import time

import pytest

from motcua.casework.processes.api import BadProcess, read_bpmn
from motcua.casework.processes.rules.bpmn_names import MODEL

from .make import END, SIGN, START, bpmn, flow, gateway, task

LINE = (flow("s", "ky"), flow("ky", "e"))
WHOLE = (START, END, SIGN, *LINE)


def complaint(content: bytes) -> str:
    with pytest.raises(BadProcess) as caught:
        read_bpmn(content)
    return str(caught.value)


@pytest.mark.parametrize(
    "name",
    [
        *("scriptTask", "task", "manualTask", "businessRuleTask", "sendTask", "receiveTask"),
        *("callActivity", "eventBasedGateway", "complexGateway", "intermediateThrowEvent"),
        *("transaction", "adHocSubProcess", "dataObject", "dataObjectReference", "textAnnotation"),
        *("association", "group", "extensionElements", "documentation", "ioSpecification"),
    ],
)
def test_an_element_that_is_not_in_the_table_is_refused_by_name_id_and_line(name: str) -> None:
    told = complaint(bpmn(*WHOLE, f'<{name} id="la"/>'))

    assert told.startswith(f"Không nhận “{name}” (id “la”, dòng 8): ")


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        (
            '<endEvent id="x"><terminateEventDefinition id="la"/></endEvent>',
            "terminateEventDefinition",
        ),
        ('<startEvent id="x"><timerEventDefinition id="la"/></startEvent>', "timerEventDefinition"),
        (
            '<userTask id="x"><multiInstanceLoopCharacteristics id="la"/></userTask>',
            "multiInstanceLoopCharacteristics",
        ),
        ('<subProcess id="x"><subProcess id="la"/></subProcess>', "subProcess"),
    ],
)
def test_what_stands_where_it_may_not_is_refused(inside: str, name: str) -> None:
    assert complaint(bpmn(*WHOLE, inside)).startswith(f"Không nhận “{name}” (id “la”, dòng 8): ")


@pytest.mark.parametrize(
    ("element", "told"),
    [
        ('<userTask id="x" xmlns:c="urn:c" c:assignee="${me}"/>', "“assignee” bằng “${me}”"),
        ('<boundaryEvent id="x" cancelActivity="false"/>', "“cancelActivity” bằng “false”"),
        ('<subProcess id="x" triggeredByEvent="true"/>', "“triggeredByEvent” bằng “true”"),
    ],
)
def test_an_attribute_that_would_mean_something_else_is_refused(element: str, told: str) -> None:
    found = complaint(bpmn(*WHOLE, element))

    assert found.startswith("Không nhận thuộc tính " + told)
    assert "(id “x”, dòng 8)" in found


GRAPHS = {
    "no end": ((START, SIGN, flow("s", "ky")), "ít nhất một kết thúc"),
    "two starts": ((*WHOLE, '<startEvent id="s2"/>', flow("s2", "ky")), "đúng một bắt đầu"),
    "a flow to nowhere": ((*WHOLE, flow("s", "ma")), "(id “s.ma”, dòng 8) nối tới “ma”"),
    "a step that leads nowhere": (
        (*WHOLE, task("mot")),
        "“userTask” (id “mot”, dòng 8) phải có đúng một luồng đi ra",
    ),
    "a step nobody comes to": (
        (*WHOLE, task("mot"), flow("mot", "e")),
        "dẫn tới “userTask” (id “mot”",
    ),
    "a cycle without a wait": (
        (
            *WHOLE[:3],
            gateway("x", "exclusive", "x.e"),
            flow("s", "x"),
            task("a"),
            flow("x", "a", "b = 1"),
            flow("a", "x"),
            flow("x", "e"),
            flow("ky", "e"),
        ),
        "Vòng lặp không có người quyết định",
    ),
    "a cycle nothing leads out of": (
        (*WHOLE, task("a"), task("b"), flow("a", "b"), flow("b", "a")),
        "Vòng lặp không có người quyết định: “userTask” (id “a”",
    ),
    "no default": (
        (
            *WHOLE[:3],
            gateway("x", "exclusive"),
            task("a"),
            flow("s", "x"),
            flow("a", "e"),
            flow("x", "a", "b = 1"),
            flow("x", "ky", "b = 2"),
            flow("ky", "e"),
        ),
        "(id “x”, dòng 6) chưa có luồng mặc định",
    ),
    "no condition": (
        (
            *WHOLE[:3],
            gateway("x", "inclusive", "x.ky"),
            task("a"),
            flow("s", "x"),
            flow("a", "e"),
            flow("x", "a"),
            flow("x", "ky"),
            flow("ky", "e"),
        ),
        "(id “x.a”, dòng 10) chưa có điều kiện",
    ),
    "a join that waits for ever": (
        (
            *WHOLE[:3],
            gateway("x", "exclusive", "x.ky"),
            gateway("y", "parallel"),
            task("a"),
            flow("s", "x"),
            flow("x", "a", "b = 1"),
            flow("x", "ky"),
            flow("a", "y"),
            flow("ky", "y"),
            flow("y", "e"),
        ),
        "(id “y”, dòng 7) chờ mọi nhánh",
    ),
    "a step done twice": (
        (
            *WHOLE[:3],
            gateway("x", "parallel"),
            task("a"),
            task("b"),
            flow("s", "x"),
            flow("x", "a"),
            flow("x", "b"),
            flow("a", "ky"),
            flow("b", "ky"),
            flow("ky", "e"),
        ),
        "bước sau sẽ bị làm hai lần",
    ),
    "a wrong condition": (
        (
            *WHOLE[:3],
            gateway("x", "exclusive", "x.ky"),
            task("a"),
            flow("s", "x"),
            flow("a", "e"),
            flow("x", "a", "1 +"),
            flow("x", "ky"),
            flow("ky", "e"),
        ),
        "(id “x.a”, dòng 10): Điều kiện “1 +” sai ở vị trí",
    ),
    "a condition without end": (
        (
            *WHOLE[:3],
            gateway("x", "exclusive", "x.ky"),
            task("a"),
            flow("s", "x"),
            flow("a", "e"),
            flow("x", "a", "(" * 900 + "1" + ")" * 900),
            flow("x", "ky"),
            flow("ky", "e"),
        ),
        "lồng quá nhiều tầng",
    ),
    "a service nobody knows": (
        (*WHOLE, '<serviceTask id="v" name="rm -rf" motcua:duty="land"/>', flow("v", "e")),
        "Không đường nào dẫn tới “serviceTask” (id “v”",
    ),
    "no decision": (
        (START, END, task("a"), flow("s", "a"), flow("a", "e")),
        "ít nhất một bước loại “Ký quyết định”",
    ),
}


@pytest.mark.parametrize(("elements", "told"), GRAPHS.values(), ids=list(GRAPHS))
def test_a_graph_that_cannot_be_run_is_refused(elements: tuple[str, ...], told: str) -> None:
    assert told in complaint(bpmn(*elements))


@pytest.mark.parametrize(
    ("element", "told"),
    [
        ('<serviceTask id="v" name="rm -rf" motcua:duty="land"/>', "không có dịch vụ tên “rm -rf”"),
        ('<userTask id="v" name="V"/>', "(id “v”, dòng 6) không nằm trong làn nào"),
        ('<userTask id="v" motcua:duty="land"/>', "chưa có tên"),
        ('<userTask id="v" name="V" motcua:kind="payment"/>', "loại bước “payment” không có"),
        (
            '<userTask id="v" name="V" motcua:duty="x" motcua:role="boss"/>',
            "vai trò “boss” không có",
        ),
        (
            '<userTask id="v" name="V" motcua:duty="x" motcua:budget="3"/>',
            "phải có dạng “3 working_day”",
        ),
        ('<intermediateCatchEvent id="v" name="V" motcua:duty="x"/>', "chưa có đồng hồ"),
    ],
)
def test_a_step_that_says_too_little_is_refused(element: str, told: str) -> None:
    assert told in complaint(bpmn(*WHOLE[:3], element, flow("s", "v"), flow("v", "ky"), LINE[1]))


def test_a_lane_of_nobody_is_refused_with_the_names_there_are() -> None:
    lane = '<lane id="l1" name="Phòng lạ"><flowNodeRef>v</flowNodeRef></lane>'
    lanes = f'<laneSet id="l">{lane}</laneSet>'
    steps = ('<userTask id="v" name="V"/>', flow("s", "v"), flow("v", "ky"), LINE[1])

    told = complaint(bpmn(*WHOLE[:3], lanes, *steps))

    assert told.startswith("Làn “Phòng lạ” (dòng 6) không phải đầu mối nào; ")


BOMB = (
    '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f'<definitions xmlns="{MODEL}"><process id="p" name="&b;"/></definitions>'
)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (BOMB.encode(), "khai báo thực thể riêng"),
        (b"<definitions", "không phải XML đọc được"),
        (b"<a/>", "không phải BPMN 2.0"),
        (b" " * 5_000_001, "lớn quá 5 MB"),
        (bpmn(*WHOLE, outside='<process id="q"/>'), "đúng một quy trình"),
        (bpmn(*WHOLE, outside='<message id="m"/>'), "Không nhận “message” (id “m”"),
        (bpmn(*WHOLE, "<?php x ?>"), "chỉ thị xử lý không được nhận"),
    ],
)
def test_hostile_files_are_refused(content: bytes, told: str) -> None:
    assert told in complaint(content)


@pytest.mark.parametrize(
    ("elements", "told"),
    [
        ("<a/>" * 200_000, "Tệp có 2000"),
        ("".join(f'<parallelGateway id="g{k}"/>' for k in range(9_000)), "vẽ quá 800 phần tử"),
    ],
)
def test_giants_are_refused_at_once(elements: str, told: str) -> None:
    content = bpmn(*WHOLE, elements)
    begun = time.perf_counter()

    assert told in complaint(content)

    assert time.perf_counter() - begun < 2


def test_a_fan_of_long_conditions_is_refused_before_they_are_joined() -> None:
    fan = [gateway("g", "exclusive", default="du"), gateway("j", "exclusive")]
    asked = f'x = "{"y" * 1800}"'
    for way in range(300):
        fan += [gateway(f"w{way}", "exclusive"), flow("g", f"w{way}", asked), flow(f"w{way}", "j")]
    ways = [flow("s", "g"), flow("g", "j", name="du"), flow("j", "ky"), flow("ky", "e")]

    assert "dài quá 2000 ký tự" in complaint(bpmn(START, END, SIGN, *fan, *ways))
