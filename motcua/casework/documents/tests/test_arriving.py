"""Documents come in, are registered in order, refused, linked and corrected visibly."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from motcua.casework.documents.choices import Act, Direction, State, StepKind
from motcua.casework.documents.errors import (
    AlreadyRegistered,
    MoveNotAllowed,
    NoSuchDocument,
    SecretDocument,
)
from motcua.casework.documents.models import Document, DocumentMove, DocumentStep
from motcua.casework.documents.operations.arriving import (
    correct_entry,
    link_duplicate,
    refuse_arrival,
    register,
    take_arrival,
)
from motcua.casework.documents.queries.chained import verify_moves
from motcua.casework.documents.queries.duplicates import duplicates_of
from motcua.casework.documents.queries.lists import (
    StepFilter,
    arrivals_at,
    documents_for,
    steps_for,
)
from motcua.casework.documents.queries.one import get_document_for
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed

from .make import ENTRY, MONDAY, arrival_at, make_arrival, make_office, make_registered, other

pytestmark = pytest.mark.django_db


def test_an_arrival_waits_at_its_registry_and_has_no_number() -> None:
    office = make_office()

    document = make_arrival(office)

    waiting = arrivals_at([office.registry_id]).rows
    assert [(one.code, one.ordinal) for one in waiting] == [(document.code, None)]


def test_arrival_numbers_run_without_gaps_through_paper_and_electronic_ones() -> None:
    office = make_office()
    codes = [make_arrival(office, other(number=str(n))).code for n in range(3)]

    numbers = [register(code, by=office.dung, at=MONDAY).ordinal for code in codes]

    assert numbers == [1, 2, 3]


def test_each_year_begins_at_one_in_a_book_of_its_own() -> None:
    office = make_office()
    old = make_registered(office)
    new = make_arrival(office, other(number="7"))

    later = register(new.code, by=office.dung, at=MONDAY + timedelta(days=365))

    assert (old.ordinal, later.ordinal, old.book_id == later.book_id) == (1, 1, False)


def test_two_agencies_have_numbers_of_their_own() -> None:
    first = make_office()
    second = make_office("H18.102", "UBND xã Pu Nhi", first=611)

    numbers = [make_registered(office).ordinal for office in (first, second)]

    assert numbers == [1, 1]


def test_what_is_registered_waits_for_the_leader_it_was_brought_before() -> None:
    office = make_office()

    document = make_registered(office)

    rows = steps_for(office.hoa, only=StepFilter(kinds=(StepKind.DIRECT,))).rows
    assert [(row.code, row.words) for row in rows] == [(document.code, "Kính trình lãnh đạo")]


def test_a_document_is_registered_once() -> None:
    office = make_office()
    document = make_registered(office)

    with pytest.raises(AlreadyRegistered):
        register(document.code, by=office.dung, at=MONDAY)


def test_nobody_else_registers_and_nobody_elsewhere_knows_of_it() -> None:
    office = make_office()
    document = make_arrival(office)
    stranger = make_office("H18.102", "UBND xã Pu Nhi", first=611).dung

    with pytest.raises(NotAllowed):
        register(document.code, by=office.tuan, at=MONDAY)
    with pytest.raises(NoSuchDocument):
        get_document_for(stranger, document.code)


def test_who_reads_all_dossiers_reads_no_documents_by_that() -> None:
    office = make_office()
    document = make_arrival(office)
    monitor = Actor(id=9, name="Vì Văn Thành", sees_all=True)

    assert list(documents_for(monitor).rows) == []
    with pytest.raises(NoSuchDocument):
        get_document_for(monitor, document.code)


def test_the_leader_sees_what_the_registry_took_in() -> None:
    office = make_office()
    document = make_registered(office)

    found = documents_for(office.hoa, direction=Direction.INCOMING).rows

    assert [one.code for one in found] == [document.code]


@pytest.mark.parametrize("mark", ["MẬT", "Tối mật", "tuyệt mật"])
def test_a_state_secret_is_stopped_with_instructions(mark: str) -> None:
    office = make_office()

    with pytest.raises(SecretDocument, match="xóa tệp"):
        take_arrival(arrival_at(office, secrecy_mark=mark), by=office.dung, at=MONDAY)

    assert Document.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"subject": "  "}, "subject"),
        ({"issuer_name": ""}, "issuer_name"),
        ({"issued_on": date(2027, 1, 1)}, "issued_on"),
        ({"pages": 0}, "pages"),
    ],
)
def test_what_the_register_needs_is_asked_for_by_field(changes: dict[str, Any], field: str) -> None:
    office = make_office()

    with pytest.raises(BadInput) as refused:
        make_arrival(office, replace(ENTRY, **changes))

    assert refused.value.field == field


def test_the_same_document_is_noticed_however_its_number_is_written() -> None:
    office = make_office()
    first = make_registered(office)
    again = make_arrival(
        office, other(number="123", notation="snv - cchc", issuer_name="SỞ NỘI VỤ")
    )

    assert [one.code for one in duplicates_of(again)] == [first.code]


def test_a_duplicate_is_linked_and_takes_no_number() -> None:
    office = make_office()
    first = make_registered(office)
    again = make_arrival(office)

    linked = link_duplicate(again.code, first.code, by=office.dung, at=MONDAY)

    assert (linked.state, linked.ordinal, linked.duplicate_of_id) == (State.LINKED, None, first.pk)


def test_a_refusal_needs_a_reason_and_ends_the_document() -> None:
    office = make_office()
    document = make_arrival(office)

    with pytest.raises(BadInput):
        refuse_arrival(document.code, " ", by=office.dung, at=MONDAY)
    refused = refuse_arrival(document.code, "Gửi nhầm nơi nhận", by=office.dung, at=MONDAY)

    assert (refused.state, refused.is_open, refused.ended_reason) == (
        State.REFUSED,
        False,
        "Gửi nhầm nơi nhận",
    )
    with pytest.raises(MoveNotAllowed):
        link_duplicate(document.code, make_registered(office).code, by=office.dung, at=MONDAY)


def test_a_correction_leaves_what_stood_there_readable() -> None:
    office = make_office()
    document = make_registered(office)
    mended = other(signer_name="Trần Văn Thật")

    correct_entry(document.code, mended, "Đọc nhầm tên người ký", by=office.dung, at=MONDAY)

    move = DocumentMove.objects.get(document_id=document.pk, act=Act.CORRECT)
    assert move.detail == {"changes": {"signer_name": ["Nguyễn Văn Mẫu", "Trần Văn Thật"]}}
    assert move.note == "Đọc nhầm tên người ký"


def test_every_act_is_bound_to_the_one_before_it() -> None:
    office = make_office()
    document = make_registered(office)
    moves = list(DocumentMove.objects.filter(document_id=document.pk).order_by("seq"))
    assert verify_moves(moves) is None

    moves[0].note = "khác"

    assert verify_moves(moves) == 1


def test_a_step_is_due_at_the_end_of_the_next_working_day() -> None:
    office = make_office()
    document = make_registered(office)

    step = DocumentStep.objects.get(document_id=document.pk)

    assert step.due_at == MONDAY.replace(day=3, hour=17)
