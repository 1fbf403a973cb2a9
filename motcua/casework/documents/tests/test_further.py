"""The further registers, reminders, and uses of kept copies."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from motcua.casework.documents.choices import Act, ScopeRole, Way
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import Book, Document, DocumentMove, DocumentStep, Recipient
from motcua.casework.documents.operations.directing import direct
from motcua.casework.documents.operations.lending import CopyUseIn, lend_copy, take_copy_back
from motcua.casework.documents.operations.reminding import remind, tell_reminded
from motcua.casework.documents.queries.further import Follow, FurtherLines, further_lines
from motcua.casework.documents.queries.registers import Between
from motcua.casework.documents.rules.directing import DirectiveIn, LineIn
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.notifications import api as notifications
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_post
from motcua.foundation.papers.api import BookKind, DocumentKind
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed

from .make import ENTRY, MONDAY, Office, make_office, make_registered, other
from .test_series import issue, make_place

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=30)
WANTED = replace(ENTRY, due_on=date(2026, 3, 10), answer_wanted=True)


def directed(office: Office, *, is_secret: bool = False) -> Document:
    """Register a document that wants an answer, and let Hoa give it to the division."""
    document = make_registered(office, WANTED)
    step = DocumentStep.objects.get(document_id=document.pk, closed_at=None)
    line = LineIn(ScopeRole.LEAD, office.division_id, name="Phòng Kinh tế")
    directive = DirectiveIn("Phòng Kinh tế trả lời", [line], is_secret=is_secret)
    return direct(document.code, step.seq, directive, by=office.hoa, at=MONDAY)


def lines(document: Document, kind: BookKind, reader: Actor, **more: object) -> FurtherLines:
    book = Book.objects.select_related("series").get(pk=document.book_id or 0)
    options: dict[str, Any] = {"at": LATER, **more}
    return further_lines(book, kind, reader, **options)


def test_the_follow_up_register_says_who_should_have_answered_by_when() -> None:
    office = make_office()
    document = directed(office)

    [line] = lines(document, BookKind.FOLLOW_UP, office.dung).lines

    assert line.cells == (
        "1",
        f"Công văn 0123/SNV-CCHC ngày 27/02/2026 của Sở Nội vụ: {WANTED.subject}",
        "Phòng Kinh tế",
        "10/03/2026",
        "Đang xử lý, quá hạn 22 ngày",
        "",
        "",
    )


def test_the_answer_stands_beside_the_document_it_answers() -> None:
    office = make_place()
    document = directed(office)
    letter = issue(office, DocumentKind.OFFICIAL_LETTER)
    Document.objects.filter(pk=letter.pk).update(answers_id=document.pk)

    [line] = lines(document, BookKind.FOLLOW_UP, office.dung).lines

    assert line.cells[5] == "01/UBND-KT ngày 02/03/2026"


def test_only_what_is_late_is_asked_for() -> None:
    office = make_office()
    document = directed(office)
    make_registered(office, other(WANTED, number="9", due_on=date(2026, 5, 1)))
    make_registered(office, other(number="10"))

    every = lines(document, BookKind.FOLLOW_UP, office.dung)
    late = lines(document, BookKind.FOLLOW_UP, office.dung, follow=Follow(late_at=LATER))

    assert ([one.ordinal for one in every.lines], [one.ordinal for one in late.lines]) == (
        [1, 2],
        [1],
    )


def test_secret_directives_name_nobody_in_the_registers() -> None:
    office = make_office()
    document = directed(office, is_secret=True)

    [line] = lines(document, BookKind.FOLLOW_UP, office.dung).lines
    handed = lines(document, BookKind.HAND_OVER_IN, office.dung).lines

    assert line.cells[2] == "Lãnh đạo"
    assert [one.cells[2] for one in handed] == ["Lãnh đạo"]


def test_each_hand_over_is_a_line_of_its_own() -> None:
    office = make_office()
    document = directed(office)

    found = lines(document, BookKind.HAND_OVER_IN, office.dung).lines

    assert [one.cells for one in found] == [
        (
            "02/03/2026",
            "1",
            "Lãnh đạo",
            "Đã nhận trên hệ thống 02/03/2026",
            "Trình cho ý kiến",
        ),
        ("02/03/2026", "1", "Phòng Kinh tế", "", "Chủ trì"),
    ]


@pytest.mark.parametrize(
    ("way", "kind", "cells"),
    [
        (
            Way.POST,
            BookKind.DESPATCH,
            ("02/03/2026", "01/UBND-KT", "Công ty Hoa Ban", "1", "", ""),
        ),
        (
            Way.PAPER,
            BookKind.HAND_OVER_OUT,
            ("02/03/2026", "01/UBND-KT", "Công ty Hoa Ban", "", ""),
        ),
    ],
)
def test_paper_goes_by_post_or_from_hand_to_hand(
    way: Way, kind: BookKind, cells: tuple[str, ...]
) -> None:
    office = make_place()
    document = issue(office, DocumentKind.OFFICIAL_LETTER)
    facts = {"name": "Công ty Hoa Ban", "added_at": MONDAY, "sent_at": MONDAY}
    Recipient.objects.create(document=document, seq=9_000, way=way, **facts)

    [line] = lines(document, kind, office.dung).lines

    assert line.cells == cells


def test_pages_go_on_by_number_and_back() -> None:
    office = make_office()
    document = directed(office)
    for number in range(2, 5):
        make_registered(office, other(WANTED, number=f"{number}"))

    first = lines(document, BookKind.FOLLOW_UP, office.dung, limit=2)
    back = lines(document, BookKind.FOLLOW_UP, office.dung, only=Between(before=4), limit=2)

    assert ([one.ordinal for one in first.lines], first.has_more) == ([1, 2], True)
    assert ([one.ordinal for one in back.lines], back.has_more) == ([2, 3], True)


def test_the_head_of_the_unit_that_should_answer_is_reminded() -> None:
    office = make_office()
    account = make_officer_account("Quàng Thị Mai", username="mai")
    unit = Unit.objects.get(pk=office.division_id)
    make_post(unit, PostRole.UNIT_HEAD, holder=account.officer)
    document = directed(office)

    reminded = remind(document.code, "Xong trong tuần này.", by=office.dung, at=MONDAY)
    tell_reminded(document.code, reminded.version, at=MONDAY)

    notice = notifications.Notice.objects.get(account_id=account.pk)
    assert "Lò Văn Dũng đôn đốc" in notice.body
    assert "Xong trong tuần này." in notice.body
    [line] = lines(document, BookKind.FOLLOW_UP, office.dung).lines
    assert line.cells[6] == "Đôn đốc 1 lần, gần nhất 02/03/2026"


def test_nobody_is_reminded_of_what_was_given_to_nobody() -> None:
    office = make_office()
    document = make_registered(office)
    DocumentStep.objects.filter(document=document).delete()

    with pytest.raises(DocumentError, match="chưa giao"):
        remind(document.code, "", by=office.dung, at=MONDAY)


def test_an_officer_who_neither_keeps_nor_directs_reminds_nobody() -> None:
    office = make_office()
    document = directed(office)

    with pytest.raises(NotAllowed):
        remind(document.code, "", by=office.tuan, at=MONDAY)


def test_the_kept_copy_is_used_by_one_at_a_time_and_comes_back() -> None:
    office = make_place()
    document = issue(office, DocumentKind.OFFICIAL_LETTER)
    use = CopyUseIn("Cà Văn Tuấn", "Nguyễn Thị Hoa", "Thanh tra", "HS-12")
    kept = lend_copy(document.code, use, by=office.dung, at=MONDAY)
    with pytest.raises(DocumentError, match="đang do Cà Văn Tuấn giữ"):
        lend_copy(document.code, use, by=office.dung, at=MONDAY)

    take_copy_back(document.code, kept.seq, by=office.dung, at=LATER)

    [line] = lines(document, BookKind.KEPT_COPIES, office.dung).lines
    acts = DocumentMove.objects.filter(document=document).order_by("seq")
    assert [move.act for move in acts][-2:] == [Act.LEND, Act.GET_BACK]
    assert (line.cells[1], line.cells[4], line.cells[6], line.cells[7]) == (
        "Cà Văn Tuấn",
        "HS-12",
        "01/04/2026",
        "Nguyễn Thị Hoa",
    )


@pytest.mark.parametrize(
    ("use", "field"), [(("", "Hoa"), "borrower"), (("Tuấn", ""), "allowed_by")]
)
def test_a_use_names_who_and_who_allowed_it(use: tuple[str, str], field: str) -> None:
    office = make_place()
    document = issue(office, DocumentKind.OFFICIAL_LETTER)

    with pytest.raises(BadInput) as refused:
        lend_copy(document.code, CopyUseIn(*use), by=office.dung, at=MONDAY)

    assert refused.value.field == field
