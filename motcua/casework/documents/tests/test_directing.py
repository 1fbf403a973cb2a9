"""Leaders direct documents: tasks for those who act, reading for those who are to know."""

from datetime import timedelta
from typing import Any

import pytest

from motcua.casework.documents.choices import ScopeRole, State, StepKind
from motcua.casework.documents.errors import DocumentError, NoSuchDocument
from motcua.casework.documents.models import Document, DocumentStep
from motcua.casework.documents.operations.directing import (
    bring_before,
    direct,
    finish,
    give_back,
    mark_read,
    pass_on,
    reopen,
)
from motcua.casework.documents.operations.following import take_task_move
from motcua.casework.documents.operations.stepping import RouteIn
from motcua.casework.documents.queries.directives import directives_for
from motcua.casework.documents.queries.lists import StepFilter, documents_for, steps_for
from motcua.casework.documents.queries.one import get_document_for, whole
from motcua.casework.documents.rules.directing import DirectiveIn, LineIn
from motcua.casework.tasks import api as tasks
from motcua.casework.tasks.api import TaskState
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed

from .make import MONDAY, Office, make_office, make_registered

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=5)


def lead(office: Office, **more: Any) -> LineIn:
    """Return the division as who leads."""
    return LineIn(ScopeRole.LEAD, office.division_id, name="Phòng Kinh tế", **more)


def step_of(document: Document) -> int:
    """Return the number of the step that waits for a directive."""
    found = DocumentStep.objects.get(
        document_id=document.pk, kind=StepKind.DIRECT, closed_at__isnull=True
    )
    return int(found.seq)


def directed(office: Office, directive: DirectiveIn, by: Actor | None = None) -> Document:
    """Register a document and direct it."""
    document = make_registered(office)
    return direct(document.code, step_of(document), directive, by=by or office.hoa, at=MONDAY)


def test_a_directive_becomes_one_task_with_its_lead_and_its_helpers() -> None:
    office = make_office()
    helper = LineIn(ScopeRole.TOGETHER, office.registry_id, name="Văn phòng")

    document = directed(
        office, DirectiveIn("Giao Phòng Kinh tế tham mưu", [lead(office), helper], LATER)
    )

    [task] = tasks.tasks_of(f"document:{document.code}")
    assert [(part.role, part.unit_name, part.due_at) for part in task.parts] == [
        ("lead", "Phòng Kinh tế", LATER),
        ("together", "Văn phòng – văn thư", LATER),
    ]
    assert (document.state, document.due_at) == (State.DIRECTED, LATER)


def test_who_is_only_to_know_reads_and_has_nothing_to_do() -> None:
    office = make_office()
    know = LineIn(ScopeRole.KNOW, office.division_id, name="Phòng Kinh tế")

    document = directed(office, DirectiveIn("Để biết, thực hiện", [know]))

    [row] = steps_for(office.tuan, only=StepFilter(kinds=(StepKind.READ,))).rows
    assert (row.code, document.state) == (document.code, State.DONE)
    mark_read(document.code, row.seq, by=office.tuan, at=MONDAY)
    assert list(steps_for(office.tuan).rows) == []


def test_the_division_learns_of_the_document_only_when_it_is_named() -> None:
    office = make_office()
    document = make_registered(office)
    with pytest.raises(NoSuchDocument):
        get_document_for(office.tuan, document.code)

    direct(
        document.code,
        step_of(document),
        DirectiveIn("Giao", [lead(office)]),
        by=office.hoa,
        at=MONDAY,
    )

    assert [one.code for one in documents_for(office.tuan).rows] == [document.code]


def test_secret_words_are_read_by_those_named_alone() -> None:
    office = make_office()
    document = directed(office, DirectiveIn("Kiểm tra kín đáo", [lead(office)], is_secret=True))

    read = {
        who.name: directives_for(who, whole(document))[0].words
        for who in (office.hoa, office.tuan, office.dung)
    }

    assert read == {
        office.hoa.name: "Kiểm tra kín đáo",
        office.tuan.name: "Kiểm tra kín đáo",
        office.dung.name: "",
    }
    assert all("kín đáo" not in move.note for move in whole(document).moves)


@pytest.mark.parametrize(
    ("directive", "field"),
    [
        (DirectiveIn(""), "words"),
        (DirectiveIn("x", [LineIn(ScopeRole.TOGETHER, 1)]), "lead"),
        (DirectiveIn("x", [LineIn(ScopeRole.LEAD, 1), LineIn(ScopeRole.KNOW, 1)]), "lead"),
        (DirectiveIn("x", [LineIn(ScopeRole.LEAD, 1)], MONDAY - timedelta(days=1)), "due"),
    ],
)
def test_a_directive_that_cannot_be_followed_is_refused(directive: DirectiveIn, field: str) -> None:
    office = make_office()
    document = make_registered(office)

    with pytest.raises(BadInput) as refused:
        direct(document.code, step_of(document), directive, by=office.hoa, at=MONDAY)

    assert refused.value.field == field


def test_nobody_directs_what_waits_for_somebody_else() -> None:
    office = make_office()
    document = make_registered(office)
    seq = step_of(document)

    with pytest.raises(NotAllowed):
        direct(document.code, seq, DirectiveIn("x", [lead(office)]), by=office.mai, at=MONDAY)
    direct(document.code, seq, DirectiveIn("x", [lead(office)]), by=office.hoa, at=MONDAY)
    with pytest.raises(DocumentError):
        direct(document.code, seq, DirectiveIn("y", [lead(office)]), by=office.hoa, at=MONDAY)


def test_a_document_is_passed_on_to_a_head_who_directs_it_in_his_unit() -> None:
    office = make_office()
    document = make_registered(office)
    to = RouteIn(office.division_id, office.mai.id, office.mai.name, "Chị Mai xử lý")

    pass_on(document.code, step_of(document), to, by=office.hoa, at=MONDAY)

    [row] = steps_for(office.mai, only=StepFilter(mine=True)).rows
    assert (row.code, row.words) == (document.code, "Chị Mai xử lý")
    with pytest.raises(BadInput):
        pass_on(document.code, step_of(document), to, by=office.mai, at=MONDAY)


def test_a_document_is_not_finished_while_its_task_runs() -> None:
    office = make_office()
    document = directed(office, DirectiveIn("Giao", [lead(office)]))

    with pytest.raises(DocumentError, match="chưa xong"):
        finish(document.code, "Xong", by=office.hoa, at=MONDAY)


def test_a_finished_document_is_opened_again_with_a_reason_and_brought_before_the_leader() -> None:
    office = make_office()
    document = make_registered(office)
    finish(document.code, "Lưu", by=office.dung, at=MONDAY)
    assert list(steps_for(office.hoa).rows) == []

    opened = reopen(document.code, "Có văn bản đôn đốc", by=office.dung, at=MONDAY)
    bring_before(document.code, RouteIn(office.root_id), by=office.dung, at=MONDAY)

    assert (opened.state, [row.code for row in steps_for(office.hoa).rows]) == (
        State.DIRECTED,
        [document.code],
    )


def test_what_was_not_for_us_goes_back_and_keeps_its_number() -> None:
    office = make_office()
    document = make_registered(office)

    returned = give_back(document.code, "Gửi nhầm xã", by=office.dung, at=MONDAY)

    assert (returned.state, returned.ordinal, list(steps_for(office.hoa).rows)) == (
        State.RETURNED,
        1,
        [],
    )


def test_a_document_is_being_worked_on_and_done_as_its_task_is() -> None:
    office = make_office()
    document = directed(office, DirectiveIn("Giao", [lead(office)]))
    [task] = tasks.tasks_of(f"document:{document.code}")

    begun = take_task_move(f"document:{document.code}", TaskState.ACCEPTED, at=MONDAY)
    assert begun is not None
    assert (begun.state, begun.started_at) == (State.DIRECTED, MONDAY)
    take_task_move(f"document:{document.code}", TaskState.DONE, at=MONDAY)
    document.refresh_from_db()
    assert document.state == State.DIRECTED, "the task itself still runs"
    tasks.cancel_task(task.code, "Không còn cần", by=office.hoa, at=MONDAY)

    ended = take_task_move(f"document:{document.code}", TaskState.CANCELLED, at=MONDAY)

    assert ended is not None
    assert (ended.state, ended.is_open) == (State.DONE, False)


def test_tasks_of_other_origins_concern_no_document() -> None:
    assert take_task_move("", TaskState.DONE, at=MONDAY) is None
    assert take_task_move("meeting:1", TaskState.DONE, at=MONDAY) is None
